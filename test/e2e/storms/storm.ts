// What storms of kills share: the begin of a session in a terminal, and the look at what is left.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { becomes, everyProcess, everyTable } from '../../support/kernel/every-process.js'
import { expectEqual } from '../check.js'
import type { Person } from '../scope/scope-user.js'

/**
 * Waits for the first word of a session in a terminal of its own, or its end. A terminal that is closed before hangs up on nobody: on a slow machine
 * the session would then stay, though nobody of ours is to blame.
 */
export async function hasBegun({ stdout }: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (stdout !== null) await Promise.race([once(stdout, 'data'), ended])
  stdout?.resume()
}

/** No process but this program's and its namespace's, no table but the host's, no folder of a scope. */
export async function nothingLeft(program: string, persons: readonly Person[]): Promise<string> {
  const isOurs = (command: string) => command.includes(program) || command.includes('range.sh')
  const left = () => everyProcess().filter(({ pid, command }) => pid !== process.pid && !isOurs(command))
  await becomes(() => left().length === 0 && everyTable().length === 1, 60_000)
  // the scripts of a run are long, and all that tells one process from another stands at its ends
  const short = (text: string) => (text.length > 160 ? `${text.slice(0, 60)} ... ${text.slice(-100)}` : text)
  expectEqual(
    left().map((one) => ({ ...one, command: short(one.command) })),
    [],
  )
  expectEqual(everyTable().length, 1)
  for (const { folder } of persons)
    expectEqual(
      readdirSync(join(folder, '..')).filter((name) => name.startsWith('setup-qemu-')),
      [],
    )
  return 'nothing'
}
