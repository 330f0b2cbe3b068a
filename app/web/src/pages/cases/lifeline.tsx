import type {Case} from '../../api/client.ts'
import {Card} from '../../parts/page.tsx'
import type {Word} from './case.tsx'

type Step = {label: string; on?: string}

// LifeLine shows how far the case has come. It reads the dates, not the states, so that a state made later does not
// break it; the name of the state stands at the place that was reached.
export function LifeLine({c, word}: {c: Case; word: Word}) {
  const steps: Step[] = [
    {label: '登记', on: c.requestedOn},
    {label: '受理', on: c.acceptedOn},
    {label: '调解', on: c.startedOn},
    {label: word('outcome', c.outcome) ?? '调解结果', on: c.concludedOn},
    {label: '结案', on: c.closedOn},
    {label: '归档', on: c.archivedOn},
  ]
  const reached = steps.map(s => s.on !== undefined).lastIndexOf(true)
  return (
    <Card title={c.voidedOn ? `办理进度：${c.statusName}，原因是${c.voidReason?.label ?? '未注明'}` : '办理进度'}>
      <ol className="life">
        {steps.map((s, i) => {
          const state = s.on ? 'done' : i < reached ? 'passed' : 'ahead'
          return (
            <li key={s.label} className={`life-${state} ${i === reached ? 'life-here' : ''}`} aria-current={i === reached ? 'step' : undefined}>
              <span className="life-dot" aria-hidden>{s.on ? '✓' : ''}</span>
              <span className="life-label">{s.label}</span>
              <span className="life-on number">{s.on ?? (state === 'passed' ? '未经过' : '')}</span>
              {i === reached && <span className="visually-hidden">（现在在这里：{c.statusName}）</span>}
            </li>
          )
        })}
      </ol>
    </Card>
  )
}
