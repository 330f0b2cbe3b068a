import {QueryClientProvider} from '@tanstack/react-query'
import {StrictMode} from 'react'
import {createRoot} from 'react-dom/client'
import {RouterProvider} from 'react-router/dom'
import './styles/base.css'
import './app/taste.ts'
import {queries} from './app/cache.ts'
import {LockScreen} from './app/lockscreen.tsx'
import {router} from './app/router.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

// An old tab asks for a part of the pages that a new version no longer has.
window.addEventListener('vite:preloadError', () => window.location.reload())

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router}/>
      <LockScreen/>
    </QueryClientProvider>
  </StrictMode>,
)
