import {useRouteError} from 'react-router'
import {Refusal, Unreachable} from '../api/client.ts'

// Broken stands where a page could not be shown.
export function Broken() {
  const error = useRouteError()
  const said = error instanceof Refusal || error instanceof Unreachable ? error.message : '页面没有打开。请刷新再试；仍然如此，请联系管理员'
  return (
    <main className="broken" role="alert">
      <h1>没有打开</h1>
      <p>{said}</p>
      <p><a className="plain-button" href="/work/">回到首页</a> <button className="plain-button" onClick={() => window.location.reload()}>刷新</button></p>
    </main>
  )
}

// Waiting stands there until the first part has come.
export function Waiting() {
  return <div className="waiting" role="status"><span className="visually-hidden">正在打开</span></div>
}
