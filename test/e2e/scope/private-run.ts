// `run` with real programs: how commands end, terminals and their keys, signals, and hundreds of starts that are killed at random. What may never
// happen: a process, a mount or a file of a run that stays. Runs inside test/support/kernel/range.sh.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { becomes, descendants, type SeenProcess } from '../../support/kernel/every-process.js'
import { numbersOf } from '../../support/random.js'
import { checker, expectEqual } from '../check.js'
import { hasBegun, nothingLeft } from '../storms/storm.js'
import { makeAccounts, Person, shareCache, users } from './scope-user.js'

const [results = '', seedWord = '', countWord = process.env.SETUP_QEMU_STARTS ?? '240'] = process.argv.slice(2)
const check = checker(results)
const probe = '/run/probe'
const seed = seedWord === '' ? Math.floor(Math.random() * 2 ** 32) : Number(seedWord)
const atOnce = 4

const random = numbersOf(seed)

const runWords = (...command: string[]) => ['run', '--quiet', '--platform', 'arm64', '--', ...command]

const expectNothing = (...persons: Person[]) => nothingLeft('private-run.js', persons)

function endings(person: Person): string {
  expectEqual(person.cli(...runWords('sh', '-c', 'exit 42')).status, 42)
  for (const signal of ['TERM', 'KILL', 'HUP', 'USR2'])
    expectEqual(person.cli(...runWords('sh', '-c', `kill -${signal} $$`)).signal, `SIG${signal}`)
  expectEqual(person.cli(...runWords('no-such-program')).status, 127)
  expectEqual(person.cli(...runWords('/etc/passwd')).status, 126)
  expectEqual(person.cli('run', '--quiet', '--', 'sh').status, 2)
  // nothing is in that cache, and there is no network
  expectEqual(
    person.cli('run', '--quiet', '--cache-dir', person.folder, '--platform', 'arm64', '--', 'true').status,
    125,
  )
  return 'status, four signals, 127, 126, 2, 125'
}

/** The platform is the program's own, also behind a script. */
function foreign(person: Person): string {
  const script = join(person.folder, 'script')
  writeFileSync(script, `#!${probe} word\n`, { mode: 0o755 })
  for (const file of [probe, script]) {
    const { status, stdout } = person.cli('run', '--quiet', '--qemu-version', '7.2', '--', file, 'argument')
    // the probe takes the end of its input for a zero, and gives that back XOR 0x5A
    expectEqual(
      [status === 0, stdout.startsWith('setup-qemu probe 1 aarch64\n'), /argument/.test(stdout)],
      [false, true, true],
    )
  }
  return 'a program, and a script for one'
}

function passesThrough(person: Person): string {
  const script =
    'pwd; umask; ulimit -n; ulimit -f; id -u; env -0 | sort -z | grep -zv "^SETUP_QEMU_SCOPE=\\|^_=" | od -c; cat'
  const outer = `umask 027; ulimit -S -n 321; ulimit -f 9876; printf "a\\0b" | `
  const [node, cli, ...words] = person.cliLine(...runWords('bash', '-c', script))
  const plain = person.run('bash', '-c', `${outer} bash -c "$1"`, 'bash', script)
  const quiet = person.run('bash', '-c', `${outer} "$@"`, 'bash', node, cli ?? '', ...words)
  expectEqual(quiet, plain)
  return `${plain.stdout.split('\n').length} lines are the same`
}

/** A run in a terminal of its own; `type` is what is typed. Several go on at once: each has a file of its own, named `name`. */
function inTerminal(person: Person, name: string, script: string): { child: ChildProcess; type(keys: string): void } {
  writeFileSync(join(person.folder, name), script)
  const [node, cli, ...words] = person.cliLine(...runWords('bash', name))
  const quoted = [node, cli ?? '', ...words].map((word) => `'${word}'`).join(' ')
  // no shell between: it would be interrupted, too
  const child = person.start('script', '-qec', `echo begun; exec ${quoted}`, '/dev/null')
  return { child, type: (keys) => void child.stdin?.write(keys) }
}

async function heard(child: ChildProcess, words: string): Promise<string> {
  let said = ''
  const hear = (chunk: Buffer) => {
    said += chunk
  }
  child.stdout?.on('data', hear)
  const found = await becomes(() => said.includes(words), 30_000)
  child.stdout?.off('data', hear)
  if (!found) throw new Error(`"${words}" was not said, but: ${said}`)
  return said
}

async function keys(person: Person): Promise<string> {
  const script = `n=0; trap 'n=$((n+1)); echo "interrupted $n"; [ $n = 1 ] || exit 9' INT; echo ready; while :; do sleep 0.1; done`
  const { child, type } = inTerminal(person, 'keys', script)
  await heard(child, 'ready')
  type('\u0003')
  await heard(child, 'interrupted 1')
  // a signal that came twice, from the terminal and from run, would have ended it
  await sleep(700)
  expectEqual(child.exitCode, null)
  type('\u0003')
  const [status] = await once(child, 'exit')
  expectEqual(status, 9)
  const plain = inTerminal(person, 'plain', 'echo ready; sleep 100')
  await heard(plain.child, 'ready')
  plain.type('\u0003')
  const [interrupted] = await once(plain.child, 'exit')
  expectEqual(interrupted, 130)
  return 'each Ctrl-C is heard once'
}

async function stops(person: Person): Promise<string> {
  const [file, ...args] = person.cliLine(
    ...runWords('sh', '-c', 'trap "echo went on" CONT; echo ready; while :; do sleep 0.1; done'),
  )
  const child = person.start(file, ...args)
  await heard(child, 'ready')
  const state = () => /^State:\s*(\S)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
  child.kill('SIGTSTP')
  if (!(await becomes(() => state() === 'T'))) throw new Error(`run is ${state()}`)
  child.kill('SIGCONT')
  await heard(child, 'went on')
  child.kill('SIGTERM')
  const [, signal] = await once(child, 'exit')
  expectEqual(signal, 'SIGTERM')
  return 'SIGTSTP, SIGCONT, SIGTERM'
}

/** Daemons that the command leaves end with it; what loses its parent while it runs is reaped. */
async function daemons(person: Person): Promise<string> {
  const script =
    '(setsid sleep 300 & echo $! >orphan); kill $(cat orphan); n=0; while [ -d /proc/$(cat orphan) ] && [ $n -lt 300 ]; do n=$((n+1)); sleep 0.1; done; [ -d /proc/$(cat orphan) ] || echo reaped; setsid sleep 300 & exit 4'
  const { status, stdout } = person.cli(...runWords('sh', '-c', script))
  expectEqual([status, stdout.trim()], [4, 'reaped'])
  return expectNothing(person)
}

/** What is killed, and how: everything that a start is made of. */
const ways = ['run', 'unshare', 'init', 'inside', 'command', 'Ctrl-C', 'hangup', 'SIGTERM'] as const

/** The process of a way, among those of a start; the first of them is `script`, the terminal. */
function victim(way: string, all: readonly SeenProcess[]): number | undefined {
  const isOf: Record<string, (command: string) => boolean> = {
    run: (command) => command.includes('index.js run'),
    unshare: (command) => command.startsWith('unshare'),
    init: (command) => command.startsWith('sh -c') && command.includes('refuse()'),
    inside: (command) =>
      command.includes('index.js --inside') && !command.startsWith('sh') && !command.startsWith('unshare'),
    command: (command) => command.startsWith('bash storm-'),
  }
  return all.find(({ command }) => isOf[way]?.(command))?.pid
}

/** How often each was really there to be killed. */
const hits = new Map<string, number>()

async function stormStart(person: Person, at: number, way: (typeof ways)[number], ms: number): Promise<void> {
  // where one of ours is killed, the closed terminal is not to help: the command would outlive it
  const deaf = ['run', 'unshare', 'init', 'inside'].includes(way) ? 'trap "" HUP; ' : ''
  const script = `${deaf}setsid sleep 300 & sleep 300 & (trap "" HUP; sleep 300) & wait`
  const { child, type } = inTerminal(person, `storm-${at}-${way}-${ms}`, script)
  const ended = once(child, 'exit')
  await hasBegun(child, ended)
  await sleep(ms)
  const kill = (pid: number | undefined, signal: NodeJS.Signals) => {
    try {
      if (pid !== undefined) process.kill(pid, signal)
    } catch {
      // it ended meanwhile
    }
  }
  const all = descendants(child.pid ?? 0)
  const pid = victim(way === 'SIGTERM' ? 'run' : way, all)
  if (way === 'Ctrl-C') type('\u0003')
  else if (way === 'hangup') child.kill('SIGKILL')
  else kill(pid, way === 'SIGTERM' ? 'SIGTERM' : 'SIGKILL')
  if (pid !== undefined || way === 'Ctrl-C' || way === 'hangup') hits.set(way, (hits.get(way) ?? 0) + 1)
  // where what was to be killed was not there yet, the whole session ends
  await Promise.race([ended, sleep(1500)])
  if (child.exitCode === null && child.signalCode === null) {
    kill(victim('run', descendants(child.pid ?? 0)), 'SIGKILL')
    child.kill('SIGKILL')
    await ended
  }
}

async function storm(persons: readonly Person[]): Promise<string> {
  const count = Number(countWord)
  let next = 0
  const worker = async () => {
    while (next < count) {
      const at = next++
      const person = persons[at % persons.length] as Person
      await stormStart(person, at, ways[Math.floor(random() * ways.length)] ?? 'run', Math.floor(random() * 2000))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  await expectNothing(...persons)
  return `${count} starts, seed ${seed}; killed: ${[...hits].map(([way, times]) => `${way} ${times}`).join(', ')}`
}

makeAccounts()
shareCache()
const probes = JSON.parse(readFileSync('src/data/probes.json', 'utf8')).probes
writeFileSync(probe, Buffer.from(probes.aarch64.base64, 'base64'), { mode: 0o755 })
const persons: Person[] = []
for (const name of Object.keys(users) as (keyof typeof users)[]) {
  const person = new Person(name)
  persons.push(person)
  await check(`${name}: run, and how commands end`, () => endings(person))
  await check(`${name}: run finds a program's platform`, () => foreign(person))
  await check(`${name}: what run passes through`, () => passesThrough(person))
  await check(`${name}: the keys of a terminal`, () => keys(person))
  await check(`${name}: run is stopped and goes on`, () => stops(person))
  await check(`${name}: daemons of a command end with it`, () => daemons(person))
}
await check('hundreds of starts that are killed at random leave nothing', () => storm(persons))
