import {type ChildProcess, spawn} from 'node:child_process'
import {chmod, mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {TestProject} from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    url: string
  }
}

// The whole service as people run it, with the demo in a PostgreSQL of its own, for all browser tests together.
export default async function start(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'baimi-browser-'))
  await chmod(dir, 0o711) // as root, PostgreSQL runs as somebody else
  const env = {...process.env}
  delete env.DATABASE_URL
  delete env.DATABASE_OWNER_URL
  const service = spawn(join(import.meta.dirname, '../../../bin/baimi'), ['run'], {
    env: {...env, BAIMI_LISTEN: '127.0.0.1:0', BAIMI_DATA_DIR: join(dir, 'data')}, stdio: ['ignore', 'pipe', 'pipe'],
  })
  project.provide('url', await address(service))
  return async () => {
    const gone = new Promise(done => service.once('exit', done))
    service.kill('SIGTERM')
    await gone
    await rm(dir, {recursive: true, force: true})
  }
}

function address(service: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      const url = /Baimi is running:\s+(http:\S+)/.exec(said)?.[1]
      if (url) found(url)
    }
    service.stdout?.on('data', listen)
    service.stderr?.on('data', listen)
    service.once('error', e => failed(new Error(`bin/baimi does not start: ${e.message}. Run: make browser`)))
    service.once('exit', code => failed(new Error(`baimi ended (${code}):\n${said}`)))
  })
}
