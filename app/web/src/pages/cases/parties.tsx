import type {Case} from '../../api/client.ts'
import {Card} from '../../parts/page.tsx'
import type {Word} from './case.tsx'

const sexes: Record<number, string> = {1: '男', 2: '女'}

// Parties: numbers and addresses come masked from the service.
export function Parties({c, word}: {c: Case; word: Word}) {
  return (
    <Card title="当事人">
      <ul className="parties">
        {c.parties.map(p => (
          <li key={p.partyNo} className="party">
            <p className="party-name"><strong>{p.name}</strong><span className="tag tag-work">{word('partyRole', p.role)}</span>
              {p.kind !== 'natural' ? <span className="faint">{word('partyKind', p.kind)}</span> : p.sex !== undefined && sexes[p.sex] && <span className="faint">{sexes[p.sex]}</span>}</p>
            <dl className="facts">
              {p.phoneMasked && <div><dt>电话</dt><dd className="number">{p.phoneMasked}</dd></div>}
              {p.idNumberMasked && <div><dt>证件号码</dt><dd className="number">{p.idNumberMasked}</dd></div>}
              {p.addressMasked && <div><dt>住址</dt><dd>{p.addressMasked}</dd></div>}
              <div><dt>调解意愿</dt><dd>{word('consent', p.consent)}{p.consentOn && `（${p.consentOn}）`}</dd></div>
              {p.noticeOn && <div><dt>权利义务告知</dt><dd>{p.noticeOn}，{word('noticeHow', p.noticeHow)}</dd></div>}
            </dl>
          </li>
        ))}
      </ul>
    </Card>
  )
}
