// What larger Debian roots do under an emulator: apt's tools, perl, python3 and gcc, each with an answer that is known beforehand.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync } from 'node:fs'
import { type Checker, expectEqual } from '../check.js'

const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8' }

export interface Root {
  /** Debian's name of the port. */
  readonly name: string
  readonly path: string
}

function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', env, maxBuffer: 1 << 26 })
  if (status !== 0) throw new Error(`${file} ended with ${status}: ${`${stdout}${stderr}`.trim().slice(-600)}`)
  return stdout.trim()
}

/** A layer in memory over a root of the cache, which stays as it is; with this machine's devices and processes, and the programs of `guest-work`. */
function opened(kept: string, name: string): Root {
  const place = `/run/engine/roots/${name}`
  const path = `${place}/root`
  for (const folder of ['root', 'upper', 'work']) mkdirSync(`${place}/${folder}`, { recursive: true })
  run('mount', [
    ...['-t', 'overlay', '-o'],
    `lowerdir=${kept},upperdir=${place}/upper,workdir=${place}/work,userxattr`,
    ...['overlay', path],
  ])
  for (const folder of ['dev', 'proc']) run('mount', ['--rbind', `/${folder}`, `${path}/${folder}`])
  cpSync('test/e2e/guests/guest-work', `${path}/opt/guest`, { recursive: true })
  return { name, path }
}

function guest({ path }: Root, ...words: readonly string[]): string {
  return run('chroot', [path, ...words], environment)
}

/** `times` SHA-256 one over the other, each of the text of the one before. */
function chain(times: number): string {
  let text = 'guest'
  for (let i = 0; i < times; i++) text = createHash('sha256').update(text).digest('hex')
  return text
}

const machines: Readonly<Record<string, string>> = { arm64: 'aarch64', riscv64: 'riscv64' }

async function workIn(check: Checker, root: Root): Promise<void> {
  const { name } = root
  const machine = machines[name]
  await check(`a Debian root of ${name}: apt and dpkg build, install, verify and remove a package`, () => {
    const [hello, postinst, installed] = guest(root, 'sh', '/opt/guest/packages.sh').split('\n')
    expectEqual([hello, postinst], [`hello from ${name}`, machine])
    return `${installed} packages installed`
  })
  await check(`a Debian root of ${name}: perl forks, and sums in threads`, () => {
    const answer = guest(root, 'perl', '/opt/guest/chain.pl')
    expectEqual(answer, `${chain(3000)} 333833500 7`)
    return guest(root, 'perl', '-e', 'print "perl $^V"')
  })
  await check(`a Debian root of ${name}: python3 hashes, calls itself, and shares work among threads`, () => {
    expectEqual(guest(root, 'python3', '/opt/guest/chain.py'), `${chain(3000)} 333833500 7 499500 True`)
    return guest(root, 'python3', '--version')
  })
  await check(`a Debian root of ${name}: gcc compiles a program with threads, and it computes`, () => {
    guest(root, 'gcc', '-O1', '-Wall', '-Werror', '-pthread', '-o', '/opt/guest/primes', '/opt/guest/primes.c')
    expectEqual(guest(root, '/opt/guest/primes'), `${machine} 1709600813`)
    return guest(root, 'gcc', '--version').split('\n')[0] ?? ''
  })
}

/** Opens roots of the cache, each given as `<port>=<folder>`. */
export function openedRoots(words: readonly string[]): Root[] {
  return words.map((word) => {
    const [name = '', kept = ''] = word.split('=')
    return opened(kept, name)
  })
}

/** Throws unless the kernel refuses the roots' programs. */
export function expectRefused(roots: readonly Root[]): string {
  for (const { path } of roots) {
    const { status, stderr } = spawnSync('chroot', [path, '/bin/true'], { encoding: 'utf8', env: environment })
    expectEqual([status, /Exec format error/.test(stderr)], [126, true])
  }
  return 'Exec format error'
}

export async function workInRoots(check: Checker, roots: readonly Root[]): Promise<void> {
  for (const root of roots) await workIn(check, root)
}
