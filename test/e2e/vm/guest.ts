// Runs inside a VM: carries out checks and writes each result as a line of JSON to the serial console, behind the mark that the kernel's
// command line brings. Only node's own modules: the file is copied into the VM as it is.
import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, openSync, readdirSync, readFileSync, readlinkSync, writeSync } from 'node:fs'

/** Where the disk or initramfs has dist, the cache, the foreign programs and these files. */
export const home = '/opt/setup-qemu'
export const binfmt = '/proc/sys/fs/binfmt_misc'

/** A target as the scenario expects it. */
export interface GuestTarget {
  /** QEMU's name. */
  readonly target: string
  /** As it is asked for: `arm64`. */
  readonly platform: string
  /** What `uname -m` says under the emulator. */
  readonly machine: string
  /** Of the emulator for this host. */
  readonly sha256: string
}

export interface Answer {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A target in the JSON of `setup`, as far as scenarios look at it. */
export interface SetUpTarget {
  readonly target: string
  readonly state: string
  readonly entry: string | null
  readonly flags: string | null
  readonly qemuVersion: string | null
  readonly sha256: string | null
  readonly proof: { readonly chroot: boolean; readonly argv0: boolean; readonly fingerprint: string | null } | null
  readonly findings: readonly { readonly code: string; readonly reason: string }[]
}

const console = openSync('/dev/console', 'w')
let checks = 0

/** The value of a parameter of the kernel's command line; empty without it. */
export function parameter(name: string): string {
  const words = readFileSync('/proc/cmdline', 'utf8').trim().split(' ')
  return words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
}

function tell(line: object): void {
  writeSync(console, `\n${parameter('vm.mark')} ${JSON.stringify(line)}\n`)
}

/** One thing that is to be so; `work` gives what was seen, and throws when it is not so. */
export async function check(name: string, work: () => string | Promise<string>): Promise<void> {
  const started = performance.now()
  let result: { ok: boolean; detail: string }
  try {
    result = { ok: true, detail: await work() }
  } catch (error) {
    result = { ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
  checks++
  tell({ kind: 'check', name, seconds: (performance.now() - started) / 1000, ...result })
}

/** Runs a scenario and says that it went to its end. */
export async function play(init: string, scenario: () => Promise<void>): Promise<void> {
  tell({ kind: 'about', kernel: readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim(), init })
  try {
    await scenario()
    tell({ kind: 'end', checks })
  } catch (error) {
    tell({ kind: 'broken', reason: String(error) })
  }
}

export function expectEqual(got: unknown, expected: unknown, what: string): void {
  const [one, other] = [got, expected].map((value) => JSON.stringify(value))
  if (one !== other) throw new Error(`${what}: expected ${other}, got ${one}`)
}

export function run(file: string, args: readonly string[], options: { argv0?: string } = {}): Answer {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8', timeout: 120_000, ...options })
  return { status, stdout: stdout ?? '', stderr: stderr ?? String(error) }
}

/** Runs a program that must end with 0. */
export function must(file: string, ...args: string[]): string {
  const { status, stdout, stderr } = run(file, args)
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}: ${stderr.slice(-600)}`)
  return stdout
}

/** The built command line, by Node as root or by the program and words in front. */
export function cli(
  args: readonly string[],
  front: readonly string[] = [],
): Answer & { json: Record<string, unknown> } {
  const line = [...front, process.execPath, `${home}/dist/cli/index.js`, ...args, '--json']
  const answer = run(line[0] ?? '', line.slice(1))
  let json: Record<string, unknown>
  try {
    json = JSON.parse(answer.stdout)
  } catch {
    throw new Error(`${args.join(' ')} ended with ${answer.status} and said ${answer.stdout}${answer.stderr}`)
  }
  return { ...answer, json }
}

/** `setup` from the warm cache; throws when it is not green. */
export function setUp(words: readonly string[], front: readonly string[] = []): SetUpTarget[] {
  const { status, json, stderr } = cli(['setup', ...words, '--offline', '--cache-dir', `${home}/cache`], front)
  const targets = (json.targets ?? []) as SetUpTarget[]
  const failed = targets.flatMap(({ target, findings }) => findings.map(({ reason }) => `${target}: ${reason}`))
  if (status !== 0) throw new Error(`setup ended with ${status}: ${[...failed, stderr.slice(-600)].join('; ')}`)
  return targets
}

export interface Restored {
  readonly removed: readonly string[]
  readonly left: readonly { readonly name: string; readonly why: string }[]
  readonly unmounted: boolean
}

/** `restore`; throws when it is not green, has anything to warn of, or left an entry that is still there. */
export function restore(front: readonly string[] = []): Restored {
  const { status, json, stderr } = cli(['restore'], front)
  const restored = json as unknown as Restored
  const others = restored.left.filter(({ why }) => why !== 'gone')
  expectEqual([status, json.warnings, others], [0, [], []], `restore (${stderr.slice(-600)})`)
  return restored
}

/** Whether a foreign busybox computes an answer: a random word, and in `machine` what it takes its machine for. */
export function foreign(
  target: string,
  how: 'direct' | 'chroot',
): { readonly runs: boolean; readonly machine: string } {
  const root = `${home}/foreign/${target}`
  const line = how === 'direct' ? [`${root}/busybox`] : ['chroot', root, '/busybox']
  const word = randomBytes(6).toString('hex')
  const call = (...args: string[]) => run(line[0] ?? '', [...line.slice(1), ...args])
  const { status, stdout } = call('echo', word)
  if (status !== 0 || stdout !== `${word}\n`) return { runs: false, machine: '' }
  return { runs: true, machine: call('uname', '-m').stdout.trim() }
}

/** SHA-256 and path of the executable that really runs a target's busybox, looked at from outside while it sleeps. */
export async function whatRuns(target: string): Promise<{ readonly sha256: string; readonly path: string }> {
  const child = spawn(`${home}/foreign/${target}/busybox`, ['sleep', '60'], { stdio: 'ignore' })
  // its end says what matters: nothing called qemu appears
  child.on('error', () => undefined)
  try {
    const link = `/proc/${child.pid}/exe`
    for (let tries = 0; tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      // until the emulator runs, the process is this program
      const path = child.exitCode === null ? readlinkSync(link) : ''
      if (/qemu/.test(path)) return { sha256: sha256Of(link), path }
    }
    throw new Error(`no emulator runs ${target} programs`)
  } finally {
    child.kill('SIGKILL')
  }
}

export function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

/** The table byte for byte; empty when it is not mounted. */
export function table(): Record<string, string> {
  if (!existsSync(`${binfmt}/register`)) return {}
  const names = readdirSync(binfmt).filter((name) => name !== 'register' && name !== 'status')
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(`${binfmt}/${name}`, 'utf8')]))
}

/** The mounts on the table's folder: types of file system, the lowest first. */
export function mountsOfTable(): string[] {
  const lines = readFileSync('/proc/self/mounts', 'utf8').split('\n')
  return lines.map((line) => line.split(' ')).flatMap(([, place, type]) => (place === binfmt && type ? [type] : []))
}

/** Files that a journal or a drop-in of ours would be. */
export function leftUnderRun(): string[] {
  return ['/run/setup-qemu', '/run/binfmt.d'].flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder).map((name) => `${folder}/${name}`) : [],
  )
}
