import {useInfiniteQuery, useQuery, useSuspenseQuery} from '@tanstack/react-query'
import {Link, useSearchParams} from 'react-router'
import type {Schemas} from '../../api/client.ts'
import {caseCountQuery, type CaseFilter, casePagesQuery, meQuery} from '../../api/queries.ts'
import {mayEnter} from '../../app/rooms.ts'
import {today as todayNow} from '../../lib/days.ts'
import {Loading, Nothing, Page, Said} from '../../parts/page.tsx'
import {Filters} from './filters.tsx'
import {CaseTable} from './table.tsx'
import '../../styles/list.css'

// Component lists the cases that somebody may see. What is asked for stands in the address, so that it can be sent on.
export function Component() {
  const {data: me} = useSuspenseQuery(meQuery)
  const [params, setParams] = useSearchParams()
  const filter = filterOf(params, me.personId)
  const pages = useInfiniteQuery(casePagesQuery({...filter, pageSize: 20}))
  const {data: count} = useQuery(caseCountQuery(filter))
  const items = pages.data?.pages.flatMap(p => p.items) ?? []
  return (
    <Page title="案件" below={count && <>共 <b className="number">{count.display}</b> 件，新登记的在前</>}
      beside={mayEnter(me, 'register') && <Link className="main-button" to="/register">登记纠纷</Link>}>
      <Filters params={params} change={p => setParams(p, {replace: true})}/>
      {pages.error ? <Said error={pages.error} again={() => void pages.refetch()}/>
        : pages.isPending ? <Loading/>
          : items.length === 0 ? <Nothing>没有符合条件的案件。</Nothing>
            : <CaseTable items={items} today={todayNow()} stale={pages.isPlaceholderData}/>}
      {pages.hasNextPage && <p className="more">
        <button className="plain-button" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>再显示20件</button>
      </p>}
    </Page>
  )
}

function filterOf(p: URLSearchParams, me: number): CaseFilter {
  const status = p.getAll('status') as Schemas['CaseStatus'][]
  return {
    ...status.length > 0 && {status},
    ...p.get('type') && {type: p.get('type') as string},
    ...p.get('source') && {source: p.get('source') as Schemas['CaseSource']},
    ...p.get('tier') && {tier: p.get('tier') as Schemas['Tier']},
    ...p.get('overdue') && {overdue: true},
    ...p.get('mine') && {mediator: me},
  }
}
