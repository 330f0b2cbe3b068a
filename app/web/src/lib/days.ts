// Legal dates are days in China, whatever the clock of the PC is set to.
const china = new Intl.DateTimeFormat('en-CA', {timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit'})
const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false,
})

// today is the day in China now, as YYYY-MM-DD.
export function today(now: Date = new Date()): string {
  return china.format(now)
}

// now is the minute in China, as an input of day and time takes it; instant is what such an input means.
export function now(at: Date = new Date()): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)
}

export function instant(minute: string): string {
  return `${minute}:00+08:00`
}

// month is YYYY-MM of a day, moved by whole months.
export function month(day: string, by = 0): string {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + by
  return `${Math.floor(at / 12)}-${String(at % 12 + 1).padStart(2, '0')}`
}

// daysUntil counts the days from one day to another; negative when it has gone by.
export function daysUntil(day: string, from: string): number {
  return Math.round((Date.parse(day) - Date.parse(from)) / 86_400_000)
}

// moment is an instant as people read it.
export function moment(instant: string): string {
  return clock.format(new Date(instant)).replaceAll('/', '-')
}

// spoken is a day in words, with its weekday.
export function spoken(day: string): string {
  const d = new Date(`${day}T00:00:00Z`)
  return `${d.getUTCFullYear()}年${d.getUTCMonth() + 1}月${d.getUTCDate()}日 星期${'日一二三四五六'[d.getUTCDay()]}`
}

// dueWords says how near a day is.
export function dueWords(day: string, from: string): string {
  const n = daysUntil(day, from)
  if (n < 0) return `已超期${-n}天`
  if (n === 0) return '今天到期'
  if (n === 1) return '明天到期'
  return `还有${n}天`
}

// byDay puts what runs out first on top, and clocks that are held below.
export function byDay(a: {dueOn?: string}, b: {dueOn?: string}): number {
  return (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999')
}
