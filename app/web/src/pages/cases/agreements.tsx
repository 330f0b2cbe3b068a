import type {Case, Schemas} from '../../api/client.ts'
import {Card} from '../../parts/page.tsx'
import type {Word} from './case.tsx'

// Agreements with what each party owes by them.
export function Agreements({c, word}: {c: Case; word: Word}) {
  return (
    <Card title="调解协议">
      {c.agreements.map(a => (
        <article key={a.agreementNo} className="agreement">
          <p><strong>{word('agreementForm', a.form)}</strong> <span className="faint">{word('agreementStatus', a.status)}
            {a.agreedOn && `，${a.agreedOn} 达成`}{a.effectiveOn && `，${a.effectiveOn} 生效`}</span></p>
          {a.replaces && <p className="faint">代替第{a.replaces}份协议</p>}
          <p className="prose">{a.terms}</p>
          {a.code && <p className="faint">核验码 <span className="number">{a.code}</span></p>}
          <Obligations c={c} word={word} items={c.obligations.filter(o => o.agreementNo === a.agreementNo)}/>
        </article>
      ))}
    </Card>
  )
}

function Obligations({c, items, word}: {c: Case; items: Schemas['Obligation'][]; word: Word}) {
  if (items.length === 0) return <p className="faint">没有给付内容。</p>
  const name = (no: number) => c.parties.find(p => p.partyNo === no)?.name ?? ''
  return (
    <ol className="obligations">
      {items.map(o => (
        <li key={o.obligationNo}>
          <p>{o.instalment && `第${o.duty}项第${o.instalment}期：`}{name(o.debtor)} 向 {name(o.creditor)}：{o.what}{o.amount && <b className="number"> {o.amount}元</b>}（{word('manner', o.manner)}{o.place && `，${o.place}`}）</p>
          <p className="faint">{o.dueOn} 前履行 · <span className={o.status === 'performed' ? 'good' : ''}>{word('obligationStatus', o.status)}</span>
            {o.status === 'partly_performed' && o.performedAmount && ` ${o.performedAmount}元`}{o.settledOn && `（${o.settledOn}）`}</p>
        </li>
      ))}
    </ol>
  )
}
