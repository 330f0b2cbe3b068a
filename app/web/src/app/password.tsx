import {useId} from 'react'

// PasswordField is a plain input: the sign-in page is there before any component has come over the line.
export function PasswordField({error, ...input}: {error?: string} & React.ComponentProps<'input'>) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>密码</label>
      <input id={id} type="password" name="password" autoComplete="current-password" required maxLength={200}
        aria-invalid={error ? true : undefined} aria-describedby={error ? `${id}-error` : undefined} {...input}/>
      {error && <p className="field-error" id={`${id}-error`}>{error}</p>}
    </div>
  )
}

// ElderSwitch is the one switch that every page has, signed in or not.
export function ElderSwitch({on, set}: {on: boolean; set: (on: boolean) => void}) {
  return <button type="button" className="elder-switch" aria-pressed={on} onClick={() => set(!on)}>大字版</button>
}
