import {useMutation} from '@tanstack/react-query'
import {useEffect, useState} from 'react'
import {useNavigate, useSearchParams} from 'react-router'
import {api, data, type Me, Refusal} from '../api/client.ts'
import {meQuery} from '../api/queries.ts'
import {queries} from '../app/cache.ts'
import {forget, watch} from '../app/lock.ts'
import {ElderSwitch, PasswordField} from '../app/password.tsx'
import {setElder, useElder} from '../app/taste.ts'
import {land} from '../lib/pointer.ts'
import '../styles/signin.css'

// The sign-in page is plain HTML in its own style, so that it is there at once on a slow line.
export function Component() {
  const [me, setMe] = useState<Me>()
  const elder = useElder()
  useEffect(() => {
    document.title = '登录 · 百米人民调解工作台'
    // what somebody else has read is gone before the next one signs in
    forget()
    queries.clear()
  }, [])
  return (
    <div className="signin">
      <header className="signin-about">
        <p className="signin-mark" lang="zh-CN">百米</p>
        <p className="signin-what">人民调解工作台</p>
        <p className="signin-motto">纠纷登记、受理、调解、履行、归档，一件到底。</p>
      </header>
      <main className="signin-main">
        <div className="signin-card">
          {me ? <ChoosePost me={me}/> : <SignIn done={setMe}/>}
        </div>
        <ElderSwitch on={elder} set={setElder}/>
      </main>
    </div>
  )
}

function useEnter() {
  const navigate = useNavigate()
  const [params] = useSearchParams()
  return (me: Me) => {
    queries.setQueryData(meQuery.queryKey, me)
    watch(me)
    const next = params.get('next') ?? '/'
    void navigate(next.startsWith('/') && !next.startsWith('//') ? next : '/', {replace: true})
  }
}

function SignIn({done}: {done: (me: Me) => void}) {
  const enter = useEnter()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => {
      void import('../app/shell.tsx') // comes over the line while the service checks the password
      return data(api.POST('/session', {body: {login: login.trim(), password}}))
    },
    onSuccess: me => me.assignments.length > 1 ? done(me) : enter(me),
    onError: () => setPassword(''),
  })
  const landed = signIn.error instanceof Refusal ? land(signIn.error.problem.errors ?? [], n => n[0] === 'login') : undefined
  return (
    <form onSubmit={e => {
      e.preventDefault()
      signIn.mutate()
    }}>
      <h1>登录</h1>
      {signIn.error && <p className="signin-error" role="alert">{signIn.error.message}</p>}
      <div className="field">
        <label htmlFor="login">登录名</label>
        <input id="login" name="login" autoComplete="username" autoCapitalize="none" spellCheck={false} required maxLength={64}
          autoFocus value={login} onChange={e => setLogin(e.target.value)}/>
        {landed?.fields.map(f => <p className="field-error" key={f.errors[0]}>{f.errors.join('；')}</p>)}
      </div>
      <PasswordField value={password} onChange={e => setPassword(e.target.value)}/>
      <button className="main-button" disabled={signIn.isPending}>{signIn.isPending ? '正在登录…' : '登录'}</button>
      <p className="signin-help">忘记密码，请联系本单位的系统管理员当面重置。</p>
    </form>
  )
}

// ChoosePost asks somebody who holds several posts which one to work in.
function ChoosePost({me}: {me: Me}) {
  const enter = useEnter()
  const choose = useMutation({
    mutationFn: (assignmentId: number) => data(api.PUT('/session/assignment', {body: {assignmentId}})),
    onSuccess: enter,
  })
  return (
    <div>
      <h1>{me.name}，以哪个岗位办理？</h1>
      {choose.error && <p className="signin-error" role="alert">{choose.error.message}</p>}
      <ul className="posts">
        {me.assignments.map(p => (
          <li key={p.id}>
            <button className="post" disabled={choose.isPending} onClick={() => p.id === me.current.id ? enter(me) : choose.mutate(p.id)}>
              <strong>{p.roleName}</strong><span>{p.organisation.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
