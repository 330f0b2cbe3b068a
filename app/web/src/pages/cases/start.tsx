import {lazy, Suspense, useRef, useState} from 'react'
import {forms} from '../../actions/forms.ts'
import type {Action, Values} from '../../actions/spec.ts'
import type {Case} from '../../api/client.ts'

const ActionDialog = lazy(() => import('../../actions/dialog.tsx'))

// Start is a button at the place where an action belongs; it is there only while the service says that the action is open.
export function Start({c, action, values, main, children}: {c: Case; action: Action; values?: Values; main?: boolean; children: React.ReactNode}) {
  const [open, setOpen] = useState(false)
  const from = useRef<HTMLButtonElement>(null)
  const offered = c.availableActions.find(a => a.action === action)
  const form = forms[action]
  if (!offered || !form) return null
  const close = () => {
    setOpen(false)
    setTimeout(() => from.current?.focus())
  }
  return <>
    <button ref={from} type="button" className={main ? 'plain-button' : 'text-button'} onClick={() => setOpen(true)}>{children}</button>
    {open && <Suspense>
      <ActionDialog c={c} label={offered.label} needs={offered.needs} close={close}
        form={{...form, initial: (...x) => ({...form.initial?.(...x), ...values})}}/>
    </Suspense>}
  </>
}
