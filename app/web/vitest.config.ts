import {defineConfig} from 'vitest/config'

// Two kinds of tests: of pure helpers, and of the whole service in a real browser (make browser).
export default defineConfig({
  test: {
    projects: [
      {test: {name: 'unit', include: ['src/**/*.test.ts'], environment: 'node'}},
      {
        test: {
          name: 'browser',
          include: ['browser/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['browser/service.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
})
