import type {Schemas} from '../../api/client.ts'

type Status = Schemas['CaseStatus']

// What an open case waits for. nobodys: not yet anybody's case, so shown to all who could take it.
export const waits: {label: string; statuses: Status[]; nobodys?: boolean}[] = [
  {label: '等待受理', statuses: ['registered'], nobodys: true},
  {label: '等待开始调解', statuses: ['accepted']},
  {label: '正在调解', statuses: ['mediating']},
  {label: '等待履行、结案', statuses: ['agreed_oral', 'agreed_written']},
  {label: '未达成协议，等待结案', statuses: ['failed', 'withdrawn', 'not_accepted']},
  {label: '等待归档', statuses: ['closed']},
]
