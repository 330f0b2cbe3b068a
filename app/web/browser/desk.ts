import {existsSync} from 'node:fs'
import {type Browser, type BrowserContext, chromium, type Page} from 'playwright-core'
import {afterAll, afterEach, beforeAll, expect, inject} from 'vitest'

// A desk is somebody at a browser. Whatever a page complains of, or asks another host for, fails the test.

export const password = 'baimi-demo-2026'
export const wide = {width: 1366, height: 768}
export const phone = {width: 360, height: 800}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--lang=zh-CN']

let browser: Browser
let open: BrowserContext[] = []
let complaints: string[] = []

// staff gives the tests of a file one browser.
export function staff() {
  beforeAll(async () => {
    const path = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome']
      .find(p => p && existsSync(p))
    if (!path) throw new Error('no browser for the tests of the pages. Run: sudo apt-get install -y chromium fonts-noto-cjk')
    browser = await chromium.launch({executablePath: path, args: flags})
  })
  afterEach(async () => {
    await Promise.all(open.map(c => c.close()))
    open = []
    const said = complaints
    complaints = []
    expect(said).toEqual([])
  })
  afterAll(() => browser?.close())
}

export type Look = {size?: {width: number; height: number}; elder?: boolean; expected?: RegExp}

// stranger opens a page without signing in. expected complaints are those a test provokes, such as a refusal's status.
export async function stranger(path = 'signin', {size = wide, elder = false, expected}: Look = {}): Promise<Page> {
  const url = inject('url')
  const context = await browser.newContext({locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: size, baseURL: `${url}/work/`})
  open.push(context)
  if (elder) await context.addInitScript(() => window.localStorage.setItem('baimi.elder', '1'))
  const page = await context.newPage()
  page.on('console', m => {
    if (['error', 'warning'].includes(m.type()) && !expected?.test(m.text())) complaints.push(`${m.type()}: ${m.text()}`)
  })
  page.on('pageerror', e => complaints.push(`error on the page: ${e.message}`))
  page.on('request', r => {
    if (!r.url().startsWith(url) && !r.url().startsWith('data:')) complaints.push(`asks another host: ${r.url()}`)
  })
  await page.goto(path)
  return page
}

// signedIn opens a page as one of the demo's people.
export async function signedIn(login: string, path = '', look: Look = {}): Promise<Page> {
  const page = await stranger('signin', look)
  const answer = await page.request.post(`${inject('url')}/api/v1/session`, {data: {login, password}, headers: {Origin: inject('url')}})
  expect(answer.status(), await answer.text()).toBe(200)
  await page.goto(path)
  await page.getByRole('main').waitFor()
  return page
}

// settled waits until nothing is on the way any more.
export async function settled(page: Page) {
  await page.waitForLoadState('networkidle')
  await page.locator('.loading, .waiting').first().waitFor({state: 'detached'})
}

export function today(): string {
  return new Intl.DateTimeFormat('en-CA', {timeZone: 'Asia/Shanghai'}).format(new Date())
}

// quarrel is a dispute as an API client would send it.
export function quarrel(facts = '两家为楼道堆放杂物争吵。') {
  return {
    source: 'applied', type: '02', place: '东门小区2栋', facts, requestedOn: today(), requestedHow: 'visit',
    parties: [{role: 'applicant', kind: 'natural', name: '赵小川'}, {role: 'respondent', kind: 'natural', name: '钱大江'}],
  }
}

// registered makes a case by the interface, as whoever is signed in on a page.
export async function registered(page: Page, facts?: string): Promise<{id: string; demandNo: string}> {
  const answer = await page.request.post(`${inject('url')}/api/v1/cases`, {data: quarrel(facts), headers: {Origin: inject('url')}})
  expect(answer.status(), await answer.text()).toBe(201)
  return ((await answer.json()) as {case: {id: string; demandNo: string}}).case
}
