import type {Case, Schemas} from '../../api/client.ts'
import {moment} from '../../lib/days.ts'
import {Card} from '../../parts/page.tsx'
import type {Word} from './case.tsx'

// The people around the case: who mediates it and what is asked about them, who is invited, who was contacted, who was told
// what. A card without content is not shown.

const nameOf = (c: Case, no?: number) => c.parties.find(p => p.partyNo === no)?.name ?? ''
const namesOf = (c: Case, numbers: number[]) => numbers.map(n => nameOf(c, n)).join('、')

export function Mediators({c, word}: {c: Case; word: Word}) {
  if (c.appointments.length === 0) return null
  const lines = [...c.appointments].sort((a, b) => Number(a.until !== undefined) - Number(b.until !== undefined))
  const questions = [...c.recusals].sort((a, b) => Number(a.status !== 'open') - Number(b.status !== 'open') || b.no - a.no)
  return (
    <Card title="调解员与回避">
      <ul className="lines">
        {lines.map(a => (
          <li className="access" key={`a${a.no}`}>
            <p><strong>{a.person.name}</strong>{!a.until && a.person.id === c.presiding?.id && <span className="tag tag-work">主持</span>}
              {a.until && <span className="tag tag-done">{word('appointmentEnd', a.ended)}</span>}</p>
            <p className="faint">{word('appointmentWay', a.way)}{a.chosenBy.length > 0 && `（${namesOf(c, a.chosenBy)}）`} · <span className="number">{a.from}</span>起
              {a.until && <>至<span className="number">{a.until}</span></>}</p>
          </li>
        ))}
        {questions.map(x => <Question key={`q${x.no}`} c={c} x={x} word={word}/>)}
      </ul>
    </Card>
  )
}

function Question({c, x, word}: {c: Case; x: Schemas['Recusal']; word: Word}) {
  const tone = x.status === 'open' ? 'tag-wait' : x.status === 'granted' ? 'tag-good' : 'tag-done'
  return (
    <li className="access">
      <p><strong>{word('recusalKind', x.kind)}</strong> {x.person.name}<span className={`tag ${tone}`}>{x.statusName}</span></p>
      {x.grounds.length > 0 && <p>{x.grounds.map(g => word('recusalGround', g)).join('、')}</p>}
      {x.statement && <p className="prose">{x.statement}</p>}
      <p className="faint"><span className="number">{x.askedOn}</span> {x.partyNo ? `${nameOf(c, x.partyNo)}提出` : '本人登记'}
        {x.decidedOn && <> · <span className="number">{x.decidedOn}</span> {x.decidedBy ? `${x.decidedBy.name}决定` : ''}</>}
        {x.consents.length > 0 && ` · ${namesOf(c, x.consents)}同意`}</p>
      {x.reason && <p className="faint">理由：{x.reason}</p>}
    </li>
  )
}

export function Invited({c, word}: {c: Case; word: Word}) {
  if (c.invitees.length === 0) return null
  return (
    <Card title="邀请人员">
      <ul className="lines">{c.invitees.map(x => (
        <li className="access" key={x.no}>
          <p><strong>{x.name}</strong> {word('inviteeKind', x.kind)}{x.partyNo && `（${nameOf(c, x.partyNo)}一方）`}
            {x.until && <span className="tag tag-done">已结束</span>}</p>
          <p className="prose">{x.why}</p>
          <p className="faint"><span className="number">{x.agreedOn}</span> {namesOf(c, x.consents)}同意{x.phoneMasked && ` · ${x.phoneMasked}`}
            {x.until && <> · 至<span className="number">{x.until}</span></>}</p>
        </li>
      ))}</ul>
    </Card>
  )
}

export function Contacts({c, word}: {c: Case; word: Word}) {
  if (c.contacts.length === 0) return null
  const who = (x: Schemas['ContactAttempt']) => x.other ?? c.representatives.find(r => r.no === x.representativeNo)?.name ?? nameOf(c, x.partyNo)
  return (
    <Card title="联系记录">
      <ul className="lines">{[...c.contacts].sort((a, b) => b.at.localeCompare(a.at)).map(x => (
        <li className="access" key={x.no}>
          <p><strong>{who(x)}</strong> {word('attemptHow', x.how)}
            <span className={`tag ${x.result === 'refused' ? 'tag-bad' : x.result === 'not_reached' ? 'tag-wait' : 'tag-good'}`}>{word('contactResult', x.result)}</span></p>
          {x.note && <p className="prose">{x.note}</p>}
          <p className="faint"><span className="number">{moment(x.at)}</span> {x.by.name}</p>
        </li>
      ))}</ul>
    </Card>
  )
}

export function Notices({c, word}: {c: Case; word: Word}) {
  if (c.notices.length === 0) return null
  return (
    <Card title="告知与同意">
      <ul className="lines">
        {c.parties.map(p => {
          const notices = c.notices.filter(n => n.partyNo === p.partyNo)
          const consents = c.dataConsents.filter(x => x.partyNo === p.partyNo)
          if (notices.length + consents.length === 0) return null
          return (
            <li className="access" key={p.partyNo}>
              <p><strong>{p.name}</strong></p>
              {notices.map(n => <p key={n.no}>{word('noticeKind', n.kind)} <span className="faint">
                <span className="number">{n.on}</span> {word('noticeHow', n.how)} · {n.by.name} · 文本 {n.text}</span></p>)}
              {consents.map(x => <p key={`c${x.no}`}>{x.kinds.map(k => word('sensitiveKind', k)).join('、')}
                <span className={`tag ${x.granted && !x.withdrawnOn ? 'tag-good' : 'tag-done'}`}>{x.withdrawnOn ? '已撤回' : x.granted ? '同意处理' : '不同意'}</span>
                <span className="faint"><span className="number">{x.withdrawnOn ?? x.on}</span>
                  {x.by !== undefined && ` ${c.representatives.find(r => r.no === x.by)?.name ?? ''}代为表示`}</span></p>)}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
