import type {Schemas} from '../api/client.ts'

export type Path = (string | number)[]

// path turns a JSON pointer into the name of a form's field: /parties/0/idNumber → ['parties', 0, 'idNumber'].
export function path(pointer: string): Path {
  return pointer.split('/').slice(1)
    .map(p => p.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map(p => /^\d+$/.test(p) ? Number(p) : p)
}

export type Landed = {fields: {name: Path; errors: string[]}[]; rest: string[]}

// land sorts the service's complaints: those about a field that the form has, by its field, and the others. A complaint
// about something inside a field (/remedies/0) belongs to the field.
export function land(errors: Schemas['FieldProblem'][], has: (name: Path) => boolean): Landed {
  const byName = new Map<string, {name: Path; errors: string[]}>()
  const rest: string[] = []
  for (const e of errors) {
    let name = path(e.pointer)
    while (name.length > 0 && !has(name)) name = name.slice(0, -1)
    if (name.length === 0) {
      rest.push(e.detail)
      continue
    }
    const key = JSON.stringify(name)
    const at = byName.get(key) ?? {name, errors: []}
    at.errors.push(e.detail)
    byName.set(key, at)
  }
  return {fields: [...byName.values()], rest}
}
