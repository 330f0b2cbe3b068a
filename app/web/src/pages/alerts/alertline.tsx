import {useMutation, useQueryClient} from '@tanstack/react-query'
import {useState} from 'react'
import {Link} from 'react-router'
import {useCodes} from '../../actions/choices.tsx'
import {api, data, type Schemas} from '../../api/client.ts'
import {moment} from '../../lib/days.ts'
import {Intent} from '../../lib/once.ts'
import {Snooze} from './snooze.tsx'

export type Alert = Schemas['Alert']

const tones: Record<Schemas['AlertLevel'], string> = {notice: 'tag-work', warning: 'tag-wait', red: 'tag-bad'}

// AlertLine is one alert: what it tells of which case, and what can be done with it.
export function AlertLine({alert: a}: {alert: Alert}) {
  const level = useCodes('alertLevel').find(l => l.value === a.level)?.label ?? ''
  const kind = useCodes('alertKind').find(k => k.value === a.kind)?.label ?? ''
  return (
    <li className="alert-line">
      <div>
        <p><span className={`tag ${tones[a.level]}`}>{level}</span> <strong>{a.ruleName ?? kind}：{a.stageName}</strong></p>
        <p>{a.demandNo
          ? <Link to={`/cases/${a.caseId}`} className="number">{a.fileNo ?? a.demandNo}</Link>
          : <span>{a.committee.name}的保密案件</span>}
          {' '}<span className="faint">{[a.typeName, a.dueOn && `期限 ${a.dueOn}`].filter(Boolean).join(' · ')}</span></p>
        <Past a={a}/>
      </div>
      {(a.state === 'open' || a.state === 'handed_over') && <Buttons a={a}/>}
    </li>
  )
}

// Past is what was already done about it.
function Past({a}: {a: Alert}) {
  const words = [
    a.state !== 'open' && a.acknowledgedAt && `${a.acknowledgedBy?.name ?? ''} ${moment(a.acknowledgedAt)} 确认`,
    a.state === 'snoozed' && a.snoozedUntil && `${a.snoozedBy?.name ?? ''}暂缓到 ${moment(a.snoozedUntil)}`,
    a.handedTo && `${a.handedBy?.name ?? ''}移交给${a.handedTo.name}`,
    a.resolvedAt && `${moment(a.resolvedAt)} 已消除`,
  ].filter(Boolean)
  return words.length > 0 && <p className="faint">{words.join(' · ')}</p>
}

function Buttons({a}: {a: Alert}) {
  const cache = useQueryClient()
  const [intent] = useState(() => new Intent())
  const [snoozing, setSnoozing] = useState(false)
  const again = () => cache.invalidateQueries({queryKey: ['alerts']})
  const acknowledge = useMutation({
    mutationFn: () => intent.run(undefined, (_, key) => data(api.POST('/alerts/{alertId}/acknowledge', {
      params: {path: {alertId: a.id}, header: {'Idempotency-Key': key}},
    }))),
    onSuccess: again,
  })
  const about = <span className="visually-hidden">：{a.ruleName ?? a.stageName} {a.fileNo ?? a.demandNo}</span>
  return (
    <div className="alert-buttons">
      <button type="button" className="plain-button" disabled={acknowledge.isPending} onClick={() => acknowledge.mutate()}>确认{about}</button>
      {a.level !== 'red' && <button type="button" className="plain-button" onClick={() => setSnoozing(true)}>暂缓{about}</button>}
      {acknowledge.error && <p className="field-error" role="alert">{acknowledge.error.message}</p>}
      {snoozing && <Snooze a={a} close={() => setSnoozing(false)} done={again}/>}
    </div>
  )
}
