import {useMutation} from '@tanstack/react-query'
import {useEffect, useRef, useState} from 'react'
import {createPortal} from 'react-dom'
import {api, data} from '../api/client.ts'
import {meQuery} from '../api/queries.ts'
import {queries} from './cache.ts'
import {type Locked, unlock, useLocked} from './lock.ts'
import {PasswordField} from './password.tsx'

// LockScreen covers everything else, which goes on existing but can neither be seen nor reached.
export function LockScreen() {
  const locked = useLocked()
  useEffect(() => {
    document.body.classList.toggle('locked', locked !== undefined)
  }, [locked])
  return locked && createPortal(<Unlock locked={locked}/>, document.body)
}

function Unlock({locked: {me, why}}: {locked: Locked}) {
  const [password, setPassword] = useState('')
  const before = useRef(document.activeElement)
  const open = useMutation({
    mutationFn: () => data(api.POST('/session', {body: {login: me.login, password, assignmentId: me.current.id}})),
    onSuccess: now => {
      queries.setQueryData(meQuery.queryKey, now)
      unlock(now)
      void queries.invalidateQueries()
      const back = before.current
      setTimeout(() => back instanceof HTMLElement && back.focus())
    },
    onError: () => setPassword(''),
  })
  return (
    <div className="lock" role="dialog" aria-modal="true" aria-labelledby="lock-title">
      <form className="lock-card" onSubmit={e => {
        e.preventDefault()
        open.mutate()
      }}>
        <h1 id="lock-title">{why === 'idle' ? '屏幕已锁定' : '登录已经结束'}</h1>
        <p>{me.name}（{me.current.roleName}），请输入密码继续。刚才填写的内容都还在。</p>
        <input type="text" name="login" autoComplete="username" value={me.login} readOnly hidden/>
        <PasswordField value={password} autoFocus onChange={e => setPassword(e.target.value)} error={open.error?.message}/>
        <button className="main-button" disabled={open.isPending}>{open.isPending ? '正在核对…' : '解锁'}</button>
        <p className="lock-leave"><a href="/work/signin">换人登录（未保存的内容会丢失）</a></p>
      </form>
    </div>
  )
}
