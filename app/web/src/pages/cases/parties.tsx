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
        {p.idNumberMasked && <div><dt>证件号码</dt><dd className="number">{shown?.idNumber ?? p.idNumberMasked}</dd></div>}
        {p.addressMasked && <div><dt>住址</dt><dd>{shown?.address ?? p.addressMasked}</dd></div>}
        {p.stoppedOn && <div><dt>信息使用</dt><dd>应本人要求，自{p.stoppedOn}起只保存，不作其他使用</dd></div>}
        <div><dt>调解意愿</dt><dd>{word('consent', p.consent)}{p.consentOn && `（${p.consentOn}）`}</dd></div>
        {p.noticeOn && <div><dt>权利义务告知</dt><dd>{p.noticeOn}，{word('noticeHow', p.noticeHow)}</dd></div>}
      </dl>
      <Reveal c={c} me={me} party={p} shown={shown} show={show}/>
    </li>
  )
}
