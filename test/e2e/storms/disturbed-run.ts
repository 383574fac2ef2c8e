// One set-up of arm64, and somebody who changes the table at a random moment near its end: what the set-up says, and what is so.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ListedEntry, matches, parseEntry, registerLine } from '../../../src/core/model/entry.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { binfmtFolder, isEnabled, tableByPrecedence } from '../../../src/system/binfmt.js'

const { magic, mask } = targetNamed('aarch64')
const usual = join(binfmtFolder, 'qemu-aarch64')

/** What somebody does; each throws, or says false, where there is nothing to do it to. */
export const deeds = {
  'switches the table off': () => writeFileSync(join(binfmtFolder, 'status'), '0'),
  'disables it': () => writeFileSync(usual, '0'),
  'removes it': () => writeFileSync(usual, '-1'),
  'flushes the table': () => {
    const isThere = tableByPrecedence().length > 0
    writeFileSync(join(binfmtFolder, 'status'), '-1')
    return isThere
  },
  'registers over it': () => write('theirs'),
  'registers over it under its own name': () => {
    writeFileSync(usual, '-1')
    try {
      write('qemu-aarch64')
    } catch {
      // the set-up was quicker; removed is disturbed enough
    }
  },
} as const
export type Deed = keyof typeof deeds

function write(name: string): void {
  writeFileSync(join(binfmtFolder, 'register'), theirLine(name))
}

function theirLine(name: string): string {
  return registerLine({ name, interpreter: '/bin/false', flags: 'POCF', offset: 0, magic, mask })
}

/** The same by a shell that waits for a line, in the folder of the table. */
const shellDeeds: Readonly<Record<Deed, string>> = {
  'switches the table off': 'echo 0 >status',
  'disables it': 'echo 0 >qemu-aarch64',
  'removes it': 'echo -1 >qemu-aarch64',
  'flushes the table': '[ -e qemu-aarch64 ] && echo -1 >status',
  'registers over it': 'printf %s "$1" >register',
  'registers over it under its own name': 'echo -1 >qemu-aarch64 && printf %s "$2" >register',
}

export interface Disturbed {
  readonly status: number | null
  readonly output: string
  readonly codes: readonly string[]
  /** When the deed was done and the table was looked at for the last time, in seconds of one clock; undefined: not at all. */
  readonly done: number | undefined
  readonly looked: number | undefined
  readonly ended: number
  readonly started: number
  /** Whether it was green, and arm64 programs run under the emulator after it. */
  readonly isSo: boolean
}

export function now(): number {
  return Number(process.hrtime.bigint()) / 1e9
}

/** Does a deed at a time; when it was done, if there was anything to do it to. */
async function doneAt(deed: Deed, at: number): Promise<number | undefined> {
  await sleep(Math.max(0, at - now()) * 1000)
  try {
    if (deeds[deed]() === false) return undefined
    return now()
  } catch {
    return undefined
  }
}

/** Who disturbs, and who looks when it has ended. */
export interface Place {
  /** Does the deed at a time of `now`; when it was done, if there was anything to do it to. */
  disturb(deed: Deed, at: number): Promise<number | undefined>
  isSo(json: string): boolean
}

/** The table of this namespace, in which an emulator of a path is to run. */
export const here = (interpreter: string): Place => ({ disturb: doneAt, isSo: () => runsUnder(interpreter) })

/** The table of the private scope that a set-up opens in a temporary folder. */
export const inScope = (temporary: string, interpreter: string): Place => ({
  disturb: async (deed, at) => {
    const withQemu = await scopeIn(temporary, at)
    if (withQemu === undefined) return undefined
    const script = `cd ${binfmtFolder}; read -r _; { ${shellDeeds[deed]}; } 2>/dev/null && echo done`
    const words = [
      withQemu,
      '--as-root',
      '--',
      'bash',
      '-c',
      script,
      'bash',
      theirLine('theirs'),
      theirLine('qemu-aarch64'),
    ]
    const [file = '', ...args] = words
    const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'] })
    child.stdin.on('error', () => undefined)
    const done = new Promise<number | undefined>((resolve) => {
      child.stdout.once('data', () => resolve(now()))
      child.once('close', () => resolve(undefined))
      child.once('error', () => resolve(undefined))
    })
    await sleep(Math.max(0, at - now()) * 1000)
    child.stdin.end('\n')
    return await done
  },
  isSo: (json) => {
    const { withQemu } = JSON.parse(json) as { withQemu: string | null }
    if (withQemu === null) return false
    const script = `cd ${binfmtFolder}; cat status; for name in $(ls -U); do
      case $name in register|status) ;; *) echo "name $name"; cat "$name" ;; esac; done`
    const { stdout } = spawnSync(withQemu, ['--', 'bash', '-c', script], { encoding: 'utf8' })
    const [status = '', ...texts] = stdout.split(/^name /m)
    const entries = texts.map((one) => parseEntry(one.split('\n')[0] ?? '', one.slice(one.indexOf('\n') + 1)))
    return status.trim() === 'enabled' && chosen(entries)?.interpreter === interpreter
  },
})

async function scopeIn(temporary: string, until: number): Promise<string | undefined> {
  while (now() < until) {
    const name = readdirSync(temporary).find((one) => one.startsWith('setup-qemu-scope-'))
    const withQemu = join(temporary, name ?? '', 'bin', 'with-qemu')
    if (name !== undefined && existsSync(withQemu)) return withQemu
    await sleep(5)
  }
  return undefined
}

/** A set-up by `words` (program and arguments), disturbed `afterMs` after its start. */
export async function disturbed(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  place: Place,
  deed: Deed,
  afterMs: number,
): Promise<Disturbed> {
  const [file = '', ...args] = words
  const started = now()
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
  const output = Promise.all([text(child.stdout), text(child.stderr)])
  const ending = new Promise<[number | null, number]>((resolve) =>
    child.on('exit', (status) => resolve([status, now()])),
  )
  const [done, [status, ended], [json, log]] = await Promise.all([
    place.disturb(deed, started + afterMs / 1000),
    ending,
    output,
  ])
  const isLate = done !== undefined && done > ended
  // what is done when it has ended concerns nobody, and is all that could be seen now
  const isSo = status === 0 && (isLate || place.isSo(json))
  const looked = /last look at the table, (\d+\.\d+) s after boot/.exec(log)?.[1]
  return {
    status,
    output: `${json}${log}`,
    codes: codesIn(json),
    done: isLate ? undefined : done,
    looked: looked === undefined ? undefined : Number(looked),
    ended,
    started,
    isSo,
  }
}

function codesIn(json: string): string[] {
  if (!json.startsWith('{')) return [`no JSON: ${json}`]
  const { error, targets = [] } = JSON.parse(json) as {
    error?: { code: string }
    targets?: { findings: { code: string }[] }[]
  }
  return error === undefined ? targets.flatMap(({ findings }) => findings.map(({ code }) => code)) : [error.code]
}

/** Read from the table, not asked of the product: the first enabled entry that matches such programs has this interpreter, and the table is on. */
function runsUnder(interpreter: string): boolean {
  return isEnabled() && chosen(tableByPrecedence())?.interpreter === interpreter
}

function chosen(entries: readonly (ListedEntry | undefined)[]): ListedEntry | undefined {
  const head = Buffer.from(magic, 'hex')
  return entries.find((entry) => entry?.enabled && matches(entry, head))
}

/** The table as nobody has it any more. */
export function cleared(): void {
  for (const word of ['1', '-1']) writeFileSync(join(binfmtFolder, 'status'), word)
}
