// The end-to-end run, part by part, each in namespaces of its own: the founding story (a Debian arm64 root whose second stage runs under the
// emulator that setup registered, and two QEMU versions in turn), real container engines that register, containers with all rights down to none,
// real programs of every port, several jobs at once, and VMs with other kernels and init systems. `npm run e2e` prints what was seen and leaves the counts in build/counts.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { bringTools } from '../../scripts/tools.js'
import { versionsOf } from '../../src/core/model/catalog.js'
import { parseAptSites } from '../../src/core/sources/apt-sites.js'
import { catalog } from '../../src/system/machine.js'
import { alikeTargets, bringEngines, imageTargets, imageVersion } from '../support/engines/engine.js'
import { emulator, emulatorPath } from '../support/programs/emulators.js'
import { wholePackage } from '../support/programs/package.js'
import { actPath } from '../support/runner/act.js'
import { type Check, reportText } from './check.js'
import { guestMaterial } from './guests/guest-material.js'
import { guestRoot } from './known-roots.js'
import { printedWords } from './printed/printed-material.js'
import { releaseWords } from './release/release-material.js'
import { programs } from './semantics/programs.js'
import { busyboxFor } from './vm/busybox.js'

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'setup-qemu-tests', 'e2e')
const suite = 'bookworm'

/** The first stage as a tarball, made once: it is the same each time and runs nothing foreign. */
function firstStage(): string {
  const tarball = join(cache, `${suite}-arm64-first-stage.tar`)
  if (existsSync(tarball)) return tarball
  console.log('making the first stage of a Debian arm64 root')
  mkdirSync(cache, { recursive: true })
  const work = mkdtempSync(join(cache, 'work-'))
  try {
    const targets = execFileSync('apt-get', ['indextargets', '--format', '$(SITE)', 'Created-By: Packages'], {
      encoding: 'utf8',
    })
    const [site] = parseAptSites(targets)
    if (site === undefined) throw new Error("apt's configuration names no archive")
    const root = join(work, 'root')
    execFileSync('debootstrap', ['--arch', 'arm64', '--foreign', '--variant=minbase', suite, root, site], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    execFileSync('tar', ['-C', root, '-cf', join(work, 'root.tar'), '.'])
    renameSync(join(work, 'root.tar'), tarball)
    return tarball
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** What private scopes are called with; `newuidmap` maps subordinate ids. */
const scopeTools = [
  ['debootstrap', 'debootstrap'],
  ['newuidmap', 'uidmap'],
  ['script', 'bsdutils'],
  ['ps', 'procps'],
] as const

/** One part: a program of build/test/e2e that is given the file for its checks, then its own words. */
interface Part {
  readonly name: string
  /** The namespaces that it runs in; none for VMs. */
  readonly wrapper?: string
  readonly program: string
  /** Prepares what the part works with, in a folder that is removed afterwards. */
  words(folder: string): Promise<readonly string[]>
}

const parts: readonly Part[] = [
  {
    name: 'the story',
    wrapper: 'test/support/kernel/range.sh',
    program: 'story.js',
    words: async (folder) => {
      bringTools([['debootstrap', 'debootstrap']])
      const emulators = [await emulatorPath('aarch64', '7.2.22'), await emulatorPath('aarch64')]
      const root = join(folder, 'root')
      mkdirSync(root)
      execFileSync('tar', ['-C', root, '-xf', firstStage()])
      return [root, ...emulators]
    },
  },
  {
    name: 'semantics',
    wrapper: 'test/support/kernel/range.sh',
    program: 'semantics/semantics.js',
    words: async (folder) => {
      bringTools([['debootstrap', 'debootstrap']])
      for (const version of ['default', '7.2.22', '5.2.0']) await emulatorPath('aarch64', version)
      await emulatorPath('arm')
      const root = join(folder, 'root')
      mkdirSync(root)
      execFileSync('tar', ['-C', root, '-xf', firstStage()])
      return [...(await programs(folder, root)), root]
    },
  },
  {
    name: 'engines',
    wrapper: 'test/support/engines/engine.sh',
    program: 'engines/engines.js',
    words: async () => {
      await bringEngines()
      for (const target of [...imageTargets, ...alikeTargets]) await emulatorPath(target, imageVersion)
      return [await emulatorPath('aarch64'), await emulatorPath('riscv64')]
    },
  },
  {
    name: 'method: container through the built faces',
    wrapper: 'test/support/engines/engine.sh',
    program: 'engines/container-faces.js',
    words: async () => {
      await bringEngines()
      for (const target of imageTargets) await emulatorPath(target, imageVersion)
      return [await emulatorPath('aarch64')]
    },
  },
  {
    name: 'verify-in',
    wrapper: 'test/support/engines/engine.sh',
    program: 'engines/verify-in.js',
    words: async () => {
      await bringEngines()
      for (const target of ['arm', 'mipsn32el']) await emulatorPath(target)
      return [await emulatorPath('aarch64'), await emulatorPath('aarch64', '7.2.22')]
    },
  },
  {
    name: 'container jobs and pods',
    wrapper: 'test/support/engines/engine.sh',
    program: 'engines/pods.js',
    words: async () => {
      await bringEngines()
      await emulatorPath('aarch64')
      await emulatorPath('aarch64', '7.2.22')
      return []
    },
  },
  {
    name: 'real programs of every port',
    wrapper: 'test/support/engines/engine.sh',
    program: 'guests/guests.js',
    words: async () => {
      bringTools([['debootstrap', 'debootstrap']])
      await bringEngines()
      return guestMaterial()
    },
  },
  {
    name: 'several jobs at once',
    wrapper: 'test/support/kernel/private.sh',
    program: 'storms/stress.js',
    words: async () => {
      for (const version of ['default', '7.2.22']) await wholePackage(emulator('aarch64', version))
      const { SETUP_QEMU_SEED: seed = '', SETUP_QEMU_ACTS: acts = '240', SETUP_QEMU_KILLS: kills = '0' } = process.env
      return [seed, acts, kills]
    },
  },
  {
    name: 'set-ups that are disturbed',
    wrapper: 'test/support/kernel/range.sh',
    program: 'storms/disturbed.js',
    words: async () => {
      await emulatorPath('aarch64')
      return [process.env.SETUP_QEMU_SEED ?? '']
    },
  },
  ...(['machine', 'engines'] as const).map(
    (kind): Part => ({
      name: `what the documents print: ${kind}`,
      wrapper: kind === 'machine' ? 'test/support/kernel/range.sh' : 'test/support/engines/engine.sh',
      program: 'printed/printed.js',
      words: (folder) => printedWords(kind, folder),
    }),
  ),
  {
    name: 'workflows under act',
    wrapper: 'test/support/kernel/private.sh',
    program: 'act.js',
    words: async () => {
      for (const version of ['default', '7.2.22']) await emulatorPath('aarch64', version)
      return [actPath()]
    },
  },
  {
    name: 'a release',
    wrapper: 'test/support/kernel/alone.sh',
    program: 'release/release.js',
    words: releaseWords,
  },
  {
    name: 'workflows that release',
    program: 'workflows/workflows.js',
    words: async () => {
      bringTools([
        ['git', 'git'],
        ['tar', 'tar'],
      ])
      return []
    },
  },
  { name: 'known problems', program: 'known-problems.js', words: async () => [] },
  {
    name: 'comparisons',
    wrapper: 'test/support/kernel/range.sh',
    program: 'compare.js',
    words: async () => {
      bringTools(scopeTools)
      for (const version of versionsOf(catalog)) await emulatorPath('aarch64', version)
      return [guestRoot('bookworm-arm64'), guestRoot('trixie-arm64'), await busyboxFor('aarch64')]
    },
  },
  {
    name: 'private scopes',
    wrapper: 'test/support/kernel/range.sh',
    program: 'scope/private-scope.js',
    words: async () => {
      bringTools(scopeTools)
      for (const version of ['default', '7.2.22', '5.2.0']) await emulatorPath('aarch64', version)
      return [firstStage()]
    },
  },
  {
    name: 'private runs',
    wrapper: 'test/support/kernel/range.sh',
    program: 'scope/private-run.js',
    words: async () => {
      bringTools(scopeTools)
      for (const version of ['default', '7.2.22']) await emulatorPath('aarch64', version)
      return [process.env.SETUP_QEMU_SEED ?? '']
    },
  },
  {
    name: 'private scopes that are killed',
    wrapper: 'test/support/kernel/range.sh',
    program: 'scope/scope-storm.js',
    words: async () => {
      bringTools(scopeTools)
      await emulatorPath('aarch64')
      return [process.env.SETUP_QEMU_SEED ?? '']
    },
  },
  { name: 'kernels and init systems in VMs', program: 'vm/vm.js', words: async () => [] },
]

/** Runs a part in its namespaces and gives its checks; one that breaks off is a failed check. */
async function play({ name, wrapper, program, words }: Part): Promise<Check[]> {
  const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-e2e-'))
  try {
    const results = join(folder, 'results.json')
    const args = [process.execPath, `build/test/e2e/${program}`, results, ...(await words(folder))]
    const [file = '', ...rest] = wrapper === undefined ? args : [wrapper, ...args]
    const { status, signal } = spawnSync(file, rest, { stdio: 'inherit' })
    const checks: Check[] = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : []
    if (status === 0) return checks
    return [
      ...checks,
      { name: `${name} goes through to its end`, ok: false, seconds: 0, detail: `${signal ?? status}` },
    ]
  } catch (error) {
    return [{ name: `preparation of ${name}`, ok: false, seconds: 0, detail: String(error) }]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** All parts, or those whose programs are named on the command line. */
async function main(named: readonly string[]): Promise<Check[]> {
  if (process.getuid?.() !== 0)
    throw new Error('npm run e2e needs root: it makes a Debian root and a namespace with all user ids')
  const names = parts.map(({ program }) => basename(program, '.js'))
  const unknown = named.filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(', ')}; there are: ${names.join(', ')}`)
  const checks: Check[] = []
  for (const part of parts)
    if (named.length === 0 || named.includes(basename(part.program, '.js'))) checks.push(...(await play(part)))
  return checks
}

const checks = await main(process.argv.slice(2)).catch((error: unknown): Check[] => [
  { name: 'preparation', ok: false, seconds: 0, detail: String(error) },
])
const failed = checks.filter(({ ok }) => !ok).length
console.log(`\n${reportText(checks)}\n`)
mkdirSync('build/counts', { recursive: true })
writeFileSync('build/counts/e2e.json', JSON.stringify({ passed: checks.length - failed, failed }))
console.log(`${checks.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
