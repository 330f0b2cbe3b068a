import type {Page} from 'playwright-core'
import {expect, test} from 'vitest'
import {password, registered, staff, stranger} from './desk.ts'

staff()

// What comes over the line, as the browser counts it: files, answers and headers. Slow lines are why it is bounded.

const KiB = 1024

async function meter(page: Page): Promise<() => Promise<number>> {
  const line = await page.context().newCDPSession(page)
  await line.send('Network.enable')
  let bytes = 0, last = Date.now()
  line.on('Network.loadingFinished', e => {
    bytes += e.encodedDataLength
    last = Date.now()
  })
  return async () => {
    await expect.poll(() => bytes > 0 && Date.now() - last > 1200, {timeout: 20_000}).toBe(true)
    const so = bytes
    bytes = 0
    return so
  }
}

test('pages are light', async () => {
  const page = await stranger('signin', {expected: /401/})
  const read = await meter(page)
  const came: Record<string, number> = {}
  const line = await page.context().newCDPSession(page)
  await page.getByLabel('登录名').waitFor()
  await line.send('Network.clearBrowserCache')
  await page.goto('about:blank') // what a page holds in memory would not come over the line
  await page.goto('signin')
  came['sign-in'] = await read()

  await page.getByLabel('登录名').fill('mediator1')
  await page.getByLabel('密码').fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', {name: '到期与超期'}).waitFor()
  came['home, on from sign-in'] = await read()
  const {id} = await registered(page)

  const go = async (name: string, act: () => Promise<void>) => {
    await act()
    came[name] = await read()
  }
  const menu = page.getByRole('navigation')
  await go('intake', () => menu.getByRole('link', {name: '登记纠纷'}).click())
  await go('cases', () => menu.getByRole('link', {name: '案件', exact: true}).click())
  await go('case', () => page.locator(`.wide a[href$="${id}"]`).click())
  await go('form', async () => {
    await page.locator('.actions').getByRole('button', {name: '受理', exact: true}).click()
    await page.getByRole('dialog').waitFor()
  })
  await page.keyboard.press('Escape')
  await go('alerts', () => menu.getByRole('link', {name: /提醒/}).click())
  await go('rates', () => menu.getByRole('link', {name: '调解成功率'}).click())
  await go('account', () => menu.getByRole('link', {name: '我的账号'}).click())

  await line.send('Network.clearBrowserCache')
  await page.goto('about:blank')
  await page.goto('')
  came['home, first time'] = await read()
  await page.goto('')
  came['home, second time'] = await read()

  console.log(Object.entries(came).map(([k, v]) => `${(v / KiB).toFixed(1).padStart(7)} KiB  ${k}`).join('\n'))
  const limit = (name: string) => name === 'sign-in' ? 150 : name === 'home, second time' ? 40 : name.startsWith('home') ? 320 : 70
  expect(Object.entries(came).filter(([name, bytes]) => bytes > limit(name) * KiB || bytes === 0)).toEqual([])
})
