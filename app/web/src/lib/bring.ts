import {type Problem, Refusal, type Schemas, Unreachable} from '../api/client.ts'

export type Brought = Schemas['BroughtFile']

// bring uploads a file to a case and tells how far it is, in percent. fetch cannot tell that, so this is the older way.
export function bring(caseId: string, file: File, progress: (percent: number) => void, stop: AbortSignal): Promise<Brought> {
  return new Promise((resolve, reject) => {
    const r = new XMLHttpRequest()
    r.open('POST', `/api/v1/cases/${caseId}/files`)
    r.responseType = 'json'
    r.setRequestHeader('Content-Type', 'application/octet-stream')
    r.setRequestHeader('Idempotency-Key', crypto.randomUUID())
    r.upload.onprogress = e => e.lengthComputable && progress(Math.floor(100 * e.loaded / e.total))
    r.upload.onload = () => progress(100)
    r.onload = () => {
      if (r.status === 201) resolve(r.response as Brought)
      else if (r.response) reject(new Refusal(r.response as Problem))
      else reject(new Unreachable())
    }
    r.onerror = () => reject(new Unreachable())
    r.onabort = () => reject(new Unreachable())
    stop.addEventListener('abort', () => r.abort())
    r.send(file)
  })
}
