import {instant} from '../lib/days.ts'
import type {Form, Values} from './spec.ts'

// body makes the request of what a form holds: empty fields are left out, and with onlyChanges those that nobody touched.
export function body(form: Form, values: Values, initial: Values): Values {
  const out: Values = {}
  for (const f of form.fields) {
    if (f.kind === 'obligation' || f.kind === 'row' || f.when?.(values) === false) continue
    let v = clean(values[f.name])
    if (f.kind === 'signatures') v = (v as {method?: string}[] | undefined)?.filter(s => s.method)
    if (f.kind === 'corrections') v = (v as Values[] | undefined)?.filter(p => Object.keys(p).length > 1)
    if (f.kind === 'corrections' && Array.isArray(v) && v.length === 0) continue
    if (f.kind === 'yes') v = v === true
    if (f.kind === 'moment' && typeof v === 'string') v = instant(v)
    if (v === undefined && !(form.onlyChanges && initial[f.name] && f.name === 'wish')) continue
    if (form.onlyChanges && same(v, clean(initial[f.name]))) continue
    out[f.name] = v ?? ''
  }
  return out
}

// clean drops empty texts and what is empty within lists and rows; a list itself stays, also when it is empty, but for one in a row.
export function clean(v: unknown, inRow = false): unknown {
  if (typeof v === 'string') return v.trim() === '' ? undefined : v.trim()
  if (v === null) return undefined
  if (Array.isArray(v)) return v.map(x => clean(x, true)).filter(x => x !== undefined)
  if (typeof v === 'object') {
    return Object.fromEntries(Object.entries(v).map(([k, x]): [string, unknown] => [k, clean(x)]).filter(([, x]) => x !== undefined && !(inRow && Array.isArray(x) && x.length === 0)))
  }
  return v
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(v: unknown): unknown {
  return Array.isArray(v) && v.every(x => typeof x === 'string') ? [...v].sort() : v
}
