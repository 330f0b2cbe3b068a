import type {Schemas} from '../api/client.ts'
import {dueWords} from '../lib/days.ts'

type Tone = 'wait' | 'work' | 'good' | 'bad' | 'done'

// The colour only repeats what the words say. A state that is not listed looks like work.
const tones: Partial<Record<Schemas['CaseStatus'], Tone>> = {
  clue: 'wait', registered: 'wait', supplement: 'wait', suspended: 'wait', accepted: 'work', mediating: 'work', agreed_oral: 'good', agreed_written: 'good',
  failed: 'bad', dismissed: 'done', transferred: 'done', withdrawn: 'done', not_accepted: 'done', closed: 'done', archived: 'done', void: 'done',
}

export function StatusTag({status, name}: {status: Schemas['CaseStatus']; name: string}) {
  return <span className={`tag tag-${tones[status] ?? 'work'}`}>{name}</span>
}

// Due says when the nearest clock runs out; words and shape, not colour alone.
export function Due({day, today, overdue}: {day: string; today: string; overdue: boolean}) {
  const near = overdue || day < today ? 'late' : day === today ? 'now' : 'later'
  return <span className={`due due-${near}`}>{near === 'late' && <span aria-hidden>▲ </span>}{dueWords(day, today)}</span>
}
