import {type Action, code, day, field, type Form, row, text} from './spec.ts'

// The forms of the case's files (材料).
export const attachments: Partial<Record<Action, Form>> = {
  attach: {
    path: '/cases/{caseId}/attachments', way: 'record',
    intro: '照片、扫描件、Word、Excel、录音录像都可以，每个最大50MB。原件加密保存，平时查看的是去掉拍摄地点等信息的副本。',
    fields: [
      field('file', 'file', '文件'),
      code('kind', '材料类别', 'attachmentKind'),
      field('party', 'partyNo', '是哪一方的', {optional: true, help: '身份证明、授权委托书必须选择'}),
      text('title', '材料名称', {help: '例如：身份证正面、院墙现状、借条'}),
      day('datedOn', '材料上的日期', {optional: true}),
    ],
  },
  withdraw_attachment: {
    path: '/cases/{caseId}/attachments/{no}/withdraw', way: 'record', intro: '撤下后不再装入卷宗，记录仍然保留。归档以后不能撤下。',
    fields: [row('attachments', '哪一件材料'), code('reason', '撤下的原因', 'attachmentWithdrawalReason')],
  },
}
