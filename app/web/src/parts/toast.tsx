import {useEffect, useSyncExternalStore} from 'react'

// A word that something was done, for a few seconds and for readers of the screen.
let said: {text: string; no: number} | undefined
let count = 0
const listeners = new Set<() => void>()

function set(to: typeof said) {
  said = to
  listeners.forEach(tell => tell())
}

export function toast(text: string) {
  set({text, no: ++count})
}

export function Toasts() {
  const now = useSyncExternalStore(tell => {
    listeners.add(tell)
    return () => listeners.delete(tell)
  }, () => said)
  useEffect(() => {
    if (!now) return
    const gone = setTimeout(() => set(undefined), 5000)
    return () => clearTimeout(gone)
  }, [now])
  return <div className="toasts" role="status">{now && <p key={now.no} className="toast"><span aria-hidden>✓ </span>{now.text}</p>}</div>
}
