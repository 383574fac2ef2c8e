// Real programs: of every Debian port in every way of running them, and larger Debian roots, before setup, after it, and after restore.
// Runs inside test/support/engines/engine.sh.
import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { binfmtFolder } from '../../../src/system/binfmt.js'
import { placeBuildx } from '../../support/engines/buildx.js'
import { startDocker, stopped } from '../../support/engines/engine.js'
import { prepareRootless } from '../../support/engines/engine-call.js'
import { emulator, warmCache } from '../../support/programs/emulators.js'
import { node24 } from '../../support/runner/node24.js'
import { checker, expectEqual } from '../check.js'
import { lineOf, makeGuests, type Port, ports } from './guest-ports.js'
import { type Answer, tried, type Way, ways } from './guest-ways.js'
import { expectRefused, openedRoots, workInRoots } from './guest-work.js'

const [results = '', buildx = '', ...rootWords] = process.argv.slice(2)
const dist = process.env.SETUP_QEMU_DIST ?? 'dist'
const check = checker(results)

interface TargetReport {
  readonly target: string
  readonly state: string
  readonly entry: string | null
  readonly qemuVersion: string
  readonly sha256: string
  readonly proof: { readonly chroot: boolean; readonly fingerprint: string }
}

function cli(...words: string[]) {
  const { stdout, stderr, status } = spawnSync(node24, [join(dist, 'cli/index.js'), ...words, '--json'], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: warmCache },
  })
  if (status !== 0) throw new Error(`${words[0]} ended with ${status}: ${stdout}${stderr}`)
  return JSON.parse(stdout)
}

function entries(): string[] {
  return readdirSync(binfmtFolder).filter((name) => name !== 'register' && name !== 'status')
}

const targets: TargetReport[] = []

function setup(): string {
  targets.push(...cli('setup', ...ports.map(({ name }) => name), '--offline').targets)
  expectEqual(targets.map(({ target }) => target).sort(), [...new Set(ports.map(({ target }) => target))].sort())
  const emulated = targets.filter(({ state }) => state !== 'native')
  for (const { target, state, sha256, proof } of emulated)
    expectEqual([state, sha256, proof.fingerprint, proof.chroot], ['emulated', sha256, emulator(target).sha256, true])
  expectEqual(entries().sort(), emulated.map(({ target }) => `qemu-${target}`).sort())
  return `${emulated.length} emulators of QEMU ${emulated[0]?.qemuVersion}`
}

/** The line that the guest printed; an image build writes its own words before and after. */
function printed({ text }: Answer): string | undefined {
  return /guest: \S+ \d+ [0-9a-f]{64}/.exec(text)?.[0]
}

/** What a refused program came to: the kernel's reason, as the caller passes it on. */
function refusal({ status, text }: Answer): string {
  const line = text.split('\n').find((one) => /exec format error/i.test(one))
  if (status === 0 || line === undefined || printed({ status, text }) !== undefined)
    throw new Error(`expected an exec format error, got status ${status}: ${text.trim().slice(-300)}`)
  return line.replace(/^#\d+ [\d.]+ /, '').replace(/^.*\/(?=guests\/)/, '')
}

function worked(port: Port, machine: string, seen: Answer): void {
  if (seen.status !== 0) throw new Error(`ended with ${seen.status}: ${seen.text.trim().slice(-300)}`)
  expectEqual(printed(seen), lineOf(port, machine))
}

type Phase = ReadonlyMap<string, Answer>

/** One field of the matrix: refused, works, refused again; or native, and then it always works, without an entry. */
function field(port: Port, way: Way, phases: readonly [before: Phase, after: Phase, again: Phase]): string {
  const missing: Answer = { status: null, text: 'not tried' }
  const [before, after, again] = phases.map((phase) => phase.get(`${port.name} ${way.name}`) ?? missing)
  if (before === undefined || after === undefined || again === undefined) throw new Error('a phase is missing')
  const report = targets.find(({ target }) => target === port.target)
  if (report?.state === 'native') {
    const machine = execFileSync('uname', ['-m'], { encoding: 'utf8' }).trim()
    for (const seen of [before, after, again]) worked(port, machine, seen)
    expectEqual(report.entry, null)
    return 'native: it runs before, after and again, and no entry was made'
  }
  const reason = refusal(before)
  worked(port, port.machine, after)
  refusal(again)
  return `${port.machine}, right sums; before and again: ${reason}`
}

/** The platforms that `docker buildx ls` shows. */
function platforms(): string[] {
  const text = execFileSync('docker', ['buildx', 'ls'], { encoding: 'utf8' })
  return text.match(/linux\/[a-z0-9/]+/g) ?? []
}

// those of our platforms that every BuildKit knows
const known = ['linux/arm64', 'linux/arm/v7', 'linux/ppc64le', 'linux/riscv64', 'linux/s390x']

/** The platforms that setup brings about and BuildKit knows. */
function emulated(): string[] {
  const states = new Map(targets.map(({ target, state }) => [target, state]))
  return ports
    .filter(({ target, platform }) => states.get(target) === 'emulated' && known.includes(platform))
    .map(({ platform }) => platform)
}

async function matrix(): Promise<void> {
  const before = await tried(ports)
  const native = platforms()
  const roots = openedRoots(rootWords)
  await check('larger Debian roots: their programs are refused before setup', () => expectRefused(roots))
  await check(`setup ${ports.map(({ name }) => name).join(' ')}`, setup)
  const after = await tried(ports)
  await check('docker buildx ls shows the platforms, without a restart of dockerd', () => {
    expectEqual(
      emulated().filter((platform) => native.includes(platform)),
      [],
    )
    expectEqual(
      emulated().filter((platform) => !platforms().includes(platform)),
      [],
    )
    return `before ${native.join(' ')}; after ${platforms().join(' ')}`
  })
  await workInRoots(check, roots)
  await check('restore empties the table', () => {
    const { removed } = cli('restore')
    expectEqual(entries(), [])
    return removed.join(' ')
  })
  const again = await tried(ports)
  await check('larger Debian roots: their programs are refused after restore', () => expectRefused(roots))
  for (const port of ports)
    for (const way of ways) await check(`${port.name}, ${way.name}`, () => field(port, way, [before, after, again]))
}

/** What BuildKit in dockerd knows lasts as long as dockerd; the table is empty by now. */
async function restarted(docker: ChildProcess): Promise<string> {
  const shown = () => emulated().filter((platform) => platforms().includes(platform))
  expectEqual(shown(), emulated())
  await stopped(docker)
  const next = await startDocker()
  try {
    expectEqual(shown(), [])
  } finally {
    await stopped(next)
  }
  return 'shown until the restart, then no more'
}

prepareRootless()
placeBuildx(buildx)
const docker = await startDocker()
try {
  await makeGuests()
  await matrix()
  await check('docker buildx ls still shows them after restore: dockerd forgets at its restart', () =>
    restarted(docker),
  )
} finally {
  await stopped(docker)
}
