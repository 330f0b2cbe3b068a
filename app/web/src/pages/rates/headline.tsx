import type {Schemas} from '../../api/client.ts'
import {Card} from '../../parts/page.tsx'
import {interval} from './rates.tsx'

// Headline is the one figure, never alone.
export function Headline({rates: {measure, total}}: {rates: Schemas['Rates']}) {
  return (
    <Card title={`${measure.id} ${measure.name}`}>
      <div className="headline">
        <div>
          <p className="headline-figure number">{total.display}</p>
          <p>{total.numerator} 件成功，共计入 {total.denominator} 件</p>
        </div>
        {total.value !== null && total.interval && <Range value={total.value} low={total.interval.low} high={total.interval.high}/>}
        <dl className="headline-more">
          <div><dt>95%区间（Wilson）</dt><dd className="number">{interval(total)}</dd></div>
          <div><dt>不计受理后撤回（R1x）</dt><dd className="number">{total.withoutWithdrawn.display}（{total.withoutWithdrawn.numerator}/{total.withoutWithdrawn.denominator}）</dd></div>
          <div className="headline-wide"><dt>怎样计算（第{measure.version}版）</dt><dd>{measure.definition}</dd></div>
          <div className="headline-wide"><dt>不计入的案件</dt><dd>{total.exclusions.map(x => `${x.label} ${x.count} 件`).join('；')}</dd></div>
        </dl>
      </div>
    </Card>
  )
}

// Range draws the interval: a wide bar is a figure from few cases.
function Range({value, low, high}: {value: number; low: number; high: number}) {
  const x = (v: number) => 10 + v * 280
  return (
    <svg className="range" viewBox="0 0 300 46" role="img" aria-label="成功率在0到100%上的位置和95%区间">
      <line x1="10" x2="290" y1="18" y2="18" className="range-axis"/>
      <rect x={x(low)} width={Math.max(2, x(high) - x(low))} y="12" height="12" rx="6" className="range-bar"/>
      <circle cx={x(value)} cy="18" r="8" className="range-point"/>
      <text x="10" y="42">0</text><text x="290" y="42" textAnchor="end">100%</text>
    </svg>
  )
}
