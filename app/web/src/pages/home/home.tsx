import {FormOutlined} from '@ant-design/icons'
import {useQuery, useSuspenseQuery} from '@tanstack/react-query'
import {useEffect} from 'react'
import {Link} from 'react-router'
import type {Me} from '../../api/client.ts'
import {caseCountQuery, casesQuery, meQuery, type CaseFilter} from '../../api/queries.ts'
import {mayEnter} from '../../app/rooms.ts'
import {spoken, today as todayNow} from '../../lib/days.ts'
import {CaseLine} from '../../parts/caseline.tsx'
import {Card, Loading, Nothing, Page, Said} from '../../parts/page.tsx'
import {Today} from './today.tsx'
import {OpenAlerts} from './openalerts.tsx'
import {waits} from './waits.ts'
import '../../styles/home.css'

// Home answers one question: what is to be done now.
export function Component() {
  const {data: me} = useSuspenseQuery(meQuery)
  const today = todayNow()
  // a mediator's own cases; everybody else answers for all they can see
  const whose: CaseFilter = me.current.role === 'mediator' ? {mediator: me.personId} : {}
  const handles = mayEnter(me, 'cases')
  useAhead(mayEnter(me, 'register'))
  return (
    <Page title={`${me.name}，${greeting()}`} below={<>{spoken(today)} · {me.current.organisation.name}</>}
      beside={mayEnter(me, 'register') && <>
        <Link className="plain-button home-main" to="/register?instant=1">即时化解</Link>
        <Link className="main-button home-main" to="/register"><FormOutlined aria-hidden/>登记纠纷</Link>
      </>}>
      {!handles && <Elsewhere me={me}/>}
      {handles && <>
        <Waits whose={whose}/>
        <div className="home-grid">
          <DueSoon whose={whose} today={today}/>
          <div className="home-side">
            <Today own={me.current.role === 'mediator'} today={today}/>
            <OpenAlerts/>
          </div>
        </div>
      </>}
    </Page>
  )
}

// useAhead fetches the forms while somebody reads, so that the big button opens them at once.
function useAhead(registers: boolean) {
  useEffect(() => {
    const idle = requestIdleCallback(() => void (registers ? import('../intake/intake.tsx') : import('../cases/list.tsx')))
    return () => cancelIdleCallback(idle)
  }, [registers])
}

function greeting(): string {
  const hour = Number(new Intl.DateTimeFormat('en-GB', {timeZone: 'Asia/Shanghai', hour: '2-digit', hour12: false}).format(new Date()))
  return hour < 6 ? '夜深了' : hour < 12 ? '上午好' : hour < 18 ? '下午好' : '晚上好'
}

// Waits counts the open cases by what they wait for.
function Waits({whose}: {whose: CaseFilter}) {
  return (
    <Card title={whose.mediator ? '我手上的案件' : '办理中的案件'} beside={<Link to="/cases">全部案件</Link>}>
      <div className="waits">
        {waits.map(w => <Wait key={w.label} wait={w} whose={w.nobodys ? {} : whose}/>)}
      </div>
    </Card>
  )
}

function Wait({wait: {label, statuses, seldom}, whose}: {wait: (typeof waits)[number]; whose: CaseFilter}) {
  const {data} = useQuery(caseCountQuery({...whose, status: statuses}))
  if (seldom && !data?.count) return null
  const query = new URLSearchParams(statuses.map(s => ['status', s]))
  if (whose.mediator) query.set('mine', '1')
  return (
    <Link className={`wait ${data?.count === 0 ? 'wait-none' : ''}`} to={`/cases?${query}`}>
      <b className="number">{data?.display ?? '…'}</b><span>{label}</span>
    </Link>
  )
}

// DueSoon lists what is late, then what falls due in the next days.
function DueSoon({whose, today}: {whose: CaseFilter; today: string}) {
  const late = useQuery(casesQuery({...whose, overdue: true, pageSize: 10}))
  const open = useQuery(casesQuery({...whose, status: waits.flatMap(w => w.statuses), pageSize: 30}))
  const error = late.error ?? open.error
  const soon = (open.data?.items ?? [])
    .filter(c => !c.overdue && c.nextDueOn && c.nextDueOn >= today)
    .sort((a, b) => (a.nextDueOn ?? '').localeCompare(b.nextDueOn ?? ''))
    .slice(0, 8)
  const all = [...late.data?.items ?? [], ...soon]
  return (
    <Card title="到期与超期" beside={late.data?.nextCursor && <Link to="/cases?overdue=1">全部超期案件</Link>}>
      {error ? <Said error={error} again={() => void Promise.all([late.refetch(), open.refetch()])}/>
        : late.isPending || open.isPending ? <Loading/>
          : all.length === 0 ? <Nothing>没有超期的案件，近期也没有到期的。</Nothing>
            : <ul className="lines">{all.map(c => <CaseLine key={c.id} c={c} today={today}/>)}</ul>}
    </Card>
  )
}

function Elsewhere({me}: {me: Me}) {
  return (
    <Card title="您的身份">
      <p>您现在的身份不办理具体案件，所以这里没有案件。</p>
      {mayEnter(me, 'rates') && <p><Link to="/rates">查看调解成功率</Link></p>}
      {mayEnter(me, 'accesses') && <p><Link to="/accesses">查看查阅记录</Link></p>}
    </Card>
  )
}
