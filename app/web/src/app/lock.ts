import {useSyncExternalStore} from 'react'
import {api, type Me, onSignedOut} from '../api/client.ts'

// The lock covers the pages when nobody has touched them for a while, or when the service has ended the session. What
// was typed stays where it is; whoever was signed in opens the lock with the password.

export type Locked = {me: Me; why: 'idle' | 'ended'}

// idleAfter is well below what 等保 asks for (15 to 30 minutes).
export const idleAfter = 15 * 60_000

let who: Me | undefined
let locked: Locked | undefined
let lastTouch = Date.now()
let since = 0 // when the present session began
const listeners = new Set<() => void>()
const tabs = new BroadcastChannel('baimi.lock')

function set(to: Locked | undefined) {
  if (locked === to) return
  locked = to
  listeners.forEach(tell => tell())
}

// watch begins when somebody is signed in.
export function watch(me: Me) {
  who = me
  lastTouch = since = Date.now()
}

// forget ends it when they sign out.
export function forget() {
  who = undefined
  set(undefined)
}

// unlock is called once the password was right. Other tabs of the same browser share the new session.
export function unlock(me: Me) {
  watch(me)
  set(undefined)
  tabs.postMessage({unlocked: me.accountId})
}

export function useLocked(): Locked | undefined {
  return useSyncExternalStore(tell => {
    listeners.add(tell)
    return () => listeners.delete(tell)
  }, () => locked)
}

// A request of the session before, answered late, says nothing about the present one.
onSignedOut(asked => {
  if (who && asked >= since) set(locked ?? {me: who, why: 'ended'})
})

function touch() {
  const now = Date.now()
  if (locked || now - lastTouch < 1000) return
  if (now - lastTouch >= idleAfter) return check() // a PC that slept: the first key does not save it
  lastTouch = now
  tabs.postMessage({touched: true})
}

function check() {
  if (!who || locked || Date.now() - lastTouch < idleAfter) return
  set({me: who, why: 'idle'})
  // whoever takes the cookie from this PC meanwhile finds it worthless
  void api.DELETE('/session').catch(() => undefined)
}

tabs.onmessage = (e: MessageEvent<{touched?: boolean; unlocked?: number}>) => {
  if (e.data.touched && !locked) lastTouch = Date.now()
  if (e.data.unlocked !== undefined && e.data.unlocked === locked?.me.accountId) {
    lastTouch = since = Date.now()
    set(undefined)
  }
}
for (const type of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
  window.addEventListener(type, touch, {passive: true, capture: true})
}
setInterval(check, 5000)
