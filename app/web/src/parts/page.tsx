import {useEffect} from 'react'
import {Refusal} from '../api/client.ts'

// Page is the head of every page: its one h1, the title of the window, and what can be done here.
export function Page({title, beside, below, children}: {
  title: string; beside?: React.ReactNode; below?: React.ReactNode; children: React.ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · 百米`
  }, [title])
  return (
    <>
      <div className="page-head">
        <div><h1>{title}</h1>{below && <div className="page-below">{below}</div>}</div>
        {beside && <div className="page-beside">{beside}</div>}
      </div>
      {children}
    </>
  )
}

// Card is a part of a page with its heading.
export function Card({title, beside, children, className, id}: {
  title: string; beside?: React.ReactNode; children: React.ReactNode; className?: string; id?: string
}) {
  return (
    <section className={`card ${className ?? ''}`} id={id}>
      <div className="card-head"><h2>{title}</h2>{beside}</div>
      {children}
    </section>
  )
}

// Said shows what went wrong, in the service's words, with a way to try again.
export function Said({error, again}: {error: Error; again?: () => void}) {
  const mayHelp = !(error instanceof Refusal)
  return (
    <div className="said" role="alert">
      <p>{error.message}</p>
      {again && mayHelp && <button type="button" className="plain-button" onClick={again}>再试一次</button>}
    </div>
  )
}

export function Nothing({children}: {children: React.ReactNode}) {
  return <p className="nothing">{children}</p>
}

export function Loading() {
  return <div className="loading" role="status"><span className="visually-hidden">正在读取</span><i/><i/><i/></div>
}
