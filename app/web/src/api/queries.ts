import {infiniteQueryOptions, keepPreviousData, queryOptions} from '@tanstack/react-query'
import {api, data, type paths, type Schemas} from './client.ts'

// What the pages read, each with its name in the cache. The cache is memory only and is emptied at sign-out.

const minute = 60_000

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => data(api.GET('/session')),
  staleTime: 10 * minute,
})

export const dictionariesQuery = queryOptions({
  queryKey: ['dictionaries'],
  queryFn: () => data(api.GET('/dictionaries')),
  staleTime: Infinity,
  select: d => new Map(d.items.map(x => [x.name, x])),
})

export type CaseFilter = NonNullable<paths['/cases']['get']['parameters']['query']>

export const casesQuery = (filter: CaseFilter) => queryOptions({
  queryKey: ['cases', 'page', filter],
  queryFn: () => data(api.GET('/cases', {params: {query: filter}})),
  placeholderData: keepPreviousData,
})

export const casePagesQuery = (filter: CaseFilter) => infiniteQueryOptions({
  queryKey: ['cases', 'pages', filter],
  queryFn: ({pageParam}) => data(api.GET('/cases', {params: {query: {...filter, cursor: pageParam}}})),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: last => last.nextCursor,
  placeholderData: keepPreviousData,
})

export const caseCountQuery = (filter: Omit<CaseFilter, 'pageSize' | 'cursor'>) => queryOptions({
  queryKey: ['cases', 'count', filter],
  queryFn: () => data(api.GET('/cases/count', {params: {query: filter}})),
})

export const caseQuery = (caseId: string) => queryOptions({
  queryKey: ['case', caseId],
  queryFn: () => data(api.GET('/cases/{caseId}', {params: {path: {caseId}}})),
  // each look at a case is logged, so it is read again only when there is a reason
  staleTime: 5 * minute,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
})

export const confirmationAdviceQuery = (caseId: string, version: number, applies: Schemas['AnswerableReason'][], appliesNot: Schemas['AnswerableReason'][]) => queryOptions({
  queryKey: ['case', caseId, 'confirmation-advice', version, applies, appliesNot],
  queryFn: () => data(api.GET('/cases/{caseId}/confirmation-advice', {params: {path: {caseId}, query: {applies, appliesNot}}})),
  placeholderData: keepPreviousData,
})

export const formsQuery = (caseId: string) => queryOptions({
  queryKey: ['case', caseId, 'forms'],
  queryFn: () => data(api.GET('/cases/{caseId}/forms', {params: {path: {caseId}}})),
  retry: false, // who may not print is told so once
})

export const caseAccessesQuery = (caseId: string) => infiniteQueryOptions({
  queryKey: ['case', caseId, 'accesses'],
  queryFn: ({pageParam}) => data(api.GET('/cases/{caseId}/accesses', {params: {path: {caseId}, query: {cursor: pageParam}}})),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: last => last.nextCursor,
})

export type AccessFilter = NonNullable<paths['/access-log']['get']['parameters']['query']>

export const accessPagesQuery = (filter: AccessFilter) => infiniteQueryOptions({
  queryKey: ['accesses', filter],
  queryFn: ({pageParam}) => data(api.GET('/access-log', {params: {query: {...filter, pageSize: 50, cursor: pageParam}}})),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: last => last.nextCursor,
})

export const caseEventsQuery = (caseId: string) => queryOptions({
  queryKey: ['case', caseId, 'events'],
  queryFn: () => data(api.GET('/cases/{caseId}/events', {params: {path: {caseId}}})),
})

export const deadlineQuery = (caseId: string, no: number) => queryOptions({
  queryKey: ['case', caseId, 'deadline', no],
  queryFn: () => data(api.GET('/cases/{caseId}/deadlines/{no}', {params: {path: {caseId, no}}})),
})

export const openAlertsQuery = queryOptions({
  queryKey: ['alerts', 'open'],
  queryFn: () => data(api.GET('/alerts', {params: {query: {state: 'open', pageSize: 8}}})),
})

export const alertCountQuery = queryOptions({
  queryKey: ['alerts', 'count'],
  queryFn: () => data(api.GET('/alerts/count')),
})

export const alertPagesQuery = (state?: Schemas['AlertState']) => infiniteQueryOptions({
  queryKey: ['alerts', 'pages', state],
  queryFn: ({pageParam}) => data(api.GET('/alerts', {params: {query: {state, pageSize: 30, cursor: pageParam}}})),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: last => last.nextCursor,
})

export const mediatorsQuery = (orgId: number) => queryOptions({
  queryKey: ['mediators', orgId],
  queryFn: () => data(api.GET('/organisations/{orgId}/mediators', {params: {path: {orgId}}})),
  staleTime: 5 * minute,
})

export const roomsQuery = queryOptions({
  queryKey: ['rooms'],
  queryFn: () => data(api.GET('/rooms')),
  staleTime: 5 * minute,
})

export type AgendaFilter = paths['/agenda']['get']['parameters']['query']

export const agendaQuery = (query: AgendaFilter) => queryOptions({
  queryKey: ['agenda', query],
  queryFn: () => data(api.GET('/agenda', {params: {query}})),
  placeholderData: keepPreviousData,
})

export const committeesQuery = (q: string) => queryOptions({
  queryKey: ['committees', q],
  queryFn: () => data(api.GET('/organisations', {params: {query: {kind: 'committee', pageSize: 50, ...q && {q}}}})),
  staleTime: 5 * minute,
  placeholderData: keepPreviousData,
})

export const organisationQuery = (orgId: number) => queryOptions({
  queryKey: ['organisation', orgId],
  queryFn: () => data(api.GET('/organisations/{orgId}', {params: {path: {orgId}}})),
  staleTime: 5 * minute,
})

export const areasQuery = (query: {parent?: number; q?: string}) => queryOptions({
  queryKey: ['areas', query],
  queryFn: () => data(api.GET('/areas', {params: {query}})),
  staleTime: 5 * minute,
})

export type RatesFilter = paths['/rates']['get']['parameters']['query']

export const ratesQuery = (filter: RatesFilter) => queryOptions({
  queryKey: ['rates', filter],
  queryFn: () => data(api.GET('/rates', {params: {query: filter}})),
  placeholderData: keepPreviousData,
})
