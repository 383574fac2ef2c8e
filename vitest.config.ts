// Three projects, by suffix: `.system.test.ts` needs the real kernel (the whole project runs inside one private binfmt_misc, so files go one after
// the other), `.action.test.ts` the built dist (each scenario runs in a private binfmt_misc of its own), and every other `.test.ts` nothing.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      // the default of five seconds is not enough on a machine that has other work
      {
        test: {
          name: 'core',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.system.test.ts', 'test/**/*.action.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'system',
          include: ['test/**/*.system.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 60_000,
          globalSetup: ['test/support/kernel/inside-private.ts'],
        },
      },
      {
        test: {
          name: 'action',
          include: ['test/**/*.action.test.ts'],
          pool: 'forks',
          testTimeout: 120_000,
          globalSetup: ['test/support/runner/warm-cache.ts'],
        },
      },
    ],
  },
})
