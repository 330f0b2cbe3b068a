import type {Case, Schemas} from '../../api/client.ts'
import {moment} from '../../lib/days.ts'
import {hour} from '../../lib/week.ts'
import {Card} from '../../parts/page.tsx'
import {sessionTones} from '../../parts/sessionline.tsx'
import type {Word} from './case.tsx'
import '../../styles/agenda.css'

// Sessions are the rounds of mediation: those to come first, then what was recorded, newest first; and what each party said
// when asked alone.
export function Sessions({c, word}: {c: Case; word: Word}) {
  if (c.sessions.length === 0 && c.screenings.length === 0) return null
  const ahead = c.sessions.filter(s => s.status === 'planned').sort((a, b) => a.startsAt.localeCompare(b.startsAt))
  const past = c.sessions.filter(s => s.status !== 'planned').sort((a, b) => b.startsAt.localeCompare(a.startsAt))
  return (
    <Card title="调解会">
      <ul className="lines">{[...ahead, ...past].map(s => <One key={s.no} c={c} s={s} word={word}/>)}</ul>
      {c.screenings.length > 0 && <>
        <h3 className="card-part">单独询问</h3>
        <ul className="lines">{c.screenings.map(x => (
          <li key={x.no} className="access">
            <p><strong>{name(c, x.partyNo)}</strong> <span className={x.safe ? 'tag tag-good' : 'tag tag-bad'}>{x.safe ? '可以面对面' : '不宜面对面'}</span></p>
            {x.note && <p className="prose">{x.note}</p>}
            <p className="faint">{moment(x.askedAt)} {x.askedBy.name}{x.alone ? '单独询问' : '询问（对方在场）'}
              {x.advice.length > 0 && ` · ${x.advice.map(a => word('screeningAdvice', a)).join('、')}`}</p>
          </li>
        ))}</ul>
      </>}
    </Card>
  )
}

const name = (c: Case, no: number) => c.parties.find(p => p.partyNo === no)?.name ?? ''

function One({c, s, word}: {c: Case; s: Schemas['Session']; word: Word}) {
  const held = s.status === 'held'
  return (
    <li className="access">
      <p><strong className="number">{moment(s.startsAt)}–{hour(s.endsAt)}</strong> <span className={`tag ${sessionTones[s.status]}`}>{s.statusName}</span>
        {s.result && <span className="tag tag-work">{word('sessionResult', s.result)}</span>}</p>
      <p>{s.place}{s.remote && '（远程视频）'} · {s.joint ? '面对面' : '背靠背'} · 调解员 {s.mediators.map(m => m.name).join('、')}</p>
      <p className="faint">{held ? '到场' : '通知'}：{(held ? s.came : s.parties).map(n => name(c, n)).join('、')}{s.invited && `；邀请：${s.invited}`}</p>
      {s.endReason && <p className="faint">{s.statusName}：{s.endReason.label}</p>}
      {held && <>
        <p className="prose">{s.statements}</p>
        {s.verified && <p className="prose"><b>核实：</b>{s.verified}</p>}
        {s.persuasion && <p className="prose"><b>说服：</b>{s.persuasion}</p>}
      </>}
      {s.nextOn && <p className="faint">下次调解：{s.nextOn}</p>}
      {s.recordedAt && <p className="faint">{moment(s.recordedAt)} {s.recordedBy?.name}登记</p>}
    </li>
  )
}
