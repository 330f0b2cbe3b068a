import {QueryClient} from '@tanstack/react-query'
import {Refusal} from '../api/client.ts'

// What was read lives in memory only. A refusal stays one however often it is asked; a broken line is tried again.
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      retry: (count, error) => !(error instanceof Refusal) && count < 2,
      retryDelay: n => 500 * 2 ** n,
    },
    mutations: {retry: false},
  },
})
