import {expect, test} from 'vitest'
import {password, signedIn, settled, staff, stranger} from './desk.ts'

staff()

test('somebody signs in by keyboard, comes to the page they asked for, and signs out', async () => {
  const page = await stranger('alerts', {expected: /401/})
  await page.waitForURL(/signin\?next=%2Falerts$/)
  await expect.poll(() => page.getByLabel('登录名').evaluate(el => el === document.activeElement)).toBe(true)
  await page.keyboard.type('mediator1')
  await page.keyboard.press('Tab')
  await page.keyboard.type('wrong')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('登录名或密码').waitFor()
  expect(await page.getByLabel('密码').inputValue()).toBe('')
  await page.getByLabel('密码').fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', {name: '提醒', level: 1}).waitFor()
  const {name} = await (await page.request.get('/api/v1/session')).json() as {name: string}
  await page.getByText(name, {exact: false}).first().waitFor()
  await page.getByRole('button', {name: '退出'}).click()
  await page.getByRole('heading', {name: '登录'}).waitFor()
  await page.goto('cases')
  await page.waitForURL(/signin/)
})

test('an untouched screen locks, ends the session, and gives back what was typed', async () => {
  const page = await signedIn('mediator1', 'register', {expected: /401/})
  await page.clock.install()
  await page.reload()
  await page.getByLabel('简要情况').fill('写到一半')
  await page.clock.fastForward('16:00')
  const lock = page.getByRole('dialog', {name: '屏幕已锁定'})
  await lock.waitFor()
  expect(await page.getByLabel('简要情况').isVisible()).toBe(false)
  await expect.poll(async () => (await page.request.get('/api/v1/session')).status()).toBe(401)
  await page.clock.resume()
  await expect.poll(() => lock.getByLabel('密码').evaluate(el => el === document.activeElement)).toBe(true)
  await page.keyboard.type('wrong')
  await page.keyboard.press('Enter')
  await lock.locator('.field-error').waitFor()
  await lock.getByLabel('密码').fill(password)
  await page.keyboard.press('Enter')
  await lock.waitFor({state: 'detached'})
  expect(await page.getByLabel('简要情况').inputValue()).toBe('写到一半')
})

test('a session that the service has ended locks too, and the request can be made again', async () => {
  const page = await signedIn('mediator1', 'register', {expected: /401/})
  await page.getByLabel('姓名').nth(0).fill('孙立')
  await page.getByLabel('姓名').nth(1).fill('周全')
  await page.getByLabel('纠纷类型').fill('邻里')
  await page.keyboard.press('Enter')
  await page.getByLabel('发生地点').fill('东门小区')
  await page.getByLabel('简要情况').fill('楼道堆放杂物')
  await page.request.delete('/api/v1/session', {headers: {Origin: new URL(page.url()).origin}})
  await page.getByRole('button', {name: '登记', exact: true}).click()
  const lock = page.getByRole('dialog', {name: '登录已经结束'})
  await lock.getByLabel('密码').fill(password)
  await page.keyboard.press('Enter')
  await lock.waitFor({state: 'detached'})
  await page.getByRole('button', {name: '登记', exact: true}).click()
  await page.getByRole('heading', {name: '已登记', level: 1}).waitFor()
})

test('nothing personal is kept in the browser', async () => {
  const page = await signedIn('director1', 'cases')
  await settled(page)
  await page.getByRole('button', {name: '大字版'}).click()
  const kept = await page.evaluate(async () => ({
    local: {...window.localStorage}, session: {...window.sessionStorage}, databases: (await window.indexedDB.databases()).length, cookies: document.cookie,
  }))
  expect(kept).toEqual({local: {'baimi.elder': '1'}, session: {}, databases: 0, cookies: ''})
})
