// Sessions that open a private scope and work in it, and end in every way at a random moment: killed set-ups, keepers, commands, terminals. What
// may never happen: a process or a mount that stays when the session is gone. Runs inside test/support/kernel/range.sh.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { descendants, everyProcess, type SeenProcess } from '../../support/kernel/every-process.js'
import { numbersOf } from '../../support/random.js'
import { checker, expectEqual } from '../check.js'
import { hasBegun, nothingLeft } from '../storms/storm.js'
import { makeAccounts, Person, shareCache, users } from './scope-user.js'

const [results = '', seedWord = '', countWord = process.env.SETUP_QEMU_STARTS ?? '160'] = process.argv.slice(2)
const seed = seedWord === '' ? Math.floor(Math.random() * 2 ** 32) : Number(seedWord)
const random = numbersOf(seed)
const atOnce = 4

const ways = ['setup', 'inside', 'keeper', 'command', 'Ctrl-C', 'hangup', 'restore'] as const
type Way = (typeof ways)[number]
const hits = new Map<Way, number>()

/** A session in a terminal of its own: it sets up, and runs something long. Several go on at once: each has a file of its own. */
function session(person: Person, name: string): ChildProcess {
  const [node, cli, ...words] = person.cliLine('setup', 'arm64', '--scope', 'private', '--quiet')
  const line = [node, cli ?? '', ...words].map((word) => `'${word}'`).join(' ')
  const script = `echo begun\nwith_qemu=$(${line} | tail -n 1)\n"$with_qemu" sleep 250\nsleep 260`
  writeFileSync(join(person.folder, name), script)
  return person.start('script', '-qec', `exec sh ${name}`, '/dev/null')
}

/** The process of a way; a keeper is nobody's child, so it is any of this person's. */
function victim(way: Way, person: Person, all: readonly SeenProcess[]): number | undefined {
  if (way === 'keeper') {
    const parent = join(person.folder, '..')
    return everyProcess().find(({ command }) => command.startsWith(`sh ${parent}`) && command.includes('/keeper keep'))
      ?.pid
  }
  const isOf: Partial<Record<Way, (command: string) => boolean>> = {
    setup: (command) => command.includes('index.js setup'),
    inside: (command) => command.includes('index.js --inside'),
    command: (command) => command === 'sleep 250',
  }
  return all.find(({ command }) => isOf[way]?.(command))?.pid
}

async function start(person: Person, at: number, way: Way, ms: number): Promise<void> {
  const child = session(person, `session-${at}-${way}-${ms}`)
  const ended = once(child, 'exit')
  await hasBegun(child, ended)
  await sleep(ms)
  const pid = victim(way, person, descendants(child.pid ?? 0))
  if (way === 'Ctrl-C') child.stdin?.write('\u0003')
  else if (way === 'restore') expectEqual(person.cli('restore').status, 0)
  else if (pid !== undefined) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // it ended meanwhile
    }
  }
  if (pid !== undefined || ['Ctrl-C', 'hangup', 'restore'].includes(way)) hits.set(way, (hits.get(way) ?? 0) + 1)
  await Promise.race([ended, sleep(way === 'hangup' ? 0 : 300)])
  // at last the terminal is closed
  child.kill('SIGKILL')
  await ended
}

/** Folders stay where set-ups and keepers were killed, and are swept by the next call. */
function sweep(person: Person): void {
  expectEqual(person.cli('restore', '--stale').status, 0)
}

makeAccounts()
shareCache()
await checker(results)('hundreds of sessions with a private scope that end at random leave nothing', async () => {
  const persons = (Object.keys(users) as (keyof typeof users)[]).map((name) => new Person(name))
  const count = Number(countWord)
  let next = 0
  const worker = async () => {
    while (next < count) {
      const at = next++
      const person = persons[at % persons.length] as Person
      const way = ways[Math.floor(random() * ways.length)] ?? 'setup'
      await start(person, at, way, Math.floor(random() * (way === 'setup' || way === 'inside' ? 800 : 2000)))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  await nothingLeft('scope-storm.js', [])
  for (const person of persons) sweep(person)
  await nothingLeft('scope-storm.js', persons)
  return `${count} sessions, seed ${seed}; ended by: ${[...hits].map(([way, times]) => `${way} ${times}`).join(', ')}`
})
