import {useState} from 'react'
import type {Case, Me, Schemas} from '../../api/client.ts'
import {Card} from '../../parts/page.tsx'
import type {Word} from './case.tsx'
import {Reveal, type Revealed} from './reveal.tsx'

const sexes: Record<number, string> = {1: '男', 2: '女'}

// Parties: numbers and addresses come masked from the service.
export function Parties({c, me, word}: {c: Case; me: Me; word: Word}) {
  return (
    <Card title="当事人">
      <ul className="parties">{c.parties.map(p => <Party key={p.partyNo} c={c} me={me} p={p} word={word}/>)}</ul>
      <Elected c={c} word={word}/>
    </Card>
  )
}

function Party({c, me, p, word}: {c: Case; me: Me; p: Schemas['Party']; word: Word}) {
  const [shown, show] = useState<Revealed>()
  const phone = shown?.phone
  return (
    <li className="party">
      <p className="party-name"><strong>{p.name}</strong><span className="tag tag-work">{word('partyRole', p.role)}</span>
        {p.kind !== 'natural' ? <span className="faint">{word('partyKind', p.kind)}</span> : p.sex !== undefined && sexes[p.sex] && <span className="faint">{sexes[p.sex]}</span>}</p>
      <dl className="facts">
        {p.phoneMasked && <div><dt>电话</dt><dd className="number">{phone ? <a href={`tel:${phone}`}>{phone}</a> : p.phoneMasked}</dd></div>}
        {p.age !== undefined && p.age < 18 && <div><dt>年龄</dt><dd>{p.age}岁（未成年）</dd></div>}
        {p.capacity !== 'unknown' && <div><dt>行为能力</dt><dd>{word('legalCapacity', p.capacity)}</dd></div>}
        {p.idAbsent && <div><dt>没有证件号码</dt><dd>{word('idAbsence', p.idAbsent)}</dd></div>}
        {p.idNumberMasked && <div><dt>证件号码</dt><dd className="number">{shown?.idNumber ?? p.idNumberMasked}</dd></div>}
        {p.addressMasked && <div><dt>住址</dt><dd>{shown?.address ?? p.addressMasked}</dd></div>}
        {p.stoppedOn && <div><dt>信息使用</dt><dd>应本人要求，自{p.stoppedOn}起只保存，不作其他使用</dd></div>}
        <div><dt>调解意愿</dt><dd>{word('consent', p.consent)}{p.consentOn && `（${p.consentOn}）`}</dd></div>
        {p.ethnicity && <div><dt>民族</dt><dd>{p.ethnicity.label}</dd></div>}
        {p.occupation && <div><dt>职业或职务</dt><dd>{p.occupation}</dd></div>}
        {p.workplace && <div><dt>工作单位</dt><dd>{p.workplace}</dd></div>}
      </dl>
      <Acting list={c.representatives.filter(r => r.partyNo === p.partyNo)} word={word}/>
      <Reveal c={c} me={me} party={p} shown={shown} show={show}/>
    </li>
  )
}

// Acting are those who act for a party, or did.
function Acting({list, word}: {list: Schemas['Representative'][]; word: Word}) {
  return list.map(r => (
    <p className="faint" key={r.no}>{word('representativeKind', r.kind)} {r.name}
      {r.relation && `（${r.relation.label}）`}{r.phoneMasked && ` ${r.phoneMasked}`}
      {r.powers.length > 0 && `：${r.powers.map(x => word('agentPower', x)).join('、')}${r.special ? '（特别授权）' : ''}`}，{r.from}起{r.until && `至${r.until}`}</p>
  ))
}

// Elected are those whom a side with many people has chosen.
function Elected({c, word}: {c: Case; word: Word}) {
  const list = c.representatives.filter(r => r.side !== undefined)
  if (list.length === 0) return null
  return <div className="party">{list.map(r => <div key={r.no}><p>{word('partyRole', r.side)}一方推选</p><Acting list={[r]} word={word}/></div>)}</div>
}
