import {Link} from 'react-router'
import type {CaseSummary} from '../api/client.ts'
import {Due, StatusTag} from './status.tsx'

// who names the parties as lists show them: masked by the service.
export function who(c: CaseSummary): string {
  const side = (role: string) => c.parties.filter(p => p.role === role).map(p => p.nameMasked)
  const some = (names: string[]) => names.length > 2 ? `${names.slice(0, 2).join('、')}等${names.length}方` : names.join('、')
  return [some(side('applicant')), some(side('respondent'))].filter(Boolean).join(' 与 ')
}

// CaseLine is a case in a list that is read from top to bottom.
export function CaseLine({c, today}: {c: CaseSummary; today: string}) {
  return (
    <li>
      <Link className="line" to={`/cases/${c.id}`}>
        <span className="line-title">{who(c)} · {c.typeName}</span>
        <span className="line-below number">{c.fileNo ?? c.demandNo}{c.presiding && ` · ${c.presiding.name}`}</span>
        <span className="line-end">
          {(c.nextDueOn || c.overdue) && <Due day={c.nextDueOn ?? today} today={today} overdue={c.overdue}/>}
          <StatusTag status={c.status} name={c.statusName}/>
        </span>
      </Link>
    </li>
  )
}
