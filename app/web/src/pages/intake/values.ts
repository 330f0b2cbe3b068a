import type {Case, Schemas} from '../../api/client.ts'
import {clean} from '../../actions/body.ts'

export type PartyValues = Partial<Schemas['NewParty']>

// IntakeValues is what the one form holds for both ways of taking a dispute in. A name is the name in the request.
export type IntakeValues = Partial<Omit<Schemas['NewCase'], 'parties'>> & Partial<Omit<Schemas['InstantSettlement'], 'parties'>> & {
  parties: PartyValues[]
}

const both = ['type', 'place', 'facts', 'parties', 'amount', 'areaId', 'confidentiality'] as const
const registering = [...both, 'source', 'referrer', 'courtReferral', 'requestedOn', 'requestedHow', 'wish', 'peopleCount', 'risks'] as const
const settling = [...both, 'on', 'terms', 'obligations'] as const

export function start(today: string): IntakeValues {
  return {
    requestedOn: today, on: today, source: 'applied', requestedHow: 'visit', confidentiality: 'ordinary', risks: [],
    parties: [{role: 'applicant', kind: 'natural'}, {role: 'respondent', kind: 'natural'}],
  }
}

// fromClue is what a clue already tells.
export function fromClue(c: Case, today: string): IntakeValues {
  return {...start(today), type: c.type, place: c.place, facts: c.facts, risks: c.risks, peopleCount: c.peopleCount || undefined,
    requestedHow: 'finding', confidentiality: c.confidentiality}
}

function pick(v: IntakeValues, names: readonly (keyof IntakeValues)[]): unknown {
  return clean(Object.fromEntries(names.map(n => [n, v[n]])))
}

export function registration(v: IntakeValues): Schemas['NewCase'] {
  const out = pick(v, registering) as Schemas['NewCase']
  if (out.source !== 'referred') delete out.referrer
  if (out.referrer !== 'court' || Object.keys(out.courtReferral ?? {}).length === 0) delete out.courtReferral
  return out
}

// clueRegistration: its source, committee and point are those of the clue.
export function clueRegistration(v: IntakeValues): Schemas['ClueRegistration'] {
  return pick(v, registering.filter(n => n !== 'source' && n !== 'referrer' && n !== 'courtReferral')) as Schemas['ClueRegistration']
}

export function settlement(v: IntakeValues): Schemas['InstantSettlement'] {
  const out = pick(v, settling) as Schemas['InstantSettlement']
  if (out.obligations?.length === 0) delete out.obligations
  return out
}
