import type {Case} from '../api/client.ts'
import {moment} from '../lib/days.ts'
import {acting, open} from './people.ts'
import {planned} from './sessions.ts'
import {type Action, code, day, field, type Form, row, type Rows, text, type Values} from './spec.ts'
import {openRecusals, standing, stillInvited} from './team.ts'

const reached = (v: Values) => v.reached === true

// The forms of an agreement on its way (drafted, signed, sealed) and of what follows it: urging, the court's confirmation,
// follow-ups, a court's ruling.
export const agreement: Partial<Record<Action, Form>> = {
  draft_agreement: {
    path: '/cases/{caseId}/agreement-drafts', way: 'record', intro: '先拟好协议，再逐项登记各方签名和盖章。重新拟定的，原来的草稿作废留存。',
    fields: [text('terms', '协议内容', {rows: 6}), ...performance(), day('on', '拟定日期')],
    initial: (_c, _me, today) => ({on: today, noPerformance: false, obligations: [{}]}),
  },
  sign_agreement: {
    path: '/cases/{caseId}/agreements/{no}/signatures', way: 'record', intro: '可以分几次登记。各方都签署后，等待加盖印章。',
    fields: [
      row('agreements', '协议'),
      field('signatures', 'signatures', '当事人签署', {optional: true}),
      day('mediatorSignedOn', '调解员签名日期', {optional: true}),
    ],
    initial: (c, _me, today) => ({
      no: last(c.agreements.filter(a => a.status === 'draft').map(a => a.agreementNo)), mediatorSignedOn: today,
      signatures: c.parties.map(p => ({partyNo: p.partyNo, method: 'handwritten', signedOn: today})),
    }),
  },
  seal_agreement: {
    path: '/cases/{caseId}/agreements/{no}/seal', way: 'forward', intro: '各方当事人和调解员都已签署的，盖章后协议生效。',
    fields: [row('agreements', '协议'), day('on', '盖章日期')],
    initial: (c, _me, today) => ({on: today, no: last(c.agreements.filter(a => a.status === 'signed').map(a => a.agreementNo))}),
  },
  record_agreement_ruling: {
    path: '/cases/{caseId}/agreements/{no}/ruling', way: 'record', intro: '当事人就协议起诉，法院作出裁判的，在这里登记。',
    fields: [
      row('agreements', '协议'),
      code('result', '裁判结果', 'agreementStatus', {only: ['changed', 'revoked', 'invalid']}),
      text('rulingNo', '裁判文书案号', {help: '例如：（2026）川0185民初12号'}), day('on', '裁判日期'),
    ],
    initial: (c, _me, today) => ({on: today, no: last(c.agreements.filter(a => a.effectiveOn).map(a => a.agreementNo))}),
  },
  urge: {
    path: '/cases/{caseId}/obligations/{no}/urgings', way: 'record', intro: '到期没有履行的，督促履行并记录。',
    fields: [field('obligation', 'no', '履行事项'), code('how', '督促方式', 'contactHow'), day('on', '督促日期')],
    initial: (_c, _me, today) => ({on: today}),
  },
  apply_confirmation: {
    path: '/cases/{caseId}/confirmations', way: 'record', intro: '双方当事人共同申请，自协议生效之日起三十日内向人民法院提出。',
    fields: [text('court', '法院全称', {help: '例如：简阳市人民法院'}), field('parties', 'parties', '共同申请的当事人'), day('on', '申请日期')],
    initial: (c, _me, today) => ({on: today, parties: c.parties.map(p => p.partyNo)}),
  },
  record_confirmation: {
    path: '/cases/{caseId}/confirmations/{no}/result', way: 'record',
    fields: [
      row('confirmations', '司法确认申请'),
      code('result', '法院的决定', 'confirmationResult', {only: ['docketed', 'refused', 'confirmed', 'dismissed', 'withdrawn', 'deemed_withdrawn']}),
      code('reason', '不予受理、驳回的理由', 'courtReason', {when: v => v.result === 'refused' || v.result === 'dismissed'}),
      text('courtCaseNo', '法院案号', {optional: true, help: '例如：（2026）川0185民特12号'}),
      day('receivedOn', '当事人收到裁定的日期', {optional: true, when: v => v.result === 'confirmed' || v.result === 'dismissed'}),
      day('on', '立案或者裁定日期'),
    ],
    initial: (c, _me, today) => ({on: today, no: last(c.confirmations.map(x => x.confirmationNo))}),
  },
  record_objection: {
    path: '/cases/{caseId}/confirmations/{no}/objection', way: 'record',
    fields: [row('confirmations', '司法确认申请'), code('by', '提出异议的人', 'objector'), day('on', '提出日期')],
    initial: (c, _me, today) => ({on: today, no: last(c.confirmations.map(x => x.confirmationNo))}),
  },
  record_follow_up: {
    path: '/cases/{caseId}/follow-ups/{no}/result', way: 'record', intro: '没有联系上的也要登记，系统会安排下一次。',
    fields: [
      row('followUps', '哪一次回访'), field('yes', 'reached', '联系上了当事人'), code('how', '回访方式', 'contactHow'),
      code('satisfaction', '满意程度', 'satisfaction', {when: reached}), code('seen', '所见履行情况', 'performanceSeen', {when: reached}),
      field('yes', 'newRisk', '有新的激化风险', {when: reached}), day('on', '回访日期'),
    ],
    initial: (c, _me, today) => ({on: today, reached: true, newRisk: false, no: c.followUps.find(f => f.status === 'planned')?.followUpNo}),
  },
}


// performance: what was promised, or that nothing was.
export function performance() {
  return [
    field('yes', 'noPerformance', '没有给付内容（例如赔礼道歉已当场完成）'),
    field('obligations', 'obligations', '履行事项', {when: (v: Values) => v.noPerformance !== true}),
  ]
}

function last(numbers: number[]): number | undefined {
  return numbers.length > 0 ? Math.max(...numbers) : undefined
}

const visits = {each: '履行期限届满后回访', last: '最后回访', immediate: '即时履行后回访'}

// choices of a row of the case, by what a person knows it by.
export function rowOptions(c: Case, rows: Rows) {
  switch (rows) {
    case 'agreements':
      return c.agreements.map(a => ({value: a.agreementNo, label: `第${a.agreementNo}份协议（${a.agreedOn ?? a.draftedOn}）`}))
    case 'confirmations':
      return c.confirmations.map(x => ({value: x.confirmationNo, label: `${x.appliedOn} 向${x.court}申请`}))
    case 'followUps':
      return c.followUps.filter(f => f.status === 'planned')
        .map(f => ({value: f.followUpNo, label: `${visits[f.kind]}（${f.countedFrom}起${f.attempt > 1 ? `，第${f.attempt}次联系` : ''}）`}))
    case 'representatives':
      return acting(c).map(r => ({value: r.no, label: `${r.name}（${r.from}起）`}))
    case 'attachments':
      return c.attachments.filter(x => !x.withdrawnOn && !x.erasedOn).map(x => ({value: x.no, label: `${x.no}. ${x.kindName}：${x.title}`}))
    case 'recusals':
      return openRecusals(c).map(x => ({value: x.no, label: `${x.person.name}（${x.askedOn}提出）`}))
    case 'invitees':
      return stillInvited(c).map(x => ({value: x.no, label: `${x.name}（${x.from}起）`}))
    case 'dataConsents':
      return standing(c).map(x => ({value: x.no, label: `${c.parties.find(p => p.partyNo === x.partyNo)?.name ?? ''}（${x.on}同意）`}))
    case 'sessions':
      return planned(c).map(s => ({value: s.no, label: `${moment(s.startsAt)} ${s.place}`}))
    case 'escalations':
      return open(c).map(x => ({value: x.no, label: `第${x.no}次预警（${moment(x.foundAt)}发现）`}))
  }
}
