import type {Case} from '../api/client.ts'
import {now} from '../lib/days.ts'
import {type Action, code, codes, day, field, type Form, row, text, type Values} from './spec.ts'

const everyone = (c: Case) => c.parties.map(p => p.partyNo)
const said = (...words: string[]) => (v: Values) => words.includes(v.status as string)

// The forms of the people around the case, of attempts to reach them, of notices and of consents.
export const team: Partial<Record<Action, Form>> = {
  ask_recusal: {
    path: '/cases/{caseId}/recusals', way: 'record',
    intro: '当事人认为调解员可能不公正的，可以申请回避；不接受这位调解员的，可以要求更换，不需要说明理由。决定以前不开始调解。',
    fields: [
      code('kind', '当事人要求', 'recusalKind', {only: ['asked', 'replacement']}),
      field('party', 'partyNo', '哪一位当事人提出'), field('ownMediator', 'mediator', '针对哪一位调解员'),
      codes('grounds', '回避的理由', 'recusalGround', {when: v => v.kind === 'asked'}),
      text('statement', '说明', {rows: 2, optional: true}), day('on', '提出日期'),
    ],
    initial: (c, _me, today) => ({on: today, mediator: c.mediators.length === 1 ? c.mediators[0]?.id : undefined}),
  },
  disclose_interest: {
    path: '/cases/{caseId}/disclosures', way: 'record',
    intro: '您与当事人、代理人或者纠纷有关系的，如实登记。可以自行回避；各方当事人都同意的，也可以继续调解。',
    fields: [
      codes('grounds', '与本案的关系', 'recusalGround'), text('statement', '说明', {rows: 2, optional: true}),
      field('yes', 'withdraws', '自行回避，不再调解本案'), day('on', '登记日期'),
    ],
    initial: (_c, _me, today) => ({on: today, withdraws: false}),
  },
  decide_recusal: {
    path: '/cases/{caseId}/recusals/{no}/decision', way: 'record', intro: '同意回避、更换的，同时指定接替的调解员；还有其他调解员的，可以不填。',
    fields: [
      row('recusals', '哪一件'), code('status', '决定', 'recusalStatus', {only: ['granted', 'refused', 'waived', 'withdrawn']}),
      field('mediators', 'mediators', '此后的调解员', {optional: true, when: said('granted'), help: '第一位主持调解'}),
      field('parties', 'parties', '同意其继续调解的当事人', {when: said('waived')}),
      text('reason', '理由', {rows: 2, when: said('refused')}), day('on', '决定日期'),
    ],
    initial: (c, _me, today) => ({on: today, no: openRecusals(c)[0]?.no, parties: everyone(c)}),
  },
  invite: {
    path: '/cases/{caseId}/invitees', way: 'record', intro: '经各方当事人同意，可以邀请亲属、邻里、同事，有专门知识、特定经验的人，或者社会组织的人员参加调解。',
    fields: [
      code('kind', '以什么身份邀请', 'inviteeKind'), text('name', '姓名'), text('phone', '电话', {optional: true}),
      field('party', 'partyNo', '是哪一方的', {optional: true, when: v => ['relative', 'neighbour', 'colleague'].includes(v.kind as string)}),
      text('why', '邀请的理由', {rows: 2}), field('parties', 'parties', '同意邀请的当事人', {help: '须各方都同意'}), day('agreedOn', '同意的日期'),
    ],
    initial: (c, _me, today) => ({agreedOn: today, parties: everyone(c)}),
  },
  end_invitation: {
    path: '/cases/{caseId}/invitees/{no}/end', way: 'record', fields: [row('invitees', '哪一位'), day('on', '最后一天')],
    initial: (c, _me, today) => ({on: today, no: stillInvited(c)[0]?.no}),
  },
  record_contact: {
    path: '/cases/{caseId}/contacts', way: 'record', intro: '每次联系都登记，没有联系上的也登记。联系不上不等于拒绝；以“无法联系当事人”终止的，依据就是这些记录。',
    fields: [
      field('party', 'partyNo', '联系哪一位当事人', {optional: true, when: v => v.representativeNo === undefined && !v.other}),
      field('representative', 'representativeNo', '或者哪一位代理人', {optional: true, when: v => v.partyNo === undefined && !v.other}),
      text('other', '或者其他人（姓名）', {optional: true, when: v => v.partyNo === undefined && v.representativeNo === undefined}),
      code('how', '联系方式', 'attemptHow'), code('result', '结果', 'contactResult'), text('note', '说明', {rows: 2, optional: true}),
      field('moment', 'at', '联系时间'),
    ],
    initial: c => ({at: now(), partyNo: c.parties.find(p => p.role === 'respondent')?.partyNo}),
  },
  give_notice: {
    path: '/cases/{caseId}/notices', way: 'record', intro: '登记向哪些当事人作了告知。文本按告知当日有效的版本记录，可以在“文书”里打印告知书。',
    fields: [
      code('kind', '告知事项', 'noticeKind'), field('parties', 'parties', '告知了哪些当事人'), code('how', '告知方式', 'noticeHow'), day('on', '告知日期'),
    ],
    initial: (c, _me, today) => ({on: today, how: 'oral', parties: everyone(c)}),
  },
  record_data_consent: {
    path: '/cases/{caseId}/data-consents', way: 'record',
    intro: '病历、银行账户、指印等敏感个人信息，告知以后另行征求同意。当事人可以不同意。未满14周岁的，由监护人表示。',
    fields: [
      field('party', 'partyNo', '当事人'), field('representative', 'by', '由谁代为表示', {optional: true, help: '本人表示的不填'}),
      codes('kinds', '信息种类', 'sensitiveKind'), field('yes', 'granted', '同意处理'), code('how', '表示的方式', 'noticeHow'), day('on', '日期'),
    ],
    initial: (_c, _me, today) => ({on: today, how: 'written', granted: true}),
  },
  withdraw_data_consent: {
    path: '/cases/{caseId}/data-consents/{no}/withdrawal', way: 'record', intro: '撤回以前已经作的处理不受影响。',
    fields: [row('dataConsents', '哪一项同意'), day('on', '撤回日期')],
    initial: (c, _me, today) => ({on: today, no: standing(c)[0]?.no}),
  },
}

// what is still open of each.
export const openRecusals = (c: Case) => c.recusals.filter(x => x.status === 'open')
export const stillInvited = (c: Case) => c.invitees.filter(x => !x.until)
export const standing = (c: Case) => c.dataConsents.filter(x => x.granted && !x.withdrawnOn)
