import type {Case, Schemas} from '../../api/client.ts'
import {moment} from '../../lib/days.ts'
import {Card} from '../../parts/page.tsx'
import type {Word} from './case.tsx'

// Dangers are what a dispute may turn into: what is not over stands first, with what the law still asks for.
export function Dangers({c, word}: {c: Case; word: Word}) {
  const all = [...c.escalations].sort((a, b) => Number(a.endedAt !== undefined) - Number(b.endedAt !== undefined) || b.no - a.no)
  if (all.length === 0) return null
  return <Card title="预警"><ul className="lines">{all.map(x => <Danger key={x.no} x={x} word={word}/>)}</ul></Card>
}

function Danger({x, word}: {x: Schemas['Escalation']; word: Word}) {
  const waits = x.endedAt ? undefined : x.reported ? '处置中' : x.mandatory ? '依法应当立即报告，尚未报告' : '尚未报告'
  return (
    <li className="access">
      <p><strong>{word('escalationLevel', x.level)} · {word('escalationKind', x.kind)}</strong>
        {waits && <span className={x.reported ? 'tag tag-wait' : 'tag tag-bad'}>{waits}</span>}</p>
      <p className="prose">{x.signs}</p>
      <p className="faint"><span className="number">{moment(x.foundAt)}</span> {x.foundBy.name}发现
        {x.victim !== 'other' && ` · 受威胁的人：${word('victim', x.victim)}`}</p>
      {x.measures.length > 0 && <p className="faint">措施：{x.measures.map(m => word('escalationMeasure', m)).join('、')}{x.measuresNote && `。${x.measuresNote}`}</p>}
      {x.reports.map(r => (
        <p className="faint" key={`${r.at}${r.organ}`}>{moment(r.at)} 向{word('reportOrgan', r.organ)}报告（{word('reportWay', r.how)}）{r.receipt && `，编号 ${r.receipt}`}</p>
      ))}
      {x.endedAt && <p className="faint">{moment(x.endedAt)} {word('escalationResult', x.result)}
        {x.prevented && ` · 防止${word('escalationKind', x.prevented)}，${x.preventedPeople}人`}</p>}
    </li>
  )
}
