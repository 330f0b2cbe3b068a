import type {Page} from 'playwright-core'
import {expect, inject, test} from 'vitest'
import {registered, signedIn, staff, today} from './desk.ts'

staff()

// act opens the form of an action by its button, fills it in and sends it.
async function act(page: Page, label: string, fill?: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) {
  await page.getByRole('main').getByRole('button', {name: label, exact: true}).click()
  const dialog = page.getByRole('dialog', {name: label})
  await dialog.waitFor()
  await fill?.(dialog)
  await dialog.getByRole('button', {name: label, exact: true}).click()
  await dialog.waitFor({state: 'detached'})
  await page.getByRole('status').getByText(`“${label}”已办理`).waitFor()
}

test('a case goes from acceptance to the archive by its buttons', async () => {
  const page = await signedIn('mediator1')
  const {id} = await registered(page, '两家为共用水管漏水争吵。')
  await page.goto(`cases/${id}`)

  await act(page, '受理') // the mediator who accepts is proposed as the one who mediates
  await page.getByText(/人调字第\d+号/).first().waitFor()
  await page.getByRole('button', {name: /这个日期是怎样算出来的/}).first().click()
  await page.locator('.working li').first().waitFor()

  await act(page, '开始调解')
  await act(page, '达成口头协议', async d => {
    await d.getByLabel('协议内容').fill('钱大江修好水管，赔偿赵小川300元。')
    await pick(page, d, '由谁履行', '被申请人 钱大江')
    await pick(page, d, '向谁履行', '申请人 赵小川')
    await d.getByLabel('履行内容').fill('赔偿300元')
    await pick(page, d, '履行方式', '现金')
    await d.getByLabel('金额').fill('300')
    await d.getByLabel('履行期限').fill(today())
  })
  await page.getByText('赔偿300元').first().waitFor()
  await act(page, '登记履行情况', async d => {
    await d.getByLabel('已履行', {exact: true}).check()
    await d.getByLabel('已履行金额').fill('300')
  })
  await act(page, '登记回访', async d => { // paid on the spot: one visit, which closing waits for
    await d.getByRole('radiogroup', {name: '回访方式'}).getByText('电话', {exact: true}).click()
    await d.getByRole('radiogroup', {name: '满意程度'}).getByText('满意', {exact: true}).click()
    await d.getByRole('radiogroup', {name: '所见履行情况'}).getByText('已履行', {exact: true}).click()
  })

  // the papers come from what was typed
  const paper = await page.getByRole('link', {name: '人民调解口头协议登记表', exact: true}).getAttribute('href')
  const file = await page.request.get(new URL(paper ?? '', page.url()).href)
  expect(file.headers()['content-type']).toBe('application/pdf')
  expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-')

  const director = await signedIn('director1', `cases/${id}`)
  await act(director, '结案')
  await act(director, '归档')
  await director.getByText('已归档').first().waitFor()
  await expect.poll(() => director.locator('.timeline > li').count()).toBe(8)
  expect(await director.locator('.life-done').count()).toBe(6)
})

async function pick(page: Page, d: ReturnType<Page['getByRole']>, label: string, choice: string) {
  await d.getByLabel(label).click()
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByTitle(choice).click()
}

test('somebody else was quicker: it is said, and what was typed is still there', async () => {
  const page = await signedIn('mediator1', '', {expected: /412/})
  const {id} = await registered(page)
  await page.goto(`cases/${id}`)
  await page.getByRole('main').getByRole('button', {name: '更正登记'}).click()
  const dialog = page.getByRole('dialog', {name: '更正登记'})
  await dialog.getByLabel('补充情况').check()
  await dialog.getByLabel('纠纷发生地点').fill('东门小区5栋')

  const other = await signedIn('director1')
  const answer = await other.request.post(`${inject('url')}/api/v1/cases/${id}/consents`, {
    data: {partyNo: 1, consent: 'consented', on: today()}, headers: {Origin: inject('url')},
  })
  expect(answer.status()).toBe(200)

  const send = dialog.getByRole('button', {name: '更正登记', exact: true})
  await send.click()
  await dialog.getByText('这件案件刚被别人更新过').waitFor()
  expect(await dialog.getByLabel('纠纷发生地点').inputValue()).toBe('东门小区5栋')
  await send.click()
  await dialog.waitFor({state: 'detached'})
  await page.getByText('东门小区5栋', {exact: false}).first().waitFor()
})

test('a form says at its fields what the service refuses', async () => {
  const page = await signedIn('mediator1', '', {expected: /422/})
  const {id} = await registered(page)
  await page.goto(`cases/${id}`)
  await page.getByRole('main').getByRole('button', {name: '不予受理'}).click()
  const dialog = page.getByRole('dialog', {name: '不予受理'})
  await dialog.getByLabel('不属于民事权利义务争议').check()
  await dialog.getByLabel('向人民法院起诉').check()
  await dialog.getByLabel('决定日期').fill('2020-01-01')
  await dialog.getByRole('button', {name: '不予受理', exact: true}).click()
  await dialog.locator('.ant-form-item-explain-error').first().waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({state: 'detached'})
})
