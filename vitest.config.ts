// Three projects: core (pure rules), system (the real kernel; the whole project runs inside one private binfmt_misc, so files go one after
// the other), action (the built dist as processes, each scenario in a private binfmt_misc of its own).
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      // the default of five seconds is not enough on a machine that has other work
      { test: { name: 'core', include: ['test/core/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'system',
          include: ['test/system/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 60_000,
          globalSetup: ['test/support/inside-private.ts'],
        },
      },
      {
        test: {
          name: 'action',
          include: ['test/action/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 120_000,
          globalSetup: ['test/support/warm-cache.ts'],
        },
      },
    ],
  },
})
