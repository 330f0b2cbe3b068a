import {useInfiniteQuery} from '@tanstack/react-query'
import {Input, Select} from 'antd'
import {useId} from 'react'
import {useSearchParams} from 'react-router'
import {useCodes} from '../../actions/choices.tsx'
import type {Schemas} from '../../api/client.ts'
import {accessPagesQuery} from '../../api/queries.ts'
import {month, today} from '../../lib/days.ts'
import {AccessLine} from '../../parts/accessline.tsx'
import {Card, Loading, Nothing, Page, Said} from '../../parts/page.tsx'
import '../../styles/rates.css'

// Component is the whole access log, for the audit administrator.
export function Component() {
  const [params, setParams] = useSearchParams()
  const id = useId()
  const kinds = useCodes('accessKind')
  const from = params.get('from') ?? `${month(today())}-01`, to = params.get('to') ?? today()
  const what = params.get('what') as Schemas['AccessKind'] | null
  const log = useInfiniteQuery(accessPagesQuery({from, to, ...what && {what}}))
  const items = log.data?.pages.flatMap(p => p.items) ?? []
  const set = (name: string, value?: string) => {
    const p = new URLSearchParams(params)
    if (value) p.set(name, value)
    else p.delete(name)
    setParams(p, {replace: true})
  }
  return (
    <Page title="查阅记录" below="谁、什么时候、为什么看过个人信息；只记谁看了什么，不记看到的内容。">
      <search className="period">
        <div><label htmlFor={`${id}-from`}>从</label><Input id={`${id}-from`} type="date" value={from} onChange={e => set('from', e.target.value)}/></div>
        <div><label htmlFor={`${id}-to`}>到</label><Input id={`${id}-to`} type="date" value={to} onChange={e => set('to', e.target.value)}/></div>
        <div className="period-wide"><label htmlFor={`${id}-what`}>做了什么</label>
          <Select id={`${id}-what`} virtual={false} allowClear placeholder="全部" options={kinds} value={what} onChange={v => set('what', v ?? undefined)}/></div>
      </search>
      <Card title="记录">
        {log.error ? <Said error={log.error} again={() => void log.refetch()}/>
          : !log.data ? <Loading/>
            : items.length === 0 ? <Nothing>这段时间没有记录。</Nothing>
              : <ul className="lines">{items.map(a => <AccessLine key={a.id} a={a} withCase/>)}</ul>}
        {log.hasNextPage && <p className="more"><button className="plain-button" disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>再显示50条</button></p>}
      </Card>
    </Page>
  )
}
