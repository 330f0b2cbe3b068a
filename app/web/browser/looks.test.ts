import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import type {AxeResults} from 'axe-core'
import type {Page} from 'playwright-core'
import {expect, test} from 'vitest'
import {phone, registered, signedIn, settled, staff, stranger, wide} from './desk.ts'

staff()

// Every page and state, on the screen of an office and on a phone, in ordinary and elder mode: nothing runs out of the
// screen, axe (WCAG 2.2 A and AA) has nothing to say, and in elder mode text has 18 px and targets have 60.

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

async function look(page: Page, name: string) {
  const wrong: string[] = []
  for (const elder of [false, true]) {
    await page.evaluate(on => {
      const button = document.querySelector<HTMLButtonElement>('.elder-switch')
      if (button && (button.getAttribute('aria-pressed') === 'true') !== on) button.click()
    }, elder)
    for (const size of [wide, phone]) {
      await page.setViewportSize(size)
      // bars that stay lie over whatever happens to be there: the one at the head after a scroll, the one at the foot of a phone
      await page.evaluate(() => window.scrollTo(0, 0))
      await page.evaluate(at => document.querySelector<HTMLElement>('.side')?.style.setProperty('position', at), size === phone ? 'static' : '')
      await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
      const at = `${name}, ${size.width} px${elder ? ', elder' : ''}`
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (over > 0) wrong.push(`${at}: runs out of the screen by ${over} px`)
      if (elder) wrong.push(...(await page.evaluate(small)).map(s => `${at}: ${s}`))
      if (elder === (size === phone)) wrong.push(...(await complaints(page)).map(s => `${at}: ${s}`))
    }
  }
  await page.setViewportSize(wide)
  expect(wrong).toEqual([])
}

async function complaints(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(() => (window as unknown as {axe: {run: (o: object) => Promise<AxeResults>}}).axe.run({
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
  }))
  return found.violations.map(v => `${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')}`)
}

// small finds text below 18 px and targets below 60 px. A tick-box is as big as its label, a field as its frame.
function small(): string[] {
  const out = new Set<string>()
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const dialog = document.querySelector('dialog[open], .lock')
  while (walk.nextNode()) {
    const el = walk.currentNode.parentElement
    if (!el || !walk.currentNode.textContent?.trim() || !el.checkVisibility() || el.closest('svg, .visually-hidden, noscript, script, style')) continue
    const size = parseFloat(getComputedStyle(el).fontSize)
    if (size < 18 && el.getBoundingClientRect().width > 1) out.add(`text of ${size} px: ${el.className || el.tagName}`)
  }
  for (const el of document.querySelectorAll<HTMLElement>('a[href], button, input:not([type=hidden]), textarea, summary, [role=combobox]')) {
    if (!el.checkVisibility() || el.closest('.skip, [aria-hidden=true]') || (dialog && !dialog.contains(el)) || el.getAttribute('tabindex') === '-1') continue
    const frame = el.closest<HTMLElement>('label, .ant-select, .ant-input-affix-wrapper, .ant-input-number, .ant-segmented') ?? el
    const {height, width} = frame.getBoundingClientRect()
    if (width > 1 && height < 59.5) out.add(`target of ${Math.round(height)} px: ${el.tagName} ${frame.className} ${el.textContent?.slice(0, 20)}`)
  }
  return [...out]
}

test('signing in', async () => {
  const page = await stranger()
  await page.getByLabel('登录名').waitFor()
  await look(page, 'sign-in')
})

test('home, lists, alerts, account, intake with its complaints', async () => {
  const page = await signedIn('director1')
  await settled(page)
  await look(page, 'home')
  for (const [name, path] of [['cases', 'cases'], ['alerts', 'alerts?show=all'], ['account', 'account'], ['nowhere', 'no-such-page']] as const) {
    await page.goto(path)
    await settled(page)
    await look(page, name)
  }
  await page.goto('register')
  await page.getByText('日期、来源、金额和其他').click()
  await page.getByRole('button', {name: '登记', exact: true}).click()
  await page.getByText('请填写发生地点').waitFor()
  await look(page, 'intake')
  await page.goto('register?instant=1')
  await page.getByRole('button', {name: '添加当场履行的内容'}).click()
  await look(page, 'instant settlement')
}, 120_000)

test('the rate', async () => {
  const page = await signedIn('office1', 'rates?by=area')
  await settled(page)
  await look(page, 'rates')
})

test('the access log', async () => {
  const page = await signedIn('auditor', 'accesses')
  await settled(page)
  await look(page, 'access log')
})

test('a case, its forms and what is masked', async () => {
  const page = await signedIn('mediator1')
  const {id} = await registered(page)
  await page.goto(`cases/${id}`)
  await settled(page)
  await page.getByRole('button', {name: /这个日期是怎样算出来的/}).first().click()
  await page.locator('.working li').first().waitFor()
  await look(page, 'case')
  const forms = await page.locator('.actions button').allTextContents()
  expect(forms).toContain('更正登记')
  for (const label of ['受理', '不予受理', '更正登记']) {
    await page.locator('.actions').getByRole('button', {name: label, exact: true}).click()
    await page.getByRole('dialog', {name: label}).waitFor()
    await look(page, `form of ${label}`)
    await page.keyboard.press('Escape')
  }
}, 120_000)

test('the slip after saving', async () => {
  const page = await signedIn('mediator1', 'register?instant=1')
  await page.getByLabel('姓名').nth(0).fill('欧阳·阿不都热合曼')
  await page.getByLabel('姓名').nth(1).fill('𠮷田𣲷')
  await page.getByLabel('纠纷类型').fill('邻里')
  await page.keyboard.press('Enter')
  await page.getByLabel('发生地点').fill('东门')
  await page.getByLabel('简要情况').fill('争吵')
  await page.getByLabel('协议内容').fill('和好')
  await page.getByRole('button', {name: '登记并办结'}).click()
  await page.getByRole('heading', {name: '已登记并化解'}).waitFor()
  await look(page, 'saved')
})
