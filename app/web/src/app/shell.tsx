import {AlertOutlined, AuditOutlined, BarChartOutlined, CalendarOutlined, FileTextOutlined, FormOutlined, HomeOutlined, UserOutlined} from '@ant-design/icons'
import {useMutation, useQuery, useSuspenseQuery} from '@tanstack/react-query'
import {ConfigProvider} from 'antd'
import zhCN from 'antd/locale/zh_CN'
import {Suspense, useEffect, useRef} from 'react'
import {NavLink, Outlet, useLocation, useNavigation} from 'react-router'
import {api, type Me} from '../api/client.ts'
import {alertCountQuery, meQuery} from '../api/queries.ts'
import {mayEnter, type Room} from './rooms.ts'
import {setElder, useElder} from './taste.ts'
import {themeOf} from './theme.ts'
import {ElderSwitch} from './password.tsx'
import {Toasts} from '../parts/toast.tsx'
import {Watermark} from './watermark.tsx'
import '../styles/shell.css'
import '../styles/parts.css'

const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce

// Shell is the frame around every page of somebody who is signed in.
export function Component() {
  const elder = useElder()
  return (
    <ConfigProvider locale={zhCN} theme={themeOf(elder)} csp={{nonce}} button={{autoInsertSpace: false}}
      form={{requiredMark: required}} wave={{disabled: true}} getPopupContainer={popups}>
      <Frame/>
      <Toasts/>
    </ConfigProvider>
  )
}

// popups of a dialog belong into it: all else is out of reach while it is open.
function popups(near?: HTMLElement): HTMLElement {
  return near?.closest('dialog') ?? document.body
}

// Most fields must be filled in, so the others are marked.
function required(label: React.ReactNode, {required}: {required: boolean}) {
  return <>{label}{!required && <span className="optional">可不填</span>}</>
}

const rooms: {room: Room; to: string; label: string; short: string; icon: React.ReactNode}[] = [
  {room: 'home', to: '/', label: '首页', short: '首页', icon: <HomeOutlined/>},
  {room: 'register', to: '/register', label: '登记纠纷', short: '登记', icon: <FormOutlined/>},
  {room: 'cases', to: '/cases', label: '案件', short: '案件', icon: <FileTextOutlined/>},
  {room: 'agenda', to: '/agenda', label: '调解日程', short: '日程', icon: <CalendarOutlined/>},
  {room: 'alerts', to: '/alerts', label: '提醒', short: '提醒', icon: <AlertOutlined/>},
  {room: 'rates', to: '/rates', label: '调解成功率', short: '成功率', icon: <BarChartOutlined/>},
  {room: 'accesses', to: '/accesses', label: '查阅记录', short: '查阅', icon: <AuditOutlined/>},
  {room: 'account', to: '/account', label: '我的账号', short: '我的', icon: <UserOutlined/>},
]

function Frame() {
  const {data: me} = useSuspenseQuery(meQuery)
  const elder = useElder()
  const main = useRef<HTMLElement>(null)
  const {pathname} = useLocation()
  const arrived = useRef(pathname)
  useEffect(() => {
    // a reader of the screen hears of the new page; the first one is announced anyway
    if (arrived.current !== pathname) main.current?.focus({preventScroll: true})
    arrived.current = pathname
    window.scrollTo(0, 0)
  }, [pathname])
  const moving = useNavigation().state !== 'idle'
  return (
    <div className="shell">
      <a className="skip" href="#content" onClick={e => {
        e.preventDefault()
        main.current?.focus()
      }}>跳到正文</a>
      <header className="bar">
        <NavLink to="/" className="bar-mark"><b>百米</b><span>人民调解工作台</span></NavLink>
        <div className="bar-who">
          <span className="bar-post">{me.current.organisation.name}</span>
          <span className="bar-name">{me.name}<small>{me.current.roleName}</small></span>
          <ElderSwitch on={elder} set={setElder}/>
          <SignOut/>
        </div>
      </header>
      <nav className="side" aria-label="主导航">
        {rooms.filter(r => mayEnter(me, r.room)).map(r => (
          <NavLink key={r.to} to={r.to} end={r.to === '/'} className="side-link">
            <span className="side-icon" aria-hidden>{r.icon}</span>
            <span className="side-label">{r.label}</span><span className="side-short" aria-hidden>{r.short}</span>
            {r.room === 'alerts' && <AlertCount/>}
          </NavLink>
        ))}
      </nav>
      <main className="content" id="content" ref={main} tabIndex={-1} aria-busy={moving}>
        <Suspense fallback={<div className="waiting" role="status"><span className="visually-hidden">正在打开</span></div>}>
          <Outlet/>
        </Suspense>
      </main>
      <Mark me={me}/>
    </div>
  )
}

function AlertCount() {
  const {data} = useQuery(alertCountQuery)
  if (!data?.total) return null
  return <span className="side-count"><span className="visually-hidden">未处理</span>{data.total > 99 ? '99+' : data.total}</span>
}

function SignOut() {
  const out = useMutation({
    mutationFn: () => api.DELETE('/session'),
    // a whole new page: nothing of what was read is left in memory
    onSettled: () => window.location.assign('/work/signin'),
  })
  return <button type="button" className="bar-button" onClick={() => out.mutate()}>退出</button>
}

function Mark({me}: {me: Me}) {
  const {pathname} = useLocation()
  return pathname.startsWith('/account') ? null : <Watermark name={me.name} login={me.login}/>
}
