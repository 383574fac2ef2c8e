// Semantics that users trip over, each looked at twice: natively, and under the emulator that the built command line registered. What both show is
// compared with what docs/how-it-works.md says, row by row. Runs in a namespace with all ids and a private table (test/support/kernel/range.sh).
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { catalog } from '../../../src/system/machine.js'
import { warmCache } from '../../support/programs/emulators.js'
import { checker, expectEqual } from '../check.js'
import { guestAccounts, nativeAccounts } from './accounts.js'
import { callRows } from './calls.js'
import { credentialRows } from './credentials.js'
import { boundaryRows, narrowRows } from './limits.js'
import { processRows } from './processes.js'
import { expected, type Row, type Setting } from './row.js'
import { asUser, type Side } from './side.js'

const [results = '', nativePrograms = '', emulatedPrograms = '', narrowPrograms = '', root = ''] = process.argv.slice(2)
const dist = process.env.SETUP_QEMU_DIST ?? 'dist'
const check = checker(results)

function cli(...args: string[]): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, [join(dist, 'cli/index.js'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: warmCache },
  })
  return { status, stdout }
}

/** A side's programs where no option of a mount and no folder of root stands in the way. */
function sideOf(name: string, programs: string, debian: Side['debian']): Side {
  const folder = join('/run', 'semantics', name)
  mkdirSync(join('/run', 'semantics'), { recursive: true })
  cpSync(programs, folder, { recursive: true })
  chmodSync(folder, 0o777)
  return { folder, debian }
}

const native = sideOf('native', nativePrograms, (id) => (id === undefined ? [] : asUser(id)))
const emulated = sideOf('emulated', emulatedPrograms, (id) => [
  'chroot',
  ...(id === undefined ? [] : [`--userspec=${id}:${id}`]),
  root,
])
const narrow = sideOf('narrow', narrowPrograms, () => [])

interface Registered {
  readonly setting: Setting
  readonly platform?: 'arm64' | 'arm/v7'
  readonly version?: string
  readonly options?: readonly string[]
  /** What the entry has. */
  readonly flags: string
  readonly side?: Side
}

/** Registers an emulator, looks at the rows under it, and restores. */
async function under(registered: Registered, rows: readonly Row[]): Promise<void> {
  const { setting, platform = 'arm64', version = catalog.default, options = [], flags, side = emulated } = registered
  const words = [platform, '--qemu-version', version, ...options]
  await check(`setup ${words.join(' ')}`, () => {
    const { status, stdout } = cli('setup', ...words, '--json')
    expectEqual(status, 0)
    const [target] = JSON.parse(stdout).targets
    expectEqual(target.flags, flags)
    return `QEMU ${target.qemuVersion}, flags ${target.flags}`
  })
  for (const row of rows)
    await check(`${row.name}, under ${setting === 'without C' ? setting : `QEMU ${version}`}`, () => {
      const seen = row.see(side)
      expectEqual(seen, expected(row, setting))
      return seen
    })
  await check(`restore after setup ${words.join(' ')}`, () => {
    expectEqual(cli('restore').status, 0)
    return 'restored'
  })
}

/** As natively: each row once. */
async function natively(rows: readonly Row[]): Promise<void> {
  for (const row of rows)
    await check(`${row.name}, natively`, () => {
      const seen = row.see(native)
      expectEqual(seen, row.natively)
      return seen
    })
}

const everything = [...credentialRows, ...callRows, ...processRows, ...boundaryRows]
nativeAccounts()
guestAccounts(root)
await natively([...everything, ...narrowRows])
await under({ setting: 'default', flags: 'POCF' }, everything)
await under({ setting: 'older', version: '7.2.22', flags: 'POCF' }, everything)
await under({ setting: 'without C', options: ['--no-credentials'], flags: 'PF' }, credentialRows)
await under({ setting: 'without P', version: '5.2.0', flags: 'OCF' }, callRows)
await under({ setting: 'default', platform: 'arm/v7', flags: 'POCF', side: narrow }, narrowRows)
