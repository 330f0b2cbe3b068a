import type {Case, Me, paths, Schemas} from '../api/client.ts'

// A form is a list of fields. The name of a field is the name of a property of the request, so that a complaint of the
// service finds its field by itself.
type Common = {
  name: string
  label: string
  help?: string
  optional?: boolean
  when?: (values: Values) => boolean // left out otherwise
}
export type Values = Record<string, unknown>

export type Rows = 'agreements' | 'confirmations' | 'followUps' | 'representatives' | 'escalations' | 'attachments' | 'recusals' | 'invitees' | 'dataConsents' | 'sessions'

export type Field = Common & (
  | {kind: 'day' | 'moment'}
  | {kind: 'text'; rows?: number}
  | {kind: 'money'}
  | {kind: 'count'}
  | {kind: 'yes'}
  | {kind: 'file'} // brought to the case when it is chosen; its number is sent
  | {kind: 'code' | 'codes'; dictionary: string; only?: string[]}
  | {kind: 'mediators' | 'ownMediator' | 'committee'}
  | {kind: 'party' | 'parties' | 'representative'}
  | {kind: 'room' | 'session'} // a session that is planned, in the body
  | {kind: 'obligation'} // which one; it is part of the path
  | {kind: 'row'; rows: Rows} // the same of other rows
  | {kind: 'notices' | 'obligations' | 'signatures' | 'corrections' | 'choices'}
)

// Form is what an action asks for and where it is sent.
export type Form = {
  path: keyof paths
  method?: 'POST' | 'PATCH'
  // forward leads on, record adds to the case, exit ends it otherwise
  way: 'forward' | 'record' | 'exit'
  intro?: string
  warning?: string
  fields: Field[]
  initial?: (c: Case, me: Me, today: string) => Values
  onlyChanges?: boolean // what was left as it was is not sent
}

export type Action = Schemas['Action']

export const day = (name: string, label: string, more: Partial<Common> = {}): Field => ({kind: 'day', name, label, ...more})
export const code = (name: string, label: string, dictionary: string, more: Partial<Common> & {only?: string[]} = {}): Field =>
  ({kind: 'code', name, label, dictionary, ...more})
export const codes = (name: string, label: string, dictionary: string, more: Partial<Common> = {}): Field =>
  ({kind: 'codes', name, label, dictionary, ...more})
export const text = (name: string, label: string, more: Partial<Common> & {rows?: number} = {}): Field => ({kind: 'text', name, label, ...more})
export const row = (rows: Rows, label: string): Field => ({kind: 'row', name: 'no', label, rows})
export const field = (kind: Exclude<Field['kind'], 'code' | 'codes' | 'row'>, name: string, label: string, more: Partial<Common> = {}): Field =>
  ({kind, name, label, ...more})
