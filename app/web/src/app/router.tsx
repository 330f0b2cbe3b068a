import {createBrowserRouter, redirect} from 'react-router'
import {Refusal} from '../api/client.ts'
import {meQuery} from '../api/queries.ts'
import {queries} from './cache.ts'
import {Broken, Waiting} from './broken.tsx'
import {watch} from './lock.ts'

// signedIn finds out who is there before any page is shown, and sends strangers to sign in and back.
async function signedIn({request}: {request: Request}) {
  try {
    watch(await queries.ensureQueryData(meQuery))
    return null
  } catch (e) {
    if (!(e instanceof Refusal && e.problem.status === 401)) throw e
    const {pathname, search} = new URL(request.url)
    const next = (pathname + search).replace(/^\/work\/?/, '/')
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told
    throw redirect(next === '/' ? '/signin' : `/signin?next=${encodeURIComponent(next)}`)
  }
}

// Each page is a part of its own, loaded when somebody goes there.
export const router = createBrowserRouter([
  {path: '/signin', ErrorBoundary: Broken, HydrateFallback: Waiting, lazy: () => import('../pages/signin.tsx')},
  {
    path: '/',
    loader: signedIn,
    shouldRevalidate: () => false,
    ErrorBoundary: Broken,
    HydrateFallback: Waiting,
    lazy: () => import('./shell.tsx'),
    children: [
      {
        ErrorBoundary: Broken,
        children: [
          {index: true, lazy: () => import('../pages/home/home.tsx')},
          {path: 'register', lazy: () => import('../pages/intake/intake.tsx')},
          {path: 'cases', lazy: () => import('../pages/cases/list.tsx')},
          {path: 'cases/:caseId', lazy: () => import('../pages/cases/case.tsx')},
          {path: 'agenda', lazy: () => import('../pages/agenda/agenda.tsx')},
          {path: 'alerts', lazy: () => import('../pages/alerts/alerts.tsx')},
          {path: 'rates', lazy: () => import('../pages/rates/rates.tsx')},
          {path: 'accesses', lazy: () => import('../pages/audit/accesses.tsx')},
          {path: 'account', lazy: () => import('../pages/account.tsx')},
          {path: '*', lazy: () => import('../pages/nowhere.tsx')},
        ],
      },
    ],
  },
], {basename: '/work'})
