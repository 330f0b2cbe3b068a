import {expect, test} from 'vitest'
import {registered, signedIn, settled, staff} from './desk.ts'

staff()

test('a dispute is taken in by keyboard alone', async () => {
  const page = await signedIn('mediator1', '')
  await settled(page)
  const key = page.keyboard
  await page.getByRole('main').getByRole('link', {name: '登记纠纷'}).focus()
  await key.press('Enter')
  await page.getByLabel('姓名').first().waitFor()
  const typing = async (...texts: string[]) => {
    for (const t of texts) {
      await key.type(t)
      await key.press('Enter')
    }
  }
  await typing('李秀英', '13800000001', '510185199003070013', '')
  await typing('王建国', '13800000002', '', '')
  await key.type('lljf') // initials
  await page.getByTitle('邻里纠纷').waitFor()
  await key.press('Enter')
  await typing('建设路社区3组', '楼上漏水，损坏家具。')
  await key.press('Space') // the first risk
  await key.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('登记')
  await page.getByText('男，1990-03-07 出生').waitFor()
  await key.press('Enter')
  await page.getByRole('heading', {name: '已登记', level: 1}).waitFor()
  expect(await page.locator('.saved-number').textContent()).toMatch(/^\d{4}-[0-9A-Z]{4}-[0-9A-Z]{5}$/)
  expect(await page.locator('.secrets tbody tr').count()).toBe(2)
  await page.getByText('您现在可以办理：').waitFor()

  await page.emulateMedia({media: 'print'})
  expect(await page.locator('.slip').count()).toBe(2)
  expect(await page.locator('.slip').first().isVisible()).toBe(true)
  expect(await page.locator('#root').isVisible()).toBe(false)
  await page.emulateMedia({media: 'screen'})

  await page.getByRole('link', {name: '打开案件'}).click()
  await page.getByText('已有或者可能有暴力行为').waitFor()
  await page.getByText('邻里纠纷').first().waitFor()
})

test('a quarrel settled on the spot is registered and finished in one go', async () => {
  const page = await signedIn('mediator1', 'register?instant=1')
  const key = page.keyboard
  await page.getByLabel('姓名').first().waitFor()
  for (const t of ['高兰', '', '', '', '罗平', '', '', '', '邻里', '东门三组', '晾衣滴水争吵。']) {
    await key.type(t)
    await key.press('Enter')
  }
  await key.type('当场道歉，以后拧干再晾。')
  await key.press('Control+Enter')
  await page.getByRole('heading', {name: '已登记并化解', level: 1}).waitFor()
  await page.getByText(/人调字第\d+号/).first().waitFor()
  await page.getByRole('link', {name: '打开案件'}).click()
  await page.getByText('达成口头协议').first().waitFor()
})

test('what is wrong is said at its field, by the page at once and by the service for all', async () => {
  const page = await signedIn('mediator1', 'register', {expected: /422/})
  await page.getByLabel('公民身份号码').first().fill('510185199003070014')
  await page.keyboard.press('Enter')
  await page.getByText('校验位不对，请逐位核对').waitFor()
  await page.getByLabel('公民身份号码').first().fill('')
  await page.getByLabel('姓名').nth(0).fill('张三')
  await page.getByLabel('姓名').nth(1).fill('李四')
  await page.getByLabel('电话').nth(1).fill('12345')
  await page.getByLabel('纠纷类型').fill('hyjt')
  await page.getByTitle('婚姻家庭纠纷').waitFor()
  await page.keyboard.press('Enter')
  await page.getByLabel('发生地点').fill('东门')
  await page.getByLabel('简要情况').fill('争吵')
  await page.getByRole('button', {name: '登记', exact: true}).click()
  const wrong = page.getByLabel('电话').nth(1)
  await expect.poll(() => wrong.getAttribute('aria-invalid')).toBe('true')
  expect(await wrong.evaluate(el => el === document.activeElement)).toBe(true)
})

test('a line that broke after the service had it does not make a second case', async () => {
  const page = await signedIn('mediator1', 'register', {expected: /ERR_FAILED|422/})
  const facts = `停车争执 ${crypto.randomUUID()}`
  await page.getByLabel('姓名').nth(0).fill('张三')
  await page.getByLabel('姓名').nth(1).fill('李四')
  await page.getByLabel('纠纷类型').fill('物业')
  await page.keyboard.press('Enter')
  await page.getByLabel('发生地点').fill('东门')
  await page.getByLabel('简要情况').fill(facts)
  await page.route('**/api/v1/cases', async route => {
    await route.fetch()
    await route.abort()
  }, {times: 1})
  const send = page.getByRole('button', {name: '登记', exact: true})
  await send.click()
  await page.getByText('现在连不上服务').waitFor()
  await page.getByLabel('发生地点').fill('东门小区南门')
  await send.click()
  await page.getByText('前一次提交其实已经登记成功').waitFor()
  await page.getByRole('link', {name: '打开案件'}).click()
  await page.getByText('东门（').waitFor()
})

test('what may be the same matter is shown while it is typed', async () => {
  const page = await signedIn('mediator1', 'register')
  const {demandNo} = await registered(page, '两家为屋檐排水多次争吵，还砸坏了水管。')
  await page.getByLabel('姓名').nth(0).fill('赵小川')
  await page.getByLabel('姓名').nth(1).fill('钱大江')
  await page.getByLabel('发生地点').fill('东门小区2栋')
  await page.getByLabel('简要情况').fill('两家为屋檐排水多次争吵，砸坏水管。')
  await page.getByText('可能已经登记过').waitFor()
  await page.getByRole('link', {name: demandNo}).waitFor()
})

test('leaving asks first when something was typed', async () => {
  const page = await signedIn('mediator1', 'register')
  await page.getByLabel('姓名').first().fill('张三')
  await page.getByRole('link', {name: '案件', exact: true}).click()
  const ask = page.getByRole('dialog', {name: '离开后'})
  await ask.getByRole('button', {name: '返回'}).click()
  expect(await page.getByLabel('姓名').first().inputValue()).toBe('张三')
  await page.getByRole('link', {name: '案件', exact: true}).click()
  await ask.getByRole('button', {name: '离开'}).click()
  await page.getByRole('heading', {name: '案件', level: 1}).waitFor()
})

test('an alert is acknowledged', async () => {
  const page = await signedIn('office1', 'alerts')
  const line = page.getByRole('button', {name: /^确认/})
  await line.first().waitFor()
  const before = await line.count()
  await line.first().click()
  await expect.poll(() => line.count()).toBe(before - 1)
})

test('the list finds a case by its filters', async () => {
  const page = await signedIn('mediator1', 'cases')
  await registered(page)
  await page.reload()
  await page.getByLabel('状态').click()
  await page.getByTitle('已登记').click()
  await page.waitForURL(/status=registered/)
  await expect.poll(async () => new Set(await page.locator('.cases tbody .tag').allTextContents())).toEqual(new Set(['已登记']))
})
