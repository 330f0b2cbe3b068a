import {useQuery} from '@tanstack/react-query'
import {Select} from 'antd'
import {useState} from 'react'
import type {Case, Schemas} from '../../api/client.ts'
import {confirmationAdviceQuery} from '../../api/queries.ts'
import {Card, Loading} from '../../parts/page.tsx'

const verdicts = {eligible: ['可以申请', 'tag tag-good'], ask: ['先核实', 'tag tag-wait'], not: ['不能申请', 'tag tag-bad']} as const

type Answers = Record<string, 'yes' | 'no' | undefined>
type Reason = Schemas['AnswerableReason']

// ConfirmationAdvice tells whether the parties can ask a court to confirm their agreement, by which article, where, with what and
// until when. What the program cannot know the mediator answers; the answers are kept nowhere.
export function ConfirmationAdvice({c}: {c: Case}) {
  const [answers, answer] = useState<Answers>({})
  const said = (which: 'yes' | 'no') => Object.keys(answers).filter(k => answers[k] === which) as Reason[]
  const {data} = useQuery(confirmationAdviceQuery(c.id, c.version, said('yes'), said('no')))
  if (!data) return <Card title="司法确认指引"><Loading/></Card>
  const [name, look] = verdicts[data.verdict]
  return (
    <Card title="司法确认指引" beside={<span className={look}>{name}</span>}>
      <ul className="grounds">
        {data.grounds.map(g => <li key={g.code}>{g.text}<span className="faint">（{g.basis}）</span></li>)}
      </ul>
      {data.verdict !== 'not' && <>
        {data.dueOn && data.daysLeft !== undefined && data.daysLeft >= 0 &&
          <p>最后一天：<b className="number">{data.dueOn}</b>{data.daysLeft === 0 ? '，就是今天' : `，还有${data.daysLeft}天`}</p>}
        <h3>向哪个法院申请</h3>
        <ul className="grounds">{data.venues.map(v => <li key={v.code}>{v.text}{v.court && <b>：{v.court}</b>}<span className="faint">（{v.basis}）</span></li>)}</ul>
        <h3>需要的材料</h3>
        <ul className="grounds">{data.papers.map(p => (
          <li key={p.code}>{p.text} <span className={p.ready ? 'good' : 'faint'}>{p.ready ? '已有' : '需要准备'}</span></li>
        ))}</ul>
      </>}
      {data.verdict !== 'not' || Object.values(answers).some(x => x === 'yes') ? <details className="answers">
        <summary>这些情形系统不能判断，请逐项核实</summary>
        <ul className="grounds">{data.questions.map(q => (
          <li key={q.code} className="answer">
            <span>{q.text}<span className="faint">（{q.basis}）</span></span>
            <Select aria-label={q.text} virtual={false} allowClear placeholder="未核实" value={answers[q.code]}
              onChange={v => answer(was => ({...was, [q.code]: v}))} options={[{value: 'yes', label: '有'}, {value: 'no', label: '没有'}]}/>
          </li>
        ))}</ul>
      </details> : null}
    </Card>
  )
}
