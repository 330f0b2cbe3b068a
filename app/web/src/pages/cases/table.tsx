import {Link} from 'react-router'
import type {CaseSummary} from '../../api/client.ts'
import {CaseLine, who} from '../../parts/caseline.tsx'
import {Due, StatusTag} from '../../parts/status.tsx'

// CaseTable is a table where there is room, and lines on a phone. It is plain: the order is the service's, and the
// library's table weighs more than the page's budget over the line.
export function CaseTable({items, today, stale}: {items: CaseSummary[]; today: string; stale: boolean}) {
  return (
    <div className={stale ? 'cases-stale' : undefined} aria-busy={stale}>
      <div className="wide">
        <table className="cases">
          <thead><tr>{['编号', '当事人', '纠纷类型', '申请日期', '调解员', '最近期限', '状态'].map(h => <th key={h} scope="col">{h}</th>)}</tr></thead>
          <tbody>{items.map(c => (
            <tr key={c.id}>
              <td><Link to={`/cases/${c.id}`} className="cell-link number">{c.fileNo ?? c.demandNo}</Link></td>
              <td>{who(c)}</td>
              <td>{c.typeName}</td>
              <td className="number nowrap">{c.requestedOn}</td>
              <td className="nowrap">{c.presiding?.name ?? <span className="faint">未确定</span>}</td>
              <td>{(c.nextDueOn || c.overdue) && <Due day={c.nextDueOn ?? today} today={today} overdue={c.overdue}/>}</td>
              <td><StatusTag status={c.status} name={c.statusName}/></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      <ul className="lines narrow">{items.map(c => <CaseLine key={c.id} c={c} today={today}/>)}</ul>
    </div>
  )
}
