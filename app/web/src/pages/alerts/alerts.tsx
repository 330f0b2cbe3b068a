import {useInfiniteQuery} from '@tanstack/react-query'
import {Segmented} from 'antd'
import {useSearchParams} from 'react-router'
import {alertPagesQuery} from '../../api/queries.ts'
import {Card, Loading, Nothing, Page, Said} from '../../parts/page.tsx'
import {AlertLine} from './alertline.tsx'
import '../../styles/home.css'

// Alerts are all alerts, or those that still wait.
export function Component() {
  const [params, setParams] = useSearchParams()
  const open = params.get('all') !== '1'
  const {data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage} = useInfiniteQuery(alertPagesQuery(open))
  const items = data?.pages.flatMap(p => p.items) ?? []
  return (
    <Page title="提醒" below="期限将到、已经超期，或者案件出现需要注意的情况，系统提醒相关人员；确认后不再提示，案件本身仍要继续办。">
      <Card title={open ? '待处理' : '全部提醒'} beside={
        <Segmented aria-label="显示哪些提醒" value={open ? 'open' : 'all'} options={[{value: 'open', label: '待处理'}, {value: 'all', label: '全部'}]}
          onChange={v => setParams(v === 'all' ? {all: '1'} : {}, {replace: true})}/>
      }>
        {error ? <Said error={error} again={() => void refetch()}/>
          : !data ? <Loading/>
            : items.length === 0 ? <Nothing>没有{open && '待处理的'}提醒。</Nothing>
              : <ul className="lines">{items.map(a => <AlertLine key={a.id} alert={a}/>)}</ul>}
        {hasNextPage && <p className="more"><button className="plain-button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>再显示30条</button></p>}
      </Card>
    </Page>
  )
}
