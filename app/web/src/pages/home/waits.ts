import type {Schemas} from '../../api/client.ts'

type Status = Schemas['CaseStatus']

// What an open case waits for. nobodys: not yet anybody's case, so shown to all who could take it. seldom: shown only
// where there is one.
export const waits: {label: string; statuses: Status[]; nobodys?: boolean; seldom?: boolean}[] = [
  {label: '线索，等待核实', statuses: ['clue'], nobodys: true, seldom: true},
  {label: '等待受理', statuses: ['registered'], nobodys: true},
  {label: '等待补正', statuses: ['supplement'], nobodys: true, seldom: true},
  {label: '等待开始调解', statuses: ['accepted']},
  {label: '正在调解', statuses: ['mediating']},
  {label: '中止', statuses: ['suspended'], seldom: true},
  {label: '已移送', statuses: ['transferred'], nobodys: true, seldom: true},
  {label: '等待履行、结案', statuses: ['agreed_oral', 'agreed_written']},
  {label: '未达成，等待结案', statuses: ['failed', 'withdrawn', 'not_accepted']},
  {label: '等待归档', statuses: ['closed']},
]
