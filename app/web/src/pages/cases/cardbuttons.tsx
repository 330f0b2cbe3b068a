import {Button} from 'antd'
import {lazy, Suspense, useRef, useState} from 'react'
import type {Case} from '../../api/client.ts'
import {forms} from '../../actions/forms.ts'
import type {Action} from '../../actions/spec.ts'

const ActionDialog = lazy(() => import('../../actions/dialog.tsx'))

// onCards are the actions whose buttons stand on the card of what they add to, not in the list of what can be done now.
export const onCards: Action[] = [
  'ask_recusal', 'disclose_interest', 'invite', 'end_invitation', 'record_contact', 'give_notice', 'record_data_consent', 'withdraw_data_consent',
]

// canDo tells whether one of the actions is open to this person now.
export const canDo = (c: Case, ...actions: Action[]) => c.availableActions.some(a => actions.includes(a.action))

// CardButtons are the buttons of a card, of those actions that are open now.
export function CardButtons({c, actions}: {c: Case; actions: Action[]}) {
  const [open, setOpen] = useState<Action>()
  const from = useRef<HTMLElement>(null)
  const shown = c.availableActions.filter(a => actions.includes(a.action))
  const action = c.availableActions.find(a => a.action === open), form = open && forms[open]
  const close = () => {
    setOpen(undefined)
    setTimeout(() => from.current?.isConnected && from.current.focus())
  }
  if (shown.length === 0) return null
  return (
    <div className="card-buttons">
      {shown.map(a => <Button key={a.action} onClick={e => {
        from.current = e.currentTarget
        setOpen(a.action)
      }}>{a.label}</Button>)}
      {action && form && <Suspense><ActionDialog c={c} label={action.label} needs={action.needs} form={form} close={close}/></Suspense>}
    </div>
  )
}
