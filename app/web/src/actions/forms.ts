import type {Case} from '../api/client.ts'
import {agreement, performance} from './agreement.ts'
import {attachments} from './attachments.ts'
import {detours} from './detours.ts'
import {people} from './people.ts'
import {sessions} from './sessions.ts'
import {type Action, code, codes, day, field, type Form, text} from './spec.ts'
import {team} from './team.ts'

// One entry for each action; a new action needs no more than its entry here. Which actions are open on a case, and to
// whom, the service says (availableActions). A test compares the fields with the document of the interface.
export const forms: Partial<Record<Action, Form>> = {
  accept: {
    path: '/cases/{caseId}/accept', way: 'forward',
    fields: [
      field('mediators', 'mediators', '调解员', {help: '第一位主持调解。可以输入姓名或拼音首字母查找'}),
      day('on', '受理日期'), field('choices', 'chosen', '当事人自己选择的', {optional: true, help: '没有的不填，即由调委会指定'}),
    ],
    initial: (_c, me, today) => ({on: today, mediators: me.current.role === 'mediator' ? [me.personId] : []}),
  },
  decline: {
    path: '/cases/{caseId}/decline', way: 'exit', intro: '不予受理，须说明理由，并告诉当事人可以走的其他途径。',
    fields: [
      code('reason', '不予受理原因', 'declineReason'),
      codes('remedies', '已告知的其他解决途径', 'remedy'),
      day('remediesToldOn', '告知日期'), day('on', '决定日期'),
    ],
    initial: (_c, _me, today) => ({on: today, remediesToldOn: today}),
  },
  start: {
    path: '/cases/{caseId}/start', way: 'forward', intro: '调解开始前，须把权利义务告知每一方。到场参加调解，就是同意调解。',
    fields: [day('on', '开始调解的日期'), field('notices', 'notices', '权利义务告知'), field('parties', 'present', '到场的当事人', {optional: true})],
    initial: (c, _me, today) => ({
      on: today, present: c.parties.map(p => p.partyNo),
      notices: c.parties.map(p => ({partyNo: p.partyNo, how: told(c, p.partyNo)?.how ?? 'oral', on: told(c, p.partyNo)?.on ?? today})),
    }),
  },
  agree_orally: {
    path: '/cases/{caseId}/oral-agreement', way: 'forward', intro: '口头协议自当事人达成协议之日起生效，由调解员记录。',
    fields: [
      text('terms', '协议内容', {rows: 5}), ...performance(), day('on', '达成协议的日期'),
    ],
    initial: (_c, _me, today) => ({on: today, noPerformance: false, obligations: [{}]}),
  },
  agree_in_writing: {
    path: '/cases/{caseId}/written-agreement', way: 'forward', intro: '书面协议自各方当事人签名、盖章或者按指印，调解员签名并加盖调委会印章之日起生效。',
    fields: [
      text('terms', '协议内容', {rows: 6}), ...performance(),
      field('signatures', 'signatures', '当事人签署'),
      day('mediatorSignedOn', '调解员签名日期'), day('sealedOn', '加盖调委会印章日期'), day('on', '达成协议的日期'),
    ],
    initial: (c, _me, today) => ({
      on: today, mediatorSignedOn: today, sealedOn: today, noPerformance: false, obligations: [{}],
      signatures: c.parties.map(p => ({partyNo: p.partyNo, method: 'handwritten', signedOn: today})),
    }),
  },
  fail: {
    path: '/cases/{caseId}/fail', way: 'exit', intro: '终止调解，须告知当事人可以走的其他途径。',
    fields: [
      code('reason', '调解不成原因', 'failureReason'),
      codes('remedies', '已告知的其他解决途径', 'remedy'),
      day('remediesToldOn', '告知日期'), day('on', '终止日期'),
    ],
    initial: (_c, _me, today) => ({on: today, remediesToldOn: today}),
  },
  withdraw: {
    path: '/cases/{caseId}/withdraw', way: 'exit',
    fields: [code('reason', '撤回原因', 'withdrawalReason'), day('on', '撤回日期')],
    initial: (_c, _me, today) => ({on: today}),
  },
  record_performance: {
    path: '/cases/{caseId}/obligations/{no}/performance', way: 'record',
    fields: [
      field('obligation', 'no', '履行事项'),
      code('status', '履行情况', 'obligationStatus', {only: ['performed', 'partly_performed', 'unperformed', 'unperformable', 'sued', 'enforcement', 'payment_order']}),
      field('money', 'amount', '已履行金额（元）', {optional: true, help: '没有金额的事项不填', when: v => v.status === 'partly_performed' || v.status === 'performed'}),
      day('on', '日期'),
    ],
    initial: (c, _me, today) => ({on: today, no: openObligations(c)[0]?.obligationNo}),
  },
  close: {
    path: '/cases/{caseId}/close', way: 'forward', fields: [day('on', '结案日期')],
    initial: (_c, _me, today) => ({on: today}),
  },
  archive: {
    path: '/cases/{caseId}/archive', way: 'forward', intro: '归档后，案卷只能查看，材料不能增减。达成书面协议的，每一方都要有身份证明。',
    fields: [day('on', '归档日期'), code('incomplete', '缺少身份证明的原因', 'incompleteReason', {optional: true, help: '材料齐全的不选'})],
    initial: (_c, _me, today) => ({on: today}),
  },
  assign: {
    path: '/cases/{caseId}/assign', way: 'record',
    fields: [
      field('mediators', 'mediators', '调解员', {help: '第一位主持调解'}),
      field('choices', 'chosen', '当事人自己选择的', {optional: true, help: '没有的不填，即由调委会指定'}),
    ],
    initial: c => ({mediators: c.mediators.map(m => m.id)}),
  },
  record_consent: {
    path: '/cases/{caseId}/consents', way: 'record',
    fields: [
      field('party', 'partyNo', '当事人'),
      code('consent', '意愿', 'consent', {only: ['consented', 'refused']}),
      day('on', '表示的日期'),
    ],
    initial: (c, _me, today) => ({on: today, partyNo: c.parties.find(p => p.consent === 'unknown')?.partyNo}),
  },
  correct: {
    path: '/cases/{caseId}', method: 'PATCH', way: 'record', onlyChanges: true,
    intro: '只改有错的地方，其余保持不动；改动前的内容仍在办理记录里。',
    fields: [
      code('reason', '更正原因', 'correctionReason'),
      code('type', '纠纷类型', 'disputeType'),
      text('place', '纠纷发生地点'), text('facts', '纠纷简要情况', {rows: 5}), text('wish', '当事人要求', {rows: 2, optional: true}),
      field('money', 'amount', '涉及金额（元）', {optional: true}), field('count', 'peopleCount', '涉及人数', {optional: true}),
      codes('risks', '风险情形', 'risk', {optional: true}),
      field('corrections', 'parties', '当事人信息', {optional: true, help: '要更正或补充的才填写，空着的保持不变'}),
    ],
    initial: c => ({
      type: c.type, place: c.place, facts: c.facts, wish: c.wish, amount: c.amount, peopleCount: c.peopleCount, risks: c.risks,
      parties: c.parties.map(p => ({partyNo: p.partyNo})),
    }),
  },
  ...agreement,
  ...detours,
  ...people,
  ...attachments,
  ...team,
  ...sessions,
  set_confidentiality: {
    path: '/cases/{caseId}/confidentiality', way: 'record', intro: '任何承办人都可以提高级别；降低级别由调委会主任或者司法所办理。',
    fields: [code('level', '保密级别', 'confidentiality')],
    initial: c => ({level: c.confidentiality}),
  },
  void: {
    path: '/cases/{caseId}/void', way: 'exit', warning: '作废后案件不再办理，也不进入统计，编号保留。此操作不能撤销。',
    fields: [code('reason', '作废原因', 'voidReason')],
  },
}

// withoutForm are actions that no form of the case's page does: a clue is registered on the page of intake, a restricted
// case is opened by its number, the others the service does by itself.
export const withoutForm: Action[] = ['register', 'report_clue', 'import', 'grant_reading', 'return_transfer', 'recount', 'plan_follow_ups', 'stop_processing', 'open_note']

// told is the last notice of rights and duties that a party was given.
export const told = (c: Case, partyNo: number) => c.notices.filter(n => n.kind === 'rights' && n.partyNo === partyNo).at(-1)

export function openObligations(c: Case) {
  return c.obligations.filter(o => o.status === 'pending' || o.status === 'partly_performed')
}
