// The table that others use, and calls of the product on it: what the scenes with engines work with.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { registerLine } from '../../../src/core/model/entry.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { binfmtFolder, tableByPrecedence } from '../../../src/system/binfmt.js'
import { emulator, warmCache } from '../../support/programs/emulators.js'
import { checker, expectEqual } from '../check.js'

const [results = '', aarch64 = '', riscv64 = ''] = process.argv.slice(2)
/** The default QEMU for aarch64: what others have registered. */
export const current = aarch64
const dist = process.env.SETUP_QEMU_DIST ?? 'dist'
export const check = checker(results)
export const driver = [process.execPath, 'build/test/e2e/engines/by-container.js'] as const

interface Wish {
  readonly image: string
  readonly engine?: string | null
  readonly targets?: readonly string[]
  readonly credentials?: boolean
  readonly offline?: boolean
  readonly reset?: boolean
}

export function wordsOf(wish: Wish): string {
  return JSON.stringify({ engine: null, targets: ['aarch64'], credentials: true, offline: true, reset: false, ...wish })
}

export function wish(wished: Wish, wrapper: readonly string[] = [], env: NodeJS.ProcessEnv = process.env) {
  const [file = '', ...args] = [...wrapper, ...driver, wordsOf(wished)]
  const { stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', env })
  try {
    return JSON.parse(stdout)
  } catch {
    throw new Error(`the driver said: ${stdout}${stderr}`)
  }
}

export function restore() {
  const { stdout, status } = spawnSync(process.execPath, [join(dist, 'cli/index.js'), 'restore', '--json'], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: warmCache },
  })
  return { status, ...JSON.parse(stdout) }
}

/** Every file of the table, byte for byte, the newest first. */
export function table(): [name: string, text: string][] {
  return tableByPrecedence().map(({ name }) => [name, readFileSync(join(binfmtFolder, name), 'utf8')])
}

export function byName(entries: readonly [string, string][]): [string, string][] {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function register(line: string): void {
  writeFileSync(join(binfmtFolder, 'register'), line)
}

export function remove(name: string): void {
  writeFileSync(join(binfmtFolder, name), '-1')
}

function foreign(target: string, interpreter: string, flags: string, name = `qemu-${target}`): void {
  const { magic, mask } = targetNamed(target)
  register(registerLine({ name, interpreter, flags, offset: 0, magic, mask }))
}

/** What others registered before: of the target asked for, of others, disabled, by file name, without a mask. */
export function foreigners(interpreter = current): void {
  foreign('aarch64', interpreter, 'PF', 'other-aarch64')
  foreign('aarch64', interpreter, 'POCF')
  foreign('riscv64', riscv64, 'PF')
  foreign('s390x', '/nowhere/qemu-s390x', 'P')
  writeFileSync(join(binfmtFolder, 'qemu-s390x'), '0')
  register(':qemu-text:E::q-e-m-u::/bin/true:')
  register(':qemu-plain:M:2:QEMU::/bin/true:O')
  register(':unrelated:M::ABCD::/bin/true:')
}

export function emptied(): void {
  for (const [name] of table()) remove(name)
}

/** Does something on a table with entries of others, and looks at the table afterwards: it must be the same, byte for byte. */
export async function scene(
  name: string,
  work: (before: [string, string][]) => Promise<string> | string,
): Promise<void> {
  await check(name, async () => {
    foreigners()
    const before = table()
    try {
      const seen = await work(before)
      expectEqual(byName(table()), byName(before))
      expectEqual(restore().status, 0)
      return seen
    } finally {
      restore()
      emptied()
    }
  })
}

export function expectRuns(
  done: { runs: Record<string, { fingerprint?: { sha256: string } }> },
  target: string,
  version: string,
) {
  expectEqual(done.runs[target]?.fingerprint?.sha256, emulator(target, version).sha256)
}
