import {expect, test} from 'vitest'
import {Refusal, Unreachable} from '../api/client.ts'
import {daysUntil, dueWords, instant, month, now, spoken, today} from './days.ts'
import {readCard} from './idnumber.ts'
import {Intent} from './once.ts'
import {land, path} from './pointer.ts'

test('a day is a day in China', () => {
  expect(today(new Date('2026-03-02T16:00:00Z'))).toBe('2026-03-03')
  expect(today(new Date('2026-03-02T15:59:59Z'))).toBe('2026-03-02')
  expect(month('2026-03-02', -5)).toBe('2025-10')
  expect(month('2026-12-31', 1)).toBe('2027-01')
  expect(spoken('2026-11-22')).toBe('2026年11月22日 星期日')
  expect(daysUntil('2026-03-01', '2026-02-28')).toBe(1)
  expect(['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-09'].map(d => dueWords(d, '2026-03-02'))).toEqual(['已超期1天', '今天到期', '明天到期', '还有7天'])
})

test("a resident's number tells sex and birthday, or what is wrong", () => {
  expect(readCard('510185199003070013', '2026-03-02')).toEqual({sex: 1, birthday: '1990-03-07', age: 35})
  expect(readCard('510185201506010020', '2026-03-02')).toEqual({sex: 2, birthday: '2015-06-01', age: 10})
  expect(readCard('11010519491231002x', '2026-03-02')).toMatchObject({sex: 2})
  expect(readCard('510185199003070014', '2026-03-02')).toContain('校验位')
  expect(readCard('440524188001010014', '2026-03-02')).toContain('出生日期')
  expect(readCard('123', '2026-03-02')).toContain('18位')
})

test('a complaint lands on its field, or on the one around it, or is kept', () => {
  expect(path('/parties/0/idNumber')).toEqual(['parties', 0, 'idNumber'])
  expect(path('/a~1b/~0c')).toEqual(['a/b', '~c'])
  const there = new Set(['["parties",0,"phone"]', '["remedies"]'])
  const error = (pointer: string) => ({pointer, code: 'x', detail: pointer})
  expect(land([error('/parties/0/phone'), error('/remedies/0'), error('/remedies/1'), error('/header/If-Match')], n => there.has(JSON.stringify(n)))).toEqual({
    fields: [{name: ['parties', 0, 'phone'], errors: ['/parties/0/phone']}, {name: ['remedies'], errors: ['/remedies/0', '/remedies/1']}],
    rest: ['/header/If-Match'],
  })
})

const refusal = (code: string, status: number) => new Refusal({type: `/problems/${code}`, title: code, status, requestId: ''})

test('a key lives until one try is carried out', async () => {
  const intent = new Intent()
  const keys: string[] = []
  const answers: (Error | undefined)[] = [refusal('invalid', 422), new Unreachable(), refusal('in-progress', 409), undefined, undefined]
  const send = (_: string, key: string) => {
    keys.push(key)
    const a = answers.shift()
    return a ? Promise.reject(a) : Promise.resolve('done')
  }
  for (let i = 0; i < 3; i++) await expect(intent.run('x', send)).rejects.toThrow()
  await intent.run('x', send)
  await intent.run('next', send)
  expect(new Set(keys.slice(0, 4)).size).toBe(1)
  expect(keys[4]).not.toBe(keys[0])
})

test('a try that was carried out though nobody heard gives its own answer', async () => {
  const intent = new Intent()
  const service = new Map<string, string>()
  let cut = true
  const send = (body: string, key: string): Promise<string> => {
    const before = service.get(key)
    if (before !== undefined && before !== body) return Promise.reject(refusal('idempotency-key-reused', 422))
    service.set(key, body)
    if (cut) {
      cut = false
      return Promise.reject(new Unreachable())
    }
    return Promise.resolve(`case of ${body}`)
  }
  await expect(intent.run('first', send)).rejects.toThrow()
  expect(await intent.run('second', send)).toEqual({answer: 'case of first', earlier: true})
  expect(await intent.run('third', send)).toEqual({answer: 'case of third', earlier: false})
})

test('a minute typed in is that minute in China', () => {
  expect(now(new Date('2026-03-01T16:30:59Z'))).toBe('2026-03-02T00:30')
  expect(new Date(instant('2026-03-02T00:30')).toISOString()).toBe('2026-03-01T16:30:00.000Z')
})
