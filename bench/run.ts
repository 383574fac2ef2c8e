// What a set-up costs, as ratios to things measured in the same run: `npm run bench`, and with `-- --write` docs/benchmarks.md is written. Each
// part runs in namespaces of its own, with a private table, and with Debian's own packages from apt; nothing of the machine is changed.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Apt, updatedApt } from '../scripts/catalog/apt.js'
import { bestQuality } from '../scripts/release/packed.js'
import { writeFiles } from '../scripts/release/tree.js'
import { bringTools } from '../scripts/tools.js'
import { bringEngines, imageVersion } from '../test/support/engines/engine.js'
import { treeFiles } from '../test/support/npm/release-package.js'
import { emulator, emulatorPath } from '../test/support/programs/emulators.js'
import { wholePackage } from '../test/support/programs/package.js'
import type { Action } from './action.js'
import { cpuRows } from './cpu.js'
import type { ImageSides } from './image.js'
import type { Link } from './link.js'
import type { Many } from './many.js'
import { assetOf, everyTarget } from './packed-emulators.js'
import type { PlaceRow } from './places.js'
import { type Measured, markdown } from './report.js'
import type { Sources } from './sources.js'
import type { Warm } from './warm.js'

/** What an image of the field has, in one layer, in the order of their names. */
const imageTargets = ['aarch64', 'arm', 'i386', 'mips64', 'mips64el', 'ppc64le', 'riscv64', 's390x']

/** Runs `build/bench/PROGRAM.js` in the namespaces of a wrapper; its first word is where it writes its result. */
function part<Result>(program: string, wrapper: string, folder: string, words: readonly string[]): Result {
  const results = join(folder, `${program}.json`)
  const args = [process.execPath, `build/bench/${program}.js`, results, ...words]
  const started = performance.now()
  const { status, signal } = spawnSync(`test/support/${wrapper}.sh`, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error(`the part ${program} ended with ${signal ?? status}`)
  console.error(`the part ${program} took ${((performance.now() - started) / 1000).toFixed(0)} s`)
  return JSON.parse(readFileSync(results, 'utf8'))
}

/** What needs the machine's own network, and apt's own user. */
async function prepared(folder: string): Promise<Apt> {
  bringTools([
    ['hyperfine', 'hyperfine'],
    ['xz', 'xz-utils'],
    ['skopeo', 'skopeo'],
    ['zstd', 'zstd'],
    ['/usr/bin/time', 'time'],
    ['curl', 'curl'],
    ['openssl', 'openssl'],
    ['python3', 'python3-minimal'],
    ['ip', 'iproute2'],
    ['tc', 'iproute2'],
  ])
  await bringEngines()
  for (const target of imageTargets) await emulatorPath(target, imageVersion)
  // all that the action takes for `all`, and the ten platforms of `setup`
  for (const { name } of everyTarget()) {
    await emulatorPath(name)
    await assetOf(emulator(name))
  }
  await assetOf(emulator('aarch64', imageVersion))
  await wholePackage(emulator('aarch64'))
  writeFiles(join(folder, 'tree'), await treeFiles({ quality: bestQuality }))
  const apt = updatedApt(folder)
  const place = join(folder, 'busybox')
  mkdirSync(place)
  execFileSync('apt-get', ['-o', 'APT::Sandbox::User=root', 'download', 'busybox-static:arm64'], {
    cwd: place,
    env: { ...process.env, ...apt.environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  execFileSync('sh', ['-c', 'cd "$1" && dpkg-deb -x *.deb .', 'sh', place])
  return apt
}

/** The parts, in the order of the page; `npm run bench -- PART...` runs some of them. */
const parts = {
  action: (folder) => part<Action>('action', 'kernel/private', folder, [folder]),
  warm: (folder) => part<Warm[]>('warm', 'kernel/private', folder, [folder]),
  places: (folder) => part<PlaceRow[]>('places', 'kernel/private', folder, [folder]),
  link: (folder) => part<Link>('link', 'kernel/private', folder, [folder]),
  many: (folder) => part<Many>('many', 'kernel/private', folder, [folder]),
  sources: (folder, apt) => part<Sources>('sources', 'kernel/range', folder, [apt.environment.APT_CONFIG]),
  image: (folder) => part<ImageSides>('image', 'engines/engine', folder, imageTargets),
  cpu: () => cpuRows(),
} as const satisfies {
  [Name in keyof Measured]-?: (folder: string, apt: Apt) => Measured[Name] | Promise<Measured[Name]>
}

async function main(folder: string, names: readonly (keyof Measured)[]): Promise<string> {
  if (process.getuid?.() !== 0) throw new Error('npm run bench needs root: it maps all user ids, for apt and dockerd')
  const apt = await prepared(folder)
  const measured: [string, unknown][] = []
  for (const name of names) measured.push([name, await parts[name](folder, apt)])
  const machine = `Linux ${release()}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`
  return markdown({ machine, build: emulator('aarch64').build, ...Object.fromEntries(measured) })
}

const { values: options, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const allNames = Object.keys(parts) as (keyof Measured)[]
const isName = (word: string): word is keyof Measured => word in parts
if (!positionals.every(isName)) throw new Error(`the parts are ${allNames.join(', ')}`)
if (options.write && positionals.length > 0) throw new Error('--write writes the whole page: name no parts')
const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-bench-'))
try {
  const text = await main(folder, positionals.length === 0 ? allNames : positionals)
  console.log(text)
  if (options.write) writeFileSync('docs/benchmarks.md', text)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
