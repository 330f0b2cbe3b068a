import {useInfiniteQuery} from '@tanstack/react-query'
import {Segmented} from 'antd'
import {useSearchParams} from 'react-router'
import type {Schemas} from '../../api/client.ts'
import {alertPagesQuery} from '../../api/queries.ts'
import {Card, Loading, Nothing, Page, Said} from '../../parts/page.tsx'
import {AlertLine} from './alertline.tsx'
import '../../styles/home.css'

type Show = Schemas['AlertState'] | 'all'

const shows: {value: Show; label: string}[] = [
  {value: 'open', label: '待处理'}, {value: 'snoozed', label: '暂缓'}, {value: 'acknowledged', label: '已确认'}, {value: 'all', label: '全部'},
]

// Alerts by what has become of them; those that still wait first.
export function Component() {
  const [params, setParams] = useSearchParams()
  const show = shows.find(s => s.value === params.get('show')) ?? {value: 'open' as const, label: '待处理'}
  const {data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage} = useInfiniteQuery(alertPagesQuery(show.value === 'all' ? undefined : show.value))
  const items = data?.pages.flatMap(p => p.items) ?? []
  return (
    <Page title="提醒" below="期限临近或者已过、有风险的案件，提醒该办的人。确认只是表示已经知道；案件本身仍要继续办。">
      <Card title={show.label} beside={
        <Segmented aria-label="显示哪些提醒" value={show.value} options={shows} onChange={v => setParams(v === 'open' ? {} : {show: v}, {replace: true})}/>
      }>
        {error ? <Said error={error} again={() => void refetch()}/>
          : !data ? <Loading/>
            : items.length === 0 ? <Nothing>没有{show.value === 'all' ? '' : show.label}的提醒。</Nothing>
              : <ul className="lines">{items.map(a => <AlertLine key={a.id} alert={a}/>)}</ul>}
        {hasNextPage && <p className="more"><button className="plain-button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>再显示30条</button></p>}
      </Card>
    </Page>
  )
}
