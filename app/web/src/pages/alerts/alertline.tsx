import {useMutation, useQueryClient} from '@tanstack/react-query'
import {useState} from 'react'
import {Link} from 'react-router'
import {api, data, type Schemas} from '../../api/client.ts'
import {moment} from '../../lib/days.ts'
import {Intent} from '../../lib/once.ts'

type Alert = Schemas['Alert']

// AlertLine is one alert: what is told of which case, and a button for having taken note of it.
export function AlertLine({alert: a}: {alert: Alert}) {
  const cache = useQueryClient()
  const [intent] = useState(() => new Intent())
  const acknowledge = useMutation({
    mutationFn: () => intent.run(undefined, (_, key) => data(api.POST('/alerts/{alertId}/acknowledge', {
      params: {path: {alertId: a.id}, header: {'Idempotency-Key': key}},
    }))),
    onSuccess: () => cache.invalidateQueries({queryKey: ['alerts']}),
  })
  const number = a.fileNo ?? a.demandNo
  return (
    <li className="alert-line">
      <div>
        <p><strong className={a.level === 'notice' ? undefined : 'due-late'}>{told(a)}</strong></p>
        <p>
          {number ? <Link to={`/cases/${a.caseId}`} className="number">{number}</Link> : <span>{a.committee.name}的保密案件</span>}
          {' '}<span className="faint">{a.typeName}</span>
        </p>
        {acknowledge.error && <p className="field-error" role="alert">{acknowledge.error.message}</p>}
      </div>
      <State a={a} number={number} busy={acknowledge.isPending} done={() => acknowledge.mutate()}/>
    </li>
  )
}

function State({a, number, busy, done}: {a: Alert; number?: string; busy: boolean; done: () => void}) {
  if (a.resolvedAt) return <p className="faint">已消除<br/><span className="number">{moment(a.resolvedAt)}</span></p>
  if (a.acknowledgedAt) return <p className="faint">{a.acknowledgedBy?.name} 已确认<br/><span className="number">{moment(a.acknowledgedAt)}</span></p>
  return (
    <button type="button" className="plain-button" disabled={busy} onClick={done}>
      确认<span className="visually-hidden">：{told(a)} {number}</span>
    </button>
  )
}

const kinds: Record<Exclude<Alert['kind'], 'clock'>, string> = {
  high_risk: '激化风险', many_people: '涉及人数较多', large_amount: '涉及金额较大', same_parties: '相同当事人再次发生纠纷', clue_cluster: '同一地点多条线索',
}

// told is what an alert says: which clock stands where, or what happened.
function told(a: Alert): string {
  return a.kind === 'clock' ? `${a.ruleName}${a.stageName}，最后一日${a.dueOn}` : kinds[a.kind]
}
