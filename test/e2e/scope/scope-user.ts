// Whom the private scope's part of the end-to-end run works as: root, or an ordinary user, with and without subordinate ids.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freeIds } from '../../support/kernel/free-ids.js'
import { warmCache } from '../../support/programs/emulators.js'

const dist = resolve(process.env.SETUP_QEMU_DIST ?? 'dist')

export interface Said {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

const [runner = 0, subordinate = 0] = freeIds(2)
/** The accounts that the tests make, over the machine's files; `subordinate`: the user who may map more ids than his own. */
export const users = { root: 0, runner, subordinate } as const

/** Makes the accounts in this namespace. */
export function makeAccounts(): void {
  const folder = '/run/accounts'
  mkdirSync(folder, { recursive: true })
  const texts = {
    passwd: (name: string, id: number) => `${name}:x:${id}:${id}::/tmp:/bin/sh`,
    group: (name: string, id: number) => `${name}:x:${id}:`,
  }
  for (const [file, line] of Object.entries(texts)) {
    const old = readFileSync(`/etc/${file}`, 'utf8').split('\n')
    const kept = old.filter((text) => text !== '' && !/^(runner|subordinate):/.test(text))
    const added = [line('runner', users.runner), line('subordinate', users.subordinate)]
    mountOver(`/etc/${file}`, [...kept, ...added, ''].join('\n'), folder)
  }
  for (const file of ['subuid', 'subgid']) mountOver(`/etc/${file}`, 'subordinate:200000:65536\n', folder)
}

function mountOver(path: string, text: string, folder: string): void {
  const file = join(folder, path.replaceAll('/', '_'))
  writeFileSync(file, text)
  must('touch', path)
  must('mount', '--bind', file, path)
}

/** Runs a program that has to succeed. */
export function must(file: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${error ?? stderr}`)
  return stdout
}

/** Somebody who runs programs, in a folder of his own with a blank in its name. */
export class Person {
  readonly folder: string

  constructor(
    readonly name: keyof typeof users,
    readonly environment: Record<string, string> = {},
  ) {
    const home = mkdtempSync(join(tmpdir(), 'setup-qemu-scope-user-'))
    process.once('exit', () => rmSync(home, { recursive: true, force: true }))
    this.folder = join(home, 'a folder')
    mkdirSync(this.folder)
    must('chown', '-R', String(users[name]), join(this.folder, '..'))
    chmodSync(join(this.folder, '..'), 0o755)
  }

  /** Program and arguments that start a program as this person. */
  line(file: string, args: readonly string[]): [string, string[]] {
    const id = String(users[this.name])
    return id === '0' ? [file, [...args]] : ['setpriv', ['--reuid', id, '--regid', id, '--clear-groups', file, ...args]]
  }

  get env(): Record<string, string> {
    // this machine's own may have folders that are closed to others
    const PATH = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin'
    return {
      PATH,
      LANG: 'C.UTF-8',
      HOME: this.folder,
      TMPDIR: join(this.folder, '..'),
      MARK: 'a b\nc',
      ...this.environment,
    }
  }

  run(file: string, ...args: string[]): Said {
    const [program, words] = this.line(file, args)
    const { status, signal, stdout, stderr } = spawnSync(program, words, {
      encoding: 'utf8',
      cwd: this.folder,
      env: this.env,
      input: '',
      maxBuffer: 1 << 26,
    })
    return { status, signal, stdout, stderr }
  }

  start(file: string, ...args: string[]): ChildProcess {
    const [program, words] = this.line(file, args)
    return spawn(program, words, { cwd: this.folder, env: this.env, stdio: 'pipe' })
  }

  /** The command line; `words` come after `node cli`. */
  cli(...words: string[]): Said {
    return this.run(...this.cliLine(...words))
  }

  cliLine(...words: string[]): [string, ...string[]] {
    const [name = '', ...rest] = words
    const cache = name === 'setup' || name === 'run' ? ['--cache-dir', '/run/cache', '--offline'] : []
    return [process.execPath, join(dist, 'cli/index.js'), name, ...cache, ...rest]
  }

  /** Opens a private scope and gives the path of with-qemu. */
  open(version: string): string {
    const { status, stdout, stderr } = this.cli(
      'setup',
      'arm64',
      '--scope',
      'private',
      '--qemu-version',
      version,
      '--json',
    )
    if (status !== 0) throw new Error(`setup --scope private ended with ${status}: ${stdout}${stderr}`)
    const { withQemu, targets } = JSON.parse(stdout)
    if (targets[0]?.proof?.chroot !== true) throw new Error(`not proven: ${stdout}`)
    return withQemu
  }
}

/** The emulators that all may read, and only root may write. */
export function shareCache(): void {
  mkdirSync('/run/cache', { recursive: true })
  must('mount', '--bind', warmCache, '/run/cache')
}
