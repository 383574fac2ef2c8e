// Larger Debian roots of other ports: minbase, and perl, python3 and gcc. They are finished under the emulator that setup registers, once, and
// kept in the cache of the e2e tests.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aptSites } from '../../../src/sources/catalog.js'
import { emulatorPath } from '../../support/programs/emulators.js'
import { kept } from '../vm/packages.js'

interface RootRow {
  /** QEMU's name. */
  readonly target: string
  /** Taken in this order: a mirror that is being renewed may not have all of one. */
  readonly suites: readonly string[]
}

const rows = {
  arm64: { target: 'aarch64', suites: ['bookworm'] },
  // a port of Debian's since trixie
  riscv64: { target: 'riscv64', suites: ['trixie', 'forky'] },
} as const satisfies Record<string, RootRow>

/** Ports that there is a root of, by Debian's names; not the host's own. */
export type RootName = keyof typeof rows
export const rootNames = (Object.keys(rows) as RootName[]).filter((name) => name !== process.arch)

const packages = ['perl', 'python3', 'gcc', 'libc6-dev']
// one script serves all these suites; Debian 12's debootstrap does not know the name of the newest
const bootScript = '/usr/share/debootstrap/scripts/sid'

/** The folder of a finished root, made if it is not there: that takes minutes, and root's rights. */
export async function guestRoot(name: RootName): Promise<string> {
  const { target, suites } = rows[name]
  await emulatorPath(target)
  const [site] = await aptSites()
  if (site === undefined) throw new Error("apt's configuration names no archive")
  const version = createHash('sha256')
    .update(JSON.stringify([suites, packages]))
    .digest('hex')
    .slice(0, 8)
  return kept(`roots/${name}-${version}`, (path) => {
    firstStage(name, suites, site, path)
    shorten(path)
    run('test/support/kernel/range.sh', [process.execPath, 'build/test/e2e/guests/second-stage.js', path, name])
    const archives = join(path, 'var/cache/apt/archives')
    for (const file of readdirSync(archives).filter((one) => one.endsWith('.deb'))) rmSync(join(archives, file))
  })
}

/** Gives the end of its output where a program ends with another status than 0. */
function run(file: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (status !== 0) throw new Error(`${file} ended with ${status}: ${`${stdout}${stderr}`.trim().slice(-600)}`)
}

function firstStage(name: RootName, suites: readonly string[], site: string, path: string): void {
  const reasons: string[] = []
  for (const suite of suites) {
    try {
      const options = ['--arch', name, '--foreign', '--variant=minbase', `--include=${packages.join(',')}`]
      run('debootstrap', [...options, suite, path, site, bootScript])
      return
    } catch (error) {
      reasons.push(`${suite}: ${error instanceof Error ? error.message : error}`)
      rmSync(path, { recursive: true, force: true })
    }
  }
  throw new Error(`no first stage of a ${name} root:\n${reasons.join('\n')}`)
}

/** Leaves of the archive's index what the root is made of: the second stage reads it over and over, which takes minutes under emulation. */
function shorten(root: string): void {
  const lines = readFileSync(join(root, 'debootstrap/debpaths'), 'utf8').trim().split('\n')
  const wanted = new Set(lines.map((line) => line.split(' ')[0]))
  const lists = join(root, 'var/lib/apt/lists')
  for (const name of readdirSync(lists).filter((one) => one.endsWith('_Packages'))) {
    const stanzas = readFileSync(join(lists, name), 'utf8').split('\n\n')
    const kept = stanzas.filter((stanza) => wanted.has(/^Package: (.+)$/m.exec(stanza)?.[1]))
    writeFileSync(join(lists, name), kept.map((stanza) => `${stanza}\n\n`).join(''))
  }
}
