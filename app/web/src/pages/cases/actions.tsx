import {Button} from 'antd'
import {Link} from 'react-router'
import {lazy, Suspense, useRef, useState} from 'react'
import type {Case, Me, Schemas} from '../../api/client.ts'
import {forms, withoutForm} from '../../actions/forms.ts'
import type {Form} from '../../actions/spec.ts'
import {Card, Nothing} from '../../parts/page.tsx'
import {onCards} from './cardbuttons.tsx'

const ActionDialog = lazy(() => import('../../actions/dialog.tsx'))

type Open = Schemas['AvailableAction']

// Actions are the buttons that the service says are open now, to this person.
export function Actions({c, me}: {c: Case; me: Me}) {
  const [open, setOpen] = useState<{action: Open; form: Form}>()
  const from = useRef<HTMLElement>(null)
  const of = (way: Form['way']) => c.availableActions.filter(a => forms[a.action]?.way === way && !onCards.includes(a.action))
  const unknown = c.availableActions.filter(a => !forms[a.action] && !withoutForm.includes(a.action))
  const close = () => {
    setOpen(undefined)
    setTimeout(() => from.current?.isConnected && from.current.focus())
  }
  const buttons = (way: Form['way'], props: React.ComponentProps<typeof Button>) => of(way).map(a => (
    <li key={a.action}>
      <Button block {...props} aria-describedby={`needs-${a.action}`} onClick={e => {
        from.current = e.currentTarget
        const form = forms[a.action]
        if (form) setOpen({action: a, form})
      }}>{a.label}</Button>
      <p className="needs" id={`needs-${a.action}`}>{a.needs}<span className="basis">{a.basis}</span></p>
      {a.missing.map(m => <p className="needs missing" key={m}>尚缺：{m}</p>)}
    </li>
  ))
  return (
    <Card title="现在可以办理">
      {c.availableActions.length === 0 && <Nothing>{me.name}，您现在对这件案件没有可以办理的事项。</Nothing>}
      {c.availableActions.some(a => a.action === 'register') &&
        <p><Link className="main-button actions-register" to={`/register?clue=${c.id}`}>登记为纠纷</Link></p>}
      <ul className="actions">{buttons('forward', {type: 'primary', size: 'large'})}</ul>
      <ul className="actions">{buttons('record', {})}</ul>
      <ul className="actions">{buttons('exit', {danger: true})}</ul>
      {unknown.length > 0 && <p className="faint">{unknown.map(a => a.label).join('、')}：本版页面还不能办理。</p>}
      {open && <Suspense>
        <ActionDialog c={c} label={open.action.label} needs={open.action.needs} form={open.form} close={close}/>
      </Suspense>}
    </Card>
  )
}
