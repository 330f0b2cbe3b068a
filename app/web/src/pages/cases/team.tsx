import type {Case, Schemas} from '../../api/client.ts'
import {moment} from '../../lib/days.ts'
import {Card} from '../../parts/page.tsx'
import {canDo, CardButtons} from './cardbuttons.tsx'
import type {Word} from './case.tsx'

// The people around the case: who mediates it and what is asked about them, who is invited, who was contacted, who was told
// what. A card with nothing on it and nothing to do is not shown.

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
            <p className="faint">{word('appointmentWay', a.way)}{a.chosenBy.length > 0 && `（${namesOf(c, a.chosenBy)}）`}，<span className="number">{a.from}</span>
              {a.until ? <>至<span className="number">{a.until}</span></> : '起'}</p>
          </li>
        ))}
        {questions.map(x => <Question key={`q${x.no}`} c={c} x={x} word={word}/>)}
      </ul>
      <CardButtons c={c} actions={['ask_recusal', 'disclose_interest']}/>
    </Card>
  )
}

function Question({c, x, word}: {c: Case; x: Schemas['Recusal']; word: Word}) {
  const tone = x.status === 'open' ? 'tag-wait' : x.status === 'granted' ? 'tag-good' : 'tag-done'
  return (
    <li className="access">
      <p><strong>{word('recusalKind', x.kind)}</strong>：{x.person.name}<span className={`tag ${tone}`}>{x.statusName}</span></p>
      {x.grounds.length > 0 && <p>{x.grounds.map(g => word('recusalGround', g)).join('、')}</p>}
      {x.statement && <p className="prose">{x.statement}</p>}
      <p className="faint"><span className="number">{x.askedOn}</span> {x.partyNo ? `${nameOf(c, x.partyNo)}提出` : '本人登记'}</p>
      {x.decidedOn && <p className="faint"><span className="number">{x.decidedOn}</span> {x.decidedBy && `${x.decidedBy.name}决定`}
        {x.consents.length > 0 && `，${namesOf(c, x.consents)}同意`}{x.reason && `。${x.reason}`}</p>}
    </li>
  )
}

export function Invited({c, word}: {c: Case; word: Word}) {
  if (c.invitees.length === 0 && !canDo(c, 'invite')) return null
  return (
    <Card title="邀请人员">
      {c.invitees.length === 0 && <p className="faint">没有邀请他人参加。经各方当事人同意，可以邀请亲属、邻里等参加调解。</p>}
      <ul className="lines">{c.invitees.map(x => (
        <li className="access" key={x.no}>
          <p><strong>{x.name}</strong><span className="faint">{word('inviteeKind', x.kind)}{x.partyNo && `（${nameOf(c, x.partyNo)}一方）`}</span>
            {x.until && <span className="tag tag-done">已结束</span>}</p>
          <p className="prose">{x.why}</p>
          <p className="faint"><span className="number">{x.agreedOn}</span> {namesOf(c, x.consents)}同意
            {x.until && <>，至<span className="number">{x.until}</span></>}{x.phoneMasked && <>，电话 <span className="number">{x.phoneMasked}</span></>}</p>
        </li>
      ))}</ul>
      <CardButtons c={c} actions={['invite', 'end_invitation']}/>
    </Card>
  )
}

const tones: Record<Schemas['ContactResult'], string> = {reached: 'tag-good', promised: 'tag-good', refused: 'tag-bad', not_reached: 'tag-wait'}

export function Contacts({c, word}: {c: Case; word: Word}) {
  if (c.contacts.length === 0 && !canDo(c, 'record_contact')) return null
  const who = (x: Schemas['ContactAttempt']) => x.other ?? c.representatives.find(r => r.no === x.representativeNo)?.name ?? nameOf(c, x.partyNo)
  return (
    <Card title="联系记录">
      {c.contacts.length === 0 && <p className="faint">还没有联系记录。没有联系上的也要登记。</p>}
      <ul className="lines">{[...c.contacts].sort((a, b) => b.at.localeCompare(a.at)).map(x => (
        <li className="access" key={x.no}>
          <p><strong>{who(x)}</strong><span className={`tag ${tones[x.result]}`}>{word('contactResult', x.result)}</span></p>
          {x.note && <p className="prose">{x.note}</p>}
          <p className="faint"><span className="number">{moment(x.at)}</span> {word('attemptHow', x.how)}，{x.by.name}</p>
        </li>
      ))}</ul>
      <CardButtons c={c} actions={['record_contact']}/>
    </Card>
  )
}

// edition is the year of a text's version: rights_2011 is the text of 2011.
const edition = (version: string) => `${version.split('_')[1] ?? version}年文本`

export function Notices({c, word}: {c: Case; word: Word}) {
  if (c.notices.length + c.dataConsents.length === 0 && !canDo(c, 'give_notice')) return null
  const about = (p: Schemas['Party']) => ({
    p, notices: c.notices.filter(n => n.partyNo === p.partyNo), consents: c.dataConsents.filter(x => x.partyNo === p.partyNo),
  })
  return (
    <Card title="告知与同意">
      {c.notices.length === 0 && <p className="faint">还没有告知。开始调解前，须把权利义务告知每一方。</p>}
      <ul className="lines">
        {c.parties.map(about).filter(x => x.notices.length + x.consents.length > 0).map(({p, notices, consents}) => (
          <li className="access" key={p.partyNo}>
            <p><strong>{p.name}</strong></p>
            {notices.map(n => <div key={n.no}>
              <p>{word('noticeKind', n.kind)}</p>
              <p className="faint"><span className="number">{n.on}</span> {word('noticeHow', n.how)}（{edition(n.text)}），{n.by.name}</p>
            </div>)}
            {consents.map(x => <div key={`c${x.no}`}>
              <p>{x.kinds.map(k => word('sensitiveKind', k)).join('、')}<span className={`tag ${x.granted && !x.withdrawnOn ? 'tag-good' : 'tag-done'}`}>
                {x.withdrawnOn ? '已撤回' : x.granted ? '同意处理' : '不同意处理'}</span></p>
              <p className="faint"><span className="number">{x.on}</span> {word('noticeHow', x.how)}
                {x.by !== undefined && `，${c.representatives.find(r => r.no === x.by)?.name ?? ''}代为表示`}
                {x.withdrawnOn && <>，<span className="number">{x.withdrawnOn}</span>撤回</>}</p>
            </div>)}
          </li>
        ))}
      </ul>
      <CardButtons c={c} actions={['give_notice', 'record_data_consent', 'withdraw_data_consent']}/>
    </Card>
  )
}
