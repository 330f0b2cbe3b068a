import {Refusal} from '../api/client.ts'

// Intent keeps the key of one intended request over all its tries, until one is carried out. A refusal stores nothing, so
// the key may go on after it; after a broken line nobody knows, and a new key could do the same thing twice.
export class Intent {
  private key = crypto.randomUUID()
  private unsure: unknown = undefined // what was sent when no answer came

  // run sends a body under the key of the intent. When an earlier try had been carried out after all, with another
  // content, it fetches that try's answer, and says so.
  async run<B, T>(body: B, send: (body: B, key: string) => Promise<T>): Promise<{answer: T; earlier: boolean}> {
    try {
      return {answer: this.done(await send(body, this.key)), earlier: false}
    } catch (e) {
      if (e instanceof Refusal && e.code === 'idempotency-key-reused' && this.unsure !== undefined) {
        return {answer: this.done(await send(this.unsure as B, this.key)), earlier: true}
      }
      if (!(e instanceof Refusal)) this.unsure ??= body
      throw e
    }
  }

  private done<T>(answer: T): T {
    this.key = crypto.randomUUID()
    this.unsure = undefined
    return answer
  }
}
