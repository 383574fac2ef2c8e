// The system tests write to the kernel's table, so they refuse to run anywhere but in a private one.
import { readdirSync, readFileSync } from 'node:fs'

export function setup(): void {
  const outside = readFileSync('/proc/self/uid_map', 'latin1').trim().split(/\s+/)[2] === '4294967295'
  const entries = readdirSync('/proc/sys/fs/binfmt_misc').filter((name) => name !== 'register' && name !== 'status')
  if (outside || entries.length > 0) {
    throw new Error(
      'run the system tests in a private binfmt_misc: test/support/kernel/private.sh npx vitest run --project system (npm test does)',
    )
  }
}
