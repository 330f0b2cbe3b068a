import {useQuery, useSuspenseQuery} from '@tanstack/react-query'
import {Segmented} from 'antd'
import {useSearchParams} from 'react-router'
import type {Schemas} from '../../api/client.ts'
import {agendaQuery, meQuery} from '../../api/queries.ts'
import {today as todayNow} from '../../lib/days.ts'
import {addDays, dayName, monday} from '../../lib/week.ts'
import {Card, Loading, Nothing, Page, Said} from '../../parts/page.tsx'
import {SessionLine} from '../../parts/sessionline.tsx'
import '../../styles/agenda.css'

// Component is the calendar of sessions, a week at a time and day by day.
export function Component() {
  const {data: me} = useSuspenseQuery(meQuery)
  const today = todayNow()
  const [params, setParams] = useSearchParams()
  const from = monday(params.get('week') ?? today)
  const to = addDays(from, 6)
  const mediates = me.current.role === 'mediator' || me.current.role === 'committee_director'
  const own = mediates && (params.get('whose') ?? (me.current.role === 'mediator' ? 'own' : 'all')) === 'own'
  const {data, error, refetch} = useQuery(agendaQuery({from, to, own}))
  const go = (change: Record<string, string>) => setParams({...Object.fromEntries(params), ...change}, {replace: true})
  const days = [0, 1, 2, 3, 4, 5, 6].map(n => addDays(from, n))
  return (
    <Page title="调解日程" below={`${dayName(from)} 至 ${dayName(to)}`} beside={
      <nav className="agenda-nav" aria-label="换一周">
        <button type="button" className="plain-button" onClick={() => go({week: addDays(from, -7)})}>上一周</button>
        <button type="button" className="plain-button" disabled={from === monday(today)} onClick={() => go({week: today})}>本周</button>
        <button type="button" className="plain-button" onClick={() => go({week: addDays(from, 7)})}>下一周</button>
      </nav>
    }>
      <Card title={data ? `共${data.items.length}场` : '调解会'} beside={mediates &&
        <Segmented aria-label="谁的调解会" value={own ? 'own' : 'all'} onChange={v => go({whose: v})}
          options={[{value: 'own', label: '我主持的'}, {value: 'all', label: '本单位的'}]}/>}>
        {error ? <Said error={error} again={() => void refetch()}/> : !data ? <Loading/> : <>
          {data.more && <p className="faint">这一周的调解会太多，只显示前{data.items.length}场。</p>}
          {days.map(d => <Day key={d} day={d} today={today} items={data.items.filter(x => todayNow(new Date(x.startsAt)) === d)}/>)}
        </>}
      </Card>
    </Page>
  )
}

function Day({day, today, items}: {day: string; today: string; items: Schemas['AgendaItem'][]}) {
  return (
    <section className={`agenda-day${day === today ? ' agenda-today' : ''}`} aria-label={dayName(day)}>
      <h3>{dayName(day)}{day === today && <span className="tag tag-work">今天</span>}</h3>
      {items.length === 0 ? <Nothing>没有安排</Nothing>
        : <ul className="lines">{items.map(x => <SessionLine key={`${x.caseId}/${x.sessionNo}`} x={x}/>)}</ul>}
    </section>
  )
}
