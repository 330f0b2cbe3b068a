import type {Case} from '../api/client.ts'
import {now} from '../lib/days.ts'
import {type Action, code, codes, day, field, type Form, row, text, type Values} from './spec.ts'

const is = (...kinds: string[]) => (v: Values) => kinds.includes(v.kind as string)

// The forms of those who act for a party, of a danger found in a dispute (预警), of a wrong day and of erasing.
export const people: Partial<Record<Action, Form>> = {
  add_representative: {
    path: '/cases/{caseId}/representatives', way: 'record',
    intro: '未成年人、行为能力受限的人须登记监护人；委托代理人须有授权委托书；一方人数众多的，可以推选代表，最多五人。',
    fields: [
      code('kind', '以什么身份参加', 'representativeKind'),
      field('party', 'partyNo', '代理哪一位当事人', {when: is('agent', 'guardian', 'head')}),
      code('side', '由哪一方推选', 'partyRole', {when: is('elected')}),
      text('name', '姓名'),
      code('relation', '与当事人的关系或者职务', 'relation', {optional: true, help: '监护人必须填写'}),
      codes('powers', '授权委托书写明的权限', 'agentPower', {when: is('agent', 'elected')}),
      text('phone', '电话', {optional: true}), text('idNumber', '身份证号码', {optional: true}),
      day('from', '从哪一天开始', {help: '有授权委托书的，填委托书上的日期'}),
    ],
    initial: (_c, _me, today) => ({from: today}),
  },
  end_representative: {
    path: '/cases/{caseId}/representatives/{no}/end', way: 'record', intro: '委托解除、当事人成年等原因，不再代理的，在这里登记最后一天。',
    fields: [row('representatives', '哪一位'), day('on', '最后一天')],
    initial: (c, _me, today) => ({on: today, no: acting(c)[0]?.no}),
  },
  correct_dates: {
    path: '/cases/{caseId}/date-corrections', way: 'record', intro: '申请日期关系诉讼时效和各项期限，更正后期限重新计算，原来的日期仍在办理记录里。',
    fields: [
      code('reason', '更正原因', 'correctionReason'), day('requestedOn', '正确的申请日期'),
      code('requestedHow', '依据什么知道', 'requestedHow', {optional: true}),
    ],
    initial: c => ({requestedOn: c.requestedOn, requestedHow: c.requestedHow}),
  },
  raise_escalation: {
    path: '/cases/{caseId}/escalations', way: 'record',
    intro: '发现矛盾可能激化的，马上登记，并采取措施。可能发生治安、刑事案件的，须立即报告公安机关或者有关部门。',
    fields: [
      code('level', '预警等级', 'escalationLevel'), code('kind', '可能发生什么', 'escalationKind'),
      code('victim', '受威胁的人', 'victim'), field('count', 'peopleCount', '涉及人数', {optional: true}),
      text('signs', '发现的情况', {rows: 3, help: '看到、听到了什么'}), field('moment', 'foundAt', '什么时候发现的'),
    ],
    initial: () => ({foundAt: now(), victim: 'other'}),
  },
  record_measures: {
    path: '/cases/{caseId}/escalations/{no}/measures', way: 'record', intro: '可以分几次登记，已登记的措施保留。',
    fields: [
      row('escalations', '哪一次预警'), codes('measures', '采取的措施', 'escalationMeasure'), text('note', '说明', {rows: 2, optional: true}),
      code('level', '现在的预警等级', 'escalationLevel', {optional: true, help: '没有变化的不选'}), field('moment', 'at', '采取措施的时间'),
    ],
    initial: c => ({at: now(), no: open(c)[0]?.no}),
  },
  report_escalation: {
    path: '/cases/{caseId}/escalations/{no}/reports', way: 'record', intro: '登记向哪个单位作了报告。依法应当报告的，报告以后提醒才停止。',
    fields: [
      row('escalations', '哪一次预警'), code('organ', '报告单位', 'reportOrgan'), code('how', '报告方式', 'reportWay'),
      field('moment', 'at', '报告时间'), text('receipt', '对方给的编号', {optional: true, help: '例如警情编号'}),
    ],
    initial: c => ({at: now(), no: (open(c).find(x => !x.reported) ?? open(c)[0])?.no}),
  },
  end_escalation: {
    path: '/cases/{caseId}/escalations/{no}/end', way: 'record', intro: '依法应当报告的，报告以后才能结束。',
    fields: [
      row('escalations', '哪一次预警'), code('result', '处置结果', 'escalationResult'),
      code('prevented', '防止了什么', 'escalationKind', {
        optional: true, only: ['suicide', 'crime', 'crowd_petition', 'crowd_fight'], help: '计入报表“防止”一栏的才选',
        when: v => v.result === 'stable' || v.result === 'lifted',
      }),
      field('count', 'preventedPeople', '涉及多少人', {when: v => v.prevented !== undefined && (v.result === 'stable' || v.result === 'lifted')}),
      field('moment', 'at', '结束时间'),
    ],
    initial: c => ({at: now(), no: open(c)[0]?.no}),
  },
  erase: {
    path: '/cases/{caseId}/erasures', way: 'exit',
    warning: '删除后不能恢复。案件编号、办理经过和统计数字不变，被删除的内容显示为“已删除”和理由。',
    fields: [
      code('ground', '删除理由', 'erasureGround'),
      field('yes', 'texts', '删除本案的文字内容（简要情况、要求、地点、协议内容）'),
      field('party', 'partyNo', '删除哪一位当事人的信息', {optional: true, when: v => v.texts !== true && v.representativeNo === undefined}),
      field('representative', 'representativeNo', '或者哪一位代理人的信息', {optional: true, when: v => v.texts !== true && v.partyNo === undefined}),
    ],
  },
}

// acting are those who still act for a party, open the dangers that have not ended.
export const acting = (c: Case) => c.representatives.filter(r => !r.until)
export const open = (c: Case) => c.escalations.filter(x => !x.endedAt)
