import createClient from 'openapi-fetch'
import type {components, paths} from './schema.gen.ts'

// The pages know the public interface and nothing else; its types are made from openapi.yaml at each build.
export type Schemas = components['schemas']
export type {paths}
export type Case = Schemas['Case']
export type CaseSummary = Schemas['CaseSummary']
export type Me = Schemas['Me']
export type Post = Schemas['Post']
export type Problem = Schemas['Problem']

export const api = createClient<paths>({
  baseUrl: '/api/v1',
  querySerializer: {array: {style: 'form', explode: false}},
})

// Refusal is an answer of the service that says no, in words for people and with the fields at fault.
export class Refusal extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.problem = problem
  }
  get code(): string {
    return this.problem.type.replace('/problems/', '')
  }
}

// Unreachable means that nobody knows whether the service did what was asked.
export class Unreachable extends Error {
  constructor() {
    super('现在连不上服务。填写的内容还在本页，请稍后再试')
  }
}

type Answer<T> = {data?: T; error?: unknown; response: Response}

type Tell = (asked: number) => void

const listeners = new Set<Tell>()

// onSignedOut is told when the service no longer knows the session, whichever request learned it first, and when that
// request was made.
export function onSignedOut(tell: Tell): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

// data gives what the service answered, or throws a Refusal or Unreachable.
export async function data<T>(asked: Promise<Answer<T>>): Promise<T> {
  return (await whole(asked)).data as T
}

// whole also gives the headers.
export async function whole<T>(asked: Promise<Answer<T>>): Promise<Answer<T>> {
  const began = Date.now()
  let got: Answer<T>
  try {
    got = await asked
  } catch {
    throw new Unreachable()
  }
  if (got.response.ok) return got
  const refusal = refusalOf(got)
  if (got.response.status === 401 && !got.response.url.endsWith('/api/v1/session')) {
    listeners.forEach(tell => tell(began))
  }
  throw refusal
}

// refusalOf also makes words for what something between us and the service answered.
function refusalOf({error, response}: Answer<unknown>): Refusal | Unreachable {
  if (isProblem(error)) return new Refusal(error)
  if (response.status >= 500) return new Unreachable()
  return new Refusal({type: '/problems/unknown', title: `服务没有接受（${response.status}）`, status: response.status, requestId: ''})
}

function isProblem(x: unknown): x is Problem {
  return typeof x === 'object' && x !== null && 'type' in x && 'title' in x && 'status' in x
}
