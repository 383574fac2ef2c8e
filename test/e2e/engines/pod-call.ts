// One call of the built command line in a container, judged by what it says and by its host's table. Runs inside test/support/engines/engine.sh.
import { writeFileSync } from 'node:fs'
import { binfmtFolder, readTable } from '../../../src/system/binfmt.js'
import type { Engine } from '../../support/engines/engine-call.js'
import { inside } from '../../support/engines/pod-engine.js'
import { emulator } from '../../support/programs/emulators.js'
import { expectEqual } from '../check.js'

export const { sha256 } = emulator('aarch64')

/** The words that call the command line in a container, with its JSON alone on standard output. */
export const cli = (words: string) => `/usr/bin/node /dist/cli/index.js ${words} --json --quiet`
export const setupWords = (words = '') => cli(`setup arm64 --offline --cache-dir /cache ${words}`)
export const mountTable = `/usr/bin/mount -t binfmt_misc binfmt_misc ${binfmtFolder}`

/** `setup` in a container, after `before`, called by way of `by`. */
export function setup(
  engine: Engine,
  rights: readonly string[],
  { words = '', before = ':', by = '', after = ':' } = {},
) {
  const { stdout, stderr } = inside(engine, rights, `${before}; ${by} ${setupWords(words)}; ${after}`)
  try {
    return JSON.parse(stdout.trim().split('\n')[0] ?? '')
  } catch {
    throw new Error(`the container said: ${stdout}${stderr}`)
  }
}

export function names(): string[] {
  return readTable().map(({ name }) => name)
}

export function emptied(): void {
  for (const name of names()) writeFileSync(`${binfmtFolder}/${name}`, '-1')
}

export interface Refusal {
  readonly code: string
  readonly message: RegExp
  readonly hint: RegExp
}

/** One error, with the missing piece in its message and the option in its hint; the host's table stays as it was. */
export function refused(
  engine: Engine,
  rights: readonly string[],
  refusal: Refusal,
  how: Parameters<typeof setup>[2] = {},
): string {
  const before = names()
  const { error } = setup(engine, rights, how)
  expectEqual([error?.code, names()], [refusal.code, before])
  if (!refusal.message.test(error.message)) throw new Error(`the message is: ${error.message}`)
  if (!refusal.hint.test(error.hint)) throw new Error(`the hint is: ${error.hint}`)
  return `${error.code}: ${error.message}`
}

/** Green in the container, and the entry is the host's; restore in the same container removes it. */
export function proven(engine: Engine, rights: readonly string[]): string {
  try {
    const { ok, targets } = setup(engine, rights)
    expectEqual(
      [ok, targets[0].state, targets[0].proof],
      [true, 'emulated', { direct: true, chroot: true, argv0: true, fingerprint: sha256 }],
    )
    expectEqual(names(), ['qemu-aarch64'])
    emptied()
    setup(engine, rights, { after: cli('restore') })
    expectEqual(names(), [])
    return 'proven in the container, in force on its host, and removed by restore'
  } finally {
    emptied()
  }
}
