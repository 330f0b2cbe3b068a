import {useEffect, useId, useRef} from 'react'

// Dialog is the browser's own: it keeps the focus, closes by Escape and makes the rest unreachable. The library's locks
// the page's scrolling by a style element that the pages' policy forbids.
export function Dialog({title, close, children, foot}: {
  title: string; close: () => void; children: React.ReactNode; foot: React.ReactNode
}) {
  const id = useId()
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    if (!dialog.open) dialog.showModal()
    dialog.querySelector<HTMLElement>('.dialog-body :is(input:not([type=hidden]), textarea, button, select)')?.focus()
    return () => dialog.close()
  }, [])
  return (
    <dialog ref={ref} className="dialog" aria-labelledby={id} onCancel={e => {
      e.preventDefault()
      if (e.target === e.currentTarget) close()
    }}>
      <div className="dialog-head"><h2 id={id}>{title}</h2>
        <button type="button" className="plain-button" onClick={close}>返回</button></div>
      <div className="dialog-body">{children}</div>
      <div className="dialog-foot">{foot}</div>
    </dialog>
  )
}
