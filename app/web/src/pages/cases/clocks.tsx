import {useQuery} from '@tanstack/react-query'
import {useState} from 'react'
import type {Case, Schemas} from '../../api/client.ts'
import {deadlineQuery} from '../../api/queries.ts'
import {byDay, today as todayNow} from '../../lib/days.ts'
import {Card, Loading, Nothing, Said} from '../../parts/page.tsx'
import {Due} from '../../parts/status.tsx'

type Deadline = Schemas['Deadline']

// Clocks are the deadlines of a case, those that run first, each with its working on request.
export function Clocks({c}: {c: Case}) {
  const today = todayNow()
  const running = c.deadlines.filter(d => !d.endedOn).sort(byDay)
  const ended = c.deadlines.filter(d => d.endedOn)
  return (
    <Card title="期限">
      {running.length === 0 && <Nothing>没有正在计算的期限。</Nothing>}
      <ul className="clocks">{running.map(d => <Clock key={d.deadlineNo} c={c} d={d} today={today}/>)}</ul>
      {ended.length > 0 && <details className="ended">
        <summary>已结束的期限（{ended.length}）</summary>
        <ul className="clocks">{ended.map(d => <Clock key={d.deadlineNo} c={c} d={d} today={today}/>)}</ul>
      </details>}
    </Card>
  )
}

function Clock({c, d, today}: {c: Case; d: Deadline; today: string}) {
  const [open, setOpen] = useState(false)
  return (
    <li className="clock">
      <div className="clock-head">
        <strong>{d.name}{d.about !== undefined && `（第${d.about}项）`}</strong>
        {d.endedOn ? <span className="faint">{d.endedOn} 结束</span>
          : d.dueOn ? <Due day={d.dueOn} today={today} overdue={d.overdue}/> : <span className="tag tag-wait">暂停计算</span>}
      </div>
      <p className="clock-on number">{d.dueOn ? `到 ${d.dueOn} 止` : '中止期间不计算'}{d.provisional && <span className="tag tag-wait">暂定</span>}</p>
      <button type="button" className="text-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? '收起计算过程' : '这个日期是怎样算出来的'}<span className="visually-hidden">：{d.name}</span>
      </button>
      {open && <Working caseId={c.id} no={d.deadlineNo}/>}
    </li>
  )
}

function Working({caseId, no}: {caseId: string; no: number}) {
  const {data, error, refetch} = useQuery(deadlineQuery(caseId, no))
  if (error) return <Said error={error} again={() => void refetch()}/>
  if (!data) return <Loading/>
  return <ol className="working">{data.trace.map((line, i) => <li key={i}>{line}</li>)}</ol>
}
