import {useCodes} from '../actions/choices.tsx'
import type {Schemas} from '../api/client.ts'
import {moment} from '../lib/days.ts'

// AccessLine is one look at personal data: who, when, at what and why.
export function AccessLine({a, withCase}: {a: Schemas['Access']; withCase?: boolean}) {
  const fields = useCodes('partyField')
  const seen = a.fields.map(f => fields.find(o => o.value === f)?.label ?? f).join('、')
  return (
    <li className="access">
      <p>{a.person?.name ?? '系统'}（{a.roleName}{a.organisation && `，${a.organisation.name}`}）<strong>{a.whatName}</strong>
        {seen && `：第${a.partyNo}方的${seen}`}{a.count !== undefined && `，${a.count}条`}</p>
      <p className="faint"><span className="number">{moment(a.at)}</span>{a.reason && ` · 理由：${a.reason.label}`}
        {withCase && a.demandNo && <> · 需求编号 <span className="number">{a.demandNo}</span></>}{a.via === 'token' && ' · 由对接系统'}</p>
    </li>
  )
}
