// What storms of kills share: the look at what is left.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { becomes, everyProcess, everyTable } from '../support/every-process.js'
import { expectEqual } from './check.js'
import type { Person } from './scope-user.js'

/** No process but this program's and its namespace's, no table but the host's, no folder of a scope. */
export async function nothingLeft(program: string, persons: readonly Person[]): Promise<string> {
  const isOurs = (command: string) => command.includes(program) || command.includes('range.sh')
  const left = () => everyProcess().filter(({ pid, command }) => pid !== process.pid && !isOurs(command))
  await becomes(() => left().length === 0 && everyTable().length === 1)
  expectEqual(left(), [])
  expectEqual(everyTable().length, 1)
  for (const { folder } of persons)
    expectEqual(
      readdirSync(join(folder, '..')).filter((name) => name.startsWith('setup-qemu-')),
      [],
    )
  return 'nothing'
}
