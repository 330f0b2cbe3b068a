import type {Case} from '../../api/client.ts'
import {Card} from '../../parts/page.tsx'
import type {Word} from './case.tsx'

// Facts is what was said when the case was taken in.
export function Facts({c, word}: {c: Case; word: Word}) {
  const rows: [string, React.ReactNode][] = [
    ['纠纷简要情况', <span className="prose" key="facts">{c.facts}</span>],
    ['当事人要求', c.wish && <span className="prose">{c.wish}</span>],
    ['发生地点', `${c.place}（${c.areaName}）`],
    ['涉及金额', c.amount && `${c.amount}元`],
    ['涉及人数', c.peopleCount > 0 && `${c.peopleCount}人`],
    ['来源', [word('caseSource', c.source), word('referrer', c.referrer)].filter(Boolean).join('，')],
    ['申请', `${c.requestedOn}，${word('requestedHow', c.requestedHow)}`],
    ['受理点', c.point?.name],
    ['调解员', c.mediators.length > 0 && c.mediators.map(m => m.id === c.presiding?.id && c.mediators.length > 1 ? `${m.name}（主持）` : m.name).join('、')],
    ['登记人', c.registeredBy.name],
    ['结束原因', c.endReason?.label],
    ['已告知的途径', c.remedies.length > 0 && `${c.remedies.map(r => word('remedy', r)).join('、')}${c.remediesToldOn ? `（${c.remediesToldOn}）` : ''}`],
    ['结案人', c.closedBy?.name],
  ]
  return (
    <Card title="纠纷情况">
      <dl className="facts">{rows.filter(([, v]) => v !== undefined && v !== false && v !== '').map(([k, v]) => <div key={k}><dt>{k}</dt><dd>{v}</dd></div>)}</dl>
    </Card>
  )
}
