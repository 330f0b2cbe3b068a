import type {Case} from '../api/client.ts'
import {now} from '../lib/days.ts'
import {type Action, code, codes, day, field, type Form, row, text, type Values} from './spec.ts'

const held = (v: Values) => v.held !== false
const unplanned = (v: Values) => held(v) && v.sessionNo === undefined

// when and where a session is, and who comes
const plan = [
  field('moment', 'startsAt', '开始时间'), field('moment', 'endsAt', '结束时间'),
  field('yes', 'joint', '面对面调解（不勾为背靠背，分别谈）'),
  field('room', 'room', '调解室', {optional: true, help: '可以选亲情视频室；选了调解室就不填地址'}),
  text('address', '地址', {optional: true, help: '不用调解室的填写', when: v => v.room === undefined}),
  field('parties', 'parties', '通知哪些当事人'),
  text('invited', '邀请参加的人', {optional: true, help: '亲属、邻居、专家等，写姓名'}),
]

// The forms of the rounds of mediation, and of asking a party alone.
export const sessions: Partial<Record<Action, Form>> = {
  plan_session: {
    path: '/cases/{caseId}/sessions', way: 'record', intro: '安排下一次调解会。调解室和调解员同一时间只能有一场，有冲突的会提示。',
    fields: plan,
    initial: c => ({...next(), joint: true, parties: c.parties.map(p => p.partyNo)}),
  },
  change_session: {
    path: '/cases/{caseId}/sessions/{no}/change', way: 'record', intro: '按新的安排填写，原来的调解室和时间随即空出来。',
    fields: [row('sessions', '哪一次'), code('reason', '变更的原因', 'sessionChange', {only: ['party_asked', 'mediator_away', 'place', 'safety', 'other']}), ...plan],
    initial: c => {
      const s = planned(c)[0]
      return s ? {
        no: s.no, startsAt: local(s.startsAt), endsAt: local(s.endsAt), joint: s.joint, room: s.room,
        address: s.room === undefined && s.point === undefined ? s.place : undefined, parties: s.parties, invited: s.invited,
      } : {}
    },
  },
  cancel_session: {
    path: '/cases/{caseId}/sessions/{no}/cancel', way: 'record',
    fields: [row('sessions', '哪一次'), code('reason', '取消的原因', 'sessionChange', {only: ['party_asked', 'mediator_away', 'place', 'settled', 'safety', 'other']})],
    initial: c => ({no: planned(c)[0]?.no}),
  },
  record_session: {
    path: '/cases/{caseId}/session-records', way: 'record',
    intro: '每次调解都要有记录（人民调解记录）。没有事先安排的，直接登记；安排了没有开成的，登记原因。',
    fields: [
      field('session', 'sessionNo', '哪一次安排', {optional: true, help: '没有事先安排的不选'}),
      field('yes', 'held', '调解会开了'),
      code('reason', '未能召开的原因', 'sessionChange', {only: ['party_absent', 'party_left', 'mediator_away', 'place', 'safety', 'other'], when: v => !held(v)}),
      field('moment', 'startsAt', '开始时间', {when: held}), field('moment', 'endsAt', '结束时间', {when: held}),
      field('yes', 'joint', '面对面调解（不勾为背靠背，分别谈）', {when: held}),
      field('room', 'room', '调解室', {optional: true, when: unplanned}),
      text('address', '地址', {optional: true, help: '不用调解室的填写', when: v => unplanned(v) && v.room === undefined}),
      field('parties', 'parties', '到场的当事人'),
      text('invited', '参加人（邀请的人）', {optional: true, when: held}),
      field('yes', 'rightsTold', '已告知当事人权利义务', {when: held}),
      text('statements', '当事人陈述', {rows: 4, when: held}),
      text('verified', '核实的情况', {rows: 3, optional: true, when: held}),
      text('persuasion', '说服要点', {rows: 3, optional: true, when: held}),
      code('result', '本次调解结果', 'sessionResult', {when: held}),
      day('nextOn', '下次调解日期', {optional: true, when: v => held(v) && v.result === 'continue'}),
    ],
    initial: c => {
      const s = planned(c).find(x => x.startsAt <= new Date().toISOString())
      return {
        sessionNo: s?.no, held: true, joint: s?.joint ?? true, rightsTold: true, parties: c.parties.map(p => p.partyNo),
        startsAt: s ? local(s.startsAt) : undefined, endsAt: s ? local(s.endsAt) : now(), invited: s?.invited,
      }
    },
  },
  screen_party: {
    path: '/cases/{caseId}/screenings', way: 'record',
    intro: '避开对方，单独问一问当事人：怕不怕对方，坐在一起安不安全。可能有暴力行为的，每一方都问过，才能安排面对面调解。',
    fields: [
      field('party', 'partyNo', '当事人'), field('moment', 'askedAt', '询问时间'),
      field('yes', 'alone', '对方不在场，单独询问的'), field('yes', 'safe', '可以安全地面对面调解'),
      codes('advice', '怎样继续', 'screeningAdvice', {optional: true, help: '不宜面对面的必须选'}), text('note', '说明', {rows: 2, optional: true}),
    ],
    initial: c => ({askedAt: now(), alone: true, safe: false, partyNo: c.parties.find(p => !c.screenings.some(s => s.partyNo === p.partyNo))?.partyNo}),
  },
}

// planned are the sessions that wait to be held or recorded, the next one first.
export const planned = (c: Case) => c.sessions.filter(s => s.status === 'planned').sort((a, b) => a.startsAt.localeCompare(b.startsAt))

// local is an instant as an input of day and time takes it.
const local = (instant: string) => now(new Date(instant))

// next is tomorrow morning, for an hour and a half.
function next(): Values {
  const day = now(new Date(Date.now() + 86_400_000)).slice(0, 10)
  return {startsAt: `${day}T09:00`, endsAt: `${day}T10:30`}
}
