import {expect, test} from 'vitest'
import {registered, signedIn, settled, staff} from './desk.ts'

staff()

test('who may not open a case does not learn that it exists', async () => {
  const owner = await signedIn('mediator1')
  const {id} = await registered(owner)
  const page = await signedIn('mediator7', `cases/${id}`, {expected: /404/})
  await page.getByRole('alert').getByText('没有').waitFor()
  expect(await page.getByText('赵小川').count()).toBe(0)
})

test('each role is offered what it works with', async () => {
  const offered = async (login: string) => {
    const page = await signedIn(login)
    await settled(page)
    return page.getByRole('navigation').getByRole('link').locator('.side-label').allTextContents()
  }
  expect(await offered('keeper1')).toEqual(['首页', '登记纠纷', '案件', '调解日程', '提醒', '我的账号'])
  expect(await offered('office1')).toEqual(['首页', '案件', '调解日程', '提醒', '调解成功率', '我的账号'])
  expect(await offered('center')).toEqual(['首页', '调解成功率', '我的账号'])
  expect(await offered('sysadmin')).toEqual(['首页', '我的账号'])
})

test('a page that is not for somebody says what the service said', async () => {
  const page = await signedIn('center', 'cases', {expected: /403/})
  await page.getByText('您的身份（综治中心看板）不能查看案件').waitFor()
  await page.goto('register')
  await page.getByText('不能登记纠纷').waitFor()
})
