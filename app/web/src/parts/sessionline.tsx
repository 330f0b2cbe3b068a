import {Link} from 'react-router'
import type {Schemas} from '../api/client.ts'
import {hour} from '../lib/week.ts'

export const sessionTones: Record<Schemas['SessionStatus'], string> = {
  planned: 'tag-work', held: 'tag-good', failed: 'tag-wait', cancelled: 'tag-done',
}

// SessionLine is a session in the calendar: when, with whom, where.
export function SessionLine({x}: {x: Schemas['AgendaItem']}) {
  const gone = x.status === 'cancelled'
  return (
    <li>
      <Link className={`line session-line${gone ? ' session-gone' : ''}`} to={`/cases/${x.caseId}`}>
        <span className="session-hours number">{hour(x.startsAt)}<small>{hour(x.endsAt)}</small></span>
        <span className="line-title">{x.parties.map(p => p.nameMasked).join('、')} · {x.typeName}</span>
        <span className="line-below">{x.place}{x.remote && '（远程）'} · {x.joint ? '面对面' : '背靠背'} · {x.mediators.map(m => m.name).join('、')}</span>
        <span className="line-end"><span className={`tag ${sessionTones[x.status]}`}>{x.statusName}</span></span>
      </Link>
    </li>
  )
}
