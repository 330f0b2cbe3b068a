import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {parse} from 'yaml'
import {forms} from './forms.ts'

type Schema = {$ref?: string; properties?: Record<string, Schema>; required?: string[]; enum?: string[]}
type Operation = {tags?: string[]; requestBody?: {content: Record<string, {schema: Schema}>}}
type Document = {paths: Record<string, Record<string, Operation>>; components: {schemas: Record<string, Schema>}}

const doc = parse(readFileSync(join(import.meta.dirname, '../../../../openapi/openapi.yaml'), 'utf8')) as Document

function resolve(s: Schema | undefined): Schema {
  const name = s?.$ref?.split('/').pop()
  return name ? resolve(doc.components.schemas[name]) : s ?? {}
}

// A new action of the interface needs an entry in forms.ts, or its operation a word here that its place is elsewhere.
const elsewhere = ['POST /cases/{caseId}/register'] // operations on a case that no button of its page starts

test('every operation by which a case is handled has its form', () => {
  const used = new Set(Object.values(forms).map(f => `${f.method ?? 'POST'} ${f.path}`))
  const missing = Object.entries(doc.paths)
    .filter(([path]) => path.startsWith('/cases/{caseId}'))
    .flatMap(([path, methods]) => Object.entries(methods).filter(([, o]) => o.tags?.includes('moves')).map(([m]) => `${m.toUpperCase()} ${path}`))
    .filter(o => !used.has(o) && !elsewhere.includes(o))
  expect(missing).toEqual([])
})

test.each(Object.entries(forms))('the form of %s asks for what the interface takes', (_, form) => {
  const operation = doc.paths[form.path]?.[(form.method ?? 'POST').toLowerCase()]
  expect(operation, form.path).toBeDefined()
  const body = resolve(operation?.requestBody?.content['application/json']?.schema)
  const sent = form.fields.filter(f => f.kind !== 'obligation' && f.kind !== 'row')
  const known = Object.keys(body.properties ?? {})
  expect(known).toEqual(expect.arrayContaining(sent.map(f => f.name)))
  expect(sent.map(f => f.name)).toEqual(expect.arrayContaining(body.required ?? []))
  expect(form.path.includes('{no}')).toBe(form.fields.some(f => (f.kind === 'obligation' || f.kind === 'row') && f.name === 'no'))
  for (const f of form.fields) {
    if ('only' in f && f.only) expect(resolve(body.properties?.[f.name]).enum).toEqual(expect.arrayContaining(f.only))
  }
})
