// Weeks begin on Monday, as calendars in China do.

// addDays is a day some days later, or earlier.
export function addDays(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
}

// monday is the first day of a day's week.
export function monday(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
}

// dayName is a day without its year: 11月23日 星期一.
export function dayName(day: string): string {
  const d = new Date(`${day}T00:00:00Z`)
  return `${d.getUTCMonth() + 1}月${d.getUTCDate()}日 星期${'日一二三四五六'[d.getUTCDay()]}`
}

const china = new Intl.DateTimeFormat('en-GB', {timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false})

// hour is the time of day of an instant in China.
export function hour(instant: string): string {
  return china.format(new Date(instant))
}
