import {type Action, code, codes, day, field, type Form} from './spec.ts'

// The forms of what leaves the straight way from registration to the archive: clues, papers that are missing, transfers,
// suspensions, longer periods, and taking a case up again.
export const detours: Partial<Record<Action, Form>> = {
  dismiss: {
    path: '/cases/{caseId}/dismiss', way: 'exit', intro: '线索查实后没有纠纷，或者已经自行化解的，在这里销号。',
    fields: [
      code('reason', '查实结论', 'clueDismissal'),
      code('tier', '在哪一级化解', 'tier', {when: v => v.reason === 'settled_itself'}),
      day('on', '销号日期'),
    ],
    initial: (_c, _me, today) => ({on: today}),
  },
  request_supplement: {
    path: '/cases/{caseId}/request-supplement', way: 'record', intro: '缺少材料或者事项的，写明缺什么、最迟哪天补来。补正期间，受理审查期限停止计算。',
    fields: [codes('items', '需要补正的事项', 'supplementItem'), day('dueOn', '补正期限'), day('on', '要求补正的日期')],
    initial: (_c, _me, today) => ({on: today}),
  },
  receive_supplement: {
    path: '/cases/{caseId}/receive-supplement', way: 'forward', fields: [day('on', '收到日期')],
    initial: (_c, _me, today) => ({on: today}),
  },
  transfer: {
    path: '/cases/{caseId}/transfer', way: 'exit',
    intro: '移送给本市其他调委会的，对方立即可以看到，并在期限内答复；移送给系统外单位的，以书面回执为准。逾期不答复，自动退回。',
    fields: [
      code('reason', '移送理由', 'transferReason'),
      field('committee', 'to', '接收的调委会', {help: '移送给系统外单位的不填', when: v => !v.toOrgan}),
      code('toOrgan', '或者系统外接收单位', 'outsideOrgan', {optional: true, when: v => !v.to}),
      day('on', '移送日期'),
    ],
    initial: (_c, _me, today) => ({on: today}),
  },
  confirm_transfer: {
    path: '/cases/{caseId}/confirm-transfer', way: 'forward',
    fields: [field('text', 'receipt', '系统外单位的回执编号', {optional: true, help: '本市调委会之间移送的不填'}), day('on', '接收日期')],
    initial: (_c, _me, today) => ({on: today}),
  },
  refuse_transfer: {
    path: '/cases/{caseId}/refuse-transfer', way: 'exit', intro: '退回后，案件回到移送前的状态，您所在单位不再能看到它。',
    fields: [code('reason', '退回理由', 'transferRefusal'), day('on', '退回日期')],
    initial: (_c, _me, today) => ({on: today}),
  },
  ask_suspension: {
    path: '/cases/{caseId}/ask-suspension', way: 'record', intro: '由调委会主任或者司法所批准后中止，批准前调解继续。',
    fields: [code('reason', '中止原因', 'suspensionReason')],
  },
  suspend: {
    path: '/cases/{caseId}/suspend', way: 'record', intro: '有调解员的申请时不必再选原因。哪些期限停止计算，由期限规则决定。',
    fields: [code('reason', '中止原因', 'suspensionReason', {optional: true}), day('on', '中止日期')],
    initial: (_c, _me, today) => ({on: today}),
  },
  resume: {
    path: '/cases/{caseId}/resume', way: 'forward', fields: [day('on', '中止原因消除的日期')],
    initial: (_c, _me, today) => ({on: today}),
  },
  extend: {
    path: '/cases/{caseId}/extend', way: 'record', intro: '延长调解期限须双方同意。',
    fields: [
      field('parties', 'parties', '同意延长的当事人'), code('how', '怎样同意的', 'noticeHow'),
      day('until', '延长到哪一天'), day('agreedOn', '同意日期'),
    ],
    initial: (c, _me, today) => ({agreedOn: today, parties: c.parties.map(p => p.partyNo)}),
  },
  ask_reopening: {
    path: '/cases/{caseId}/ask-reopening', way: 'record', intro: '由司法所批准后重新调解。',
    fields: [code('reason', '重新调解的理由', 'reopeningGround'), field('yes', 'consents', '双方当事人同意重新调解')],
  },
  reopen: {
    path: '/cases/{caseId}/reopen', way: 'forward', intro: '批准后开始新一轮调解，原来的协议保留在案。案件从原月份的统计中移出，到再次办结时计入。',
    fields: [day('on', '批准日期')], initial: (_c, _me, today) => ({on: today}),
  },
  refuse_approval: {
    path: '/cases/{caseId}/refuse-approval', way: 'exit', fields: [code('reason', '不予批准的理由', 'approvalRefusal')],
  },
}
