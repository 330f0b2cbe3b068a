import {useCallback, type KeyboardEvent} from 'react'

const stops = 'input:not([type=hidden]):not([disabled]), textarea:not([disabled]), button[data-stop]:not([disabled])'

// useEnterMoves makes Enter go to the next field, as on the forms that offices know, and Ctrl+Enter send. In a text of
// several lines Shift+Enter makes a new line. A list that is open keeps Enter for choosing. It listens before the
// components do, of which some would open at Enter.
export function useEnterMoves(): (e: KeyboardEvent<HTMLFormElement>) => void {
  return useCallback(e => {
    const at = e.target
    if (e.key !== 'Enter' || e.nativeEvent.isComposing || !(at instanceof HTMLElement)) return
    if (e.ctrlKey || e.metaKey) {
      e.preventDefault()
      e.stopPropagation()
      e.currentTarget.requestSubmit()
      return
    }
    if (e.shiftKey || !at.matches('input, textarea') || at.getAttribute('aria-expanded') === 'true') return
    e.preventDefault()
    e.stopPropagation()
    next(e.currentTarget, at)?.focus()
  }, [])
}

// moveOn goes on from the field that has the focus, once the component is done with what was chosen.
export function moveOn() {
  setTimeout(() => {
    const at = document.activeElement
    const form = at?.closest('form')
    if (form && at instanceof HTMLElement) next(form, at)?.focus()
  })
}

// next is the field after one; a group of radios or tick-boxes is passed as a whole, and so is what is marked as aside.
function next(form: HTMLElement, at: HTMLElement): HTMLElement | undefined {
  const all = [...form.querySelectorAll<HTMLElement>(stops)].filter(el => el === at || (seen(el) && !el.closest('[data-skip]')))
  const group = groupOf(at)
  return all.slice(all.indexOf(at) + 1).find(el => !group || groupOf(el) !== group)
}

function groupOf(el: HTMLElement): Element | null {
  return el.closest('.ant-radio-group, .ant-checkbox-group')
}

// seen: what lies in closed details has boxes, too.
function seen(el: HTMLElement): boolean {
  return el.checkVisibility()
}
