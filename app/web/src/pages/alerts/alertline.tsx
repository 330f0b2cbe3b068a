import {useMutation, useQueryClient} from '@tanstack/react-query'
import {useState} from 'react'
import {Link} from 'react-router'
import {api, data, type Schemas} from '../../api/client.ts'
import {moment, today} from '../../lib/days.ts'
import {Intent} from '../../lib/once.ts'

type Alert = Schemas['Alert']

// AlertLine is one alert: which clock of which case, and a button for having seen to it.
export function AlertLine({alert: a}: {alert: Alert}) {
  const cache = useQueryClient()
  const [intent] = useState(() => new Intent())
  const acknowledge = useMutation({
    mutationFn: () => intent.run(undefined, (_, key) => data(api.POST('/alerts/{caseId}/{kind}/{deadlineNo}/acknowledge', {
      params: {path: {caseId: a.caseId, kind: a.kind, deadlineNo: a.deadlineNo}, header: {'Idempotency-Key': key}},
    }))),
    onSuccess: () => cache.invalidateQueries({queryKey: ['alerts']}),
  })
  return (
    <li className="alert-line">
      <div>
        <p><strong className="due-late">{a.ruleName}{lateness(a.dueAt)}</strong></p>
        <p><Link to={`/cases/${a.caseId}`} className="number">{a.fileNo ?? a.demandNo}</Link> <span className="faint">{a.typeName}</span></p>
        {acknowledge.error && <p className="field-error" role="alert">{acknowledge.error.message}</p>}
      </div>
      <State a={a} busy={acknowledge.isPending} done={() => acknowledge.mutate()}/>
    </li>
  )
}

function State({a, busy, done}: {a: Alert; busy: boolean; done: () => void}) {
  if (a.acknowledgedAt) return <p className="faint">{a.acknowledgedBy?.name} 已处理<br/><span className="number">{moment(a.acknowledgedAt)}</span></p>
  if (a.resolvedOn) return <p className="faint">已办结<br/><span className="number">{a.resolvedOn}</span></p>
  return (
    <button type="button" className="plain-button" disabled={busy} onClick={done}>
      标为已处理<span className="visually-hidden">：{a.ruleName} {a.fileNo ?? a.demandNo}</span>
    </button>
  )
}

// dueAt is the first instant after the last day.
function lateness(dueAt: string): string {
  const last = today(new Date(Date.parse(dueAt) - 1))
  return `，${last}已到期`
}
