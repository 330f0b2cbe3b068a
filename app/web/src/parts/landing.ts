import type {FormInstance} from 'antd'
import {useState} from 'react'
import {Refusal} from '../api/client.ts'
import {land as sort, type Path} from '../lib/pointer.ts'

// useLanding puts the service's complaints on the fields they are about, brings the first into view, and keeps the rest
// to be shown above the form.
export function useLanding<V>(form: FormInstance<V>) {
  const [said, setSaid] = useState<Error>()
  const land = (error: Error) => {
    if (!(error instanceof Refusal) || !error.problem.errors?.length) return setSaid(error)
    const there = new Set(form.getFieldsError().map(f => JSON.stringify(f.name)))
    const {fields, rest} = sort(error.problem.errors, (name: Path) => there.has(JSON.stringify(name)))
    form.setFields(fields as Parameters<typeof form.setFields>[0])
    const first = fields[0]
    if (first) {
      form.scrollToField(first.name, {block: 'center'})
      form.focusField(first.name)
    }
    setSaid(rest.length > 0 ? new Error(rest.join('；')) : first ? undefined : error)
  }
  return {said, land, clear: () => setSaid(undefined)}
}
