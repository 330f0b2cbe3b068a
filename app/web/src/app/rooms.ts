import type {Me, Schemas} from '../api/client.ts'

// Which pages are offered. It is a kindness only: what somebody may see and do is decided by the service, and a page
// that is not for somebody says what the service said.
export type Room = 'home' | 'register' | 'cases' | 'agenda' | 'alerts' | 'rates' | 'accesses' | 'account'

const handlers: Room[] = ['home', 'register', 'cases', 'agenda', 'alerts', 'account']
const overseers: Room[] = ['home', 'cases', 'agenda', 'alerts', 'rates', 'account']

const byRole: Record<Schemas['Role'], Room[]> = {
  point_keeper: handlers,
  mediator: [...handlers, 'rates'],
  committee_director: [...handlers, 'rates'],
  judicial_officer: overseers,
  bureau_officer: overseers,
  center_viewer: ['home', 'rates', 'account'],
  connector: ['home', 'cases', 'alerts', 'account'],
  system_admin: ['home', 'account'],
  security_admin: ['home', 'account'],
  audit_admin: ['home', 'accesses', 'account'],
}

export function mayEnter(me: Me, room: Room): boolean {
  if (room === 'register' && me.current.committeeId === undefined) return false
  return byRole[me.current.role].includes(room)
}
