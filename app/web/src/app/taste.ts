import {useSyncExternalStore} from 'react'

// How somebody likes to look at the pages. It is the only thing kept in the browser, and says nothing about anybody.
const key = 'baimi.elder'
const listeners = new Set<() => void>()

function stored(): boolean {
  try {
    // eslint-disable-next-line no-restricted-properties -- a taste, nothing personal
    return window.localStorage.getItem(key) === '1'
  } catch {
    return false // storage is switched off
  }
}

let elder = stored()
document.documentElement.classList.toggle('elder', elder)

export function setElder(on: boolean) {
  elder = on
  document.documentElement.classList.toggle('elder', on)
  try {
    // eslint-disable-next-line no-restricted-properties -- a taste, nothing personal
    window.localStorage.setItem(key, on ? '1' : '0')
  } catch {
    // it then holds until the page is closed
  }
  listeners.forEach(tell => tell())
}

// useElder tells whether bigger text and targets are wanted.
export function useElder(): boolean {
  return useSyncExternalStore(tell => {
    listeners.add(tell)
    return () => listeners.delete(tell)
  }, () => elder)
}
