// Hundreds of set-ups and restores of several jobs and of the command line, at once and in random order, with kills at random points, in a
// private table that holds entries of others. What may never happen: a foreign entry that is changed, an entry of ours that stays, a file in
// the cache that is half written, a folder in the temporary folder that stays, a failure that nobody foresaw. Runs inside test/support/kernel/private.sh; the
// seed is printed and can be given; so can the number of acts, and instead of that one of kills: then most acts are killed.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registerLine } from '../../../src/core/model/entry.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { cachePath } from '../../../src/sources/store.js'
import { binfmtFolder, inodeOf } from '../../../src/system/binfmt.js'
import { sha256OfFile } from '../../../src/system/regular-file.js'
import { serve, withRanges } from '../../support/archive/archive.js'
import { emulator, emulatorPath } from '../../support/programs/emulators.js'
import { wholePackage } from '../../support/programs/package.js'
import { numbersOf } from '../../support/random.js'
import type { Check } from '../check.js'
import { nextAct, type Places, runCli, runJob, type Seen } from './stress-acts.js'

const [results = '', seedWord = '', countWord = '240', killsWord = '0'] = process.argv.slice(2)
const kills = Number(killsWord)
const seed = seedWord === '' ? Math.floor(Math.random() * 2 ** 32) : Number(seedWord)
const atOnce = 4

const random = numbersOf(seed)

function table(): Record<string, string> {
  const names = readdirSync(binfmtFolder).filter((name) => name !== 'register' && name !== 'status')
  // one that was removed and registered again has another inode
  const text = (name: string) => `inode ${inodeOf(name)}\n${readFileSync(join(binfmtFolder, name), 'utf8')}`
  return Object.fromEntries(names.map((name) => [name, text(name)]))
}

/** What others have registered: the usual name with another emulator, another format, and one that is switched off. */
async function foreignEntries(): Promise<void> {
  const rule = (name: string, target: string, interpreter: string) => {
    const { magic, mask } = targetNamed(target)
    return registerLine({ name, interpreter, flags: 'POCF', offset: 0, magic, mask })
  }
  const write = (line: string) => writeFileSync(join(binfmtFolder, 'register'), line)
  write(rule('qemu-aarch64', 'aarch64', await emulatorPath('aarch64', '7.2.22')))
  write(':jar:E::jar::/bin/true:')
  write(rule('theirs-s390x', 's390x', '/bin/false'))
  writeFileSync(join(binfmtFolder, 'theirs-s390x'), '0')
}

async function play(folder: string): Promise<Check[]> {
  const cache = join(folder, 'cache')
  const temporary = join(folder, 'temporary')
  for (const one of [cache, temporary]) mkdirSync(one)
  await foreignEntries()
  const before = JSON.stringify(table())
  const [newer, older] = [emulator('aarch64'), emulator('aarch64', '7.2.22')]
  const packages = new Map([
    [newer.package.path, await wholePackage(newer)],
    [older.package.path, await wholePackage(older)],
  ])
  await using server = await serve(Buffer.alloc(0), (request, response) => {
    const file = [...packages].find(([path]) => decodeURIComponent(request.url ?? '').endsWith(path))?.[1]
    if (file === undefined) response.writeHead(404).end()
    else withRanges(request, response, file)
  })
  const places = { cache, temporary, mirror: server.base }
  const seen: Seen[] = []
  const killed = () => seen.reduce((total, one) => total + one.killed, 0)
  let begun = 0
  const isThrough = () => (kills > 0 ? killed() >= kills : begun >= Number(countWord))
  const started = performance.now()
  const worker = async () => {
    while (!isThrough()) {
      begun++
      const act = nextAct(random, kills > 0 ? 0.8 : 0.25)
      if (act.kind === 'job') seen.push(await runJob(act, places))
      else if (act.kind === 'cli') seen.push(await runCli(act, places))
      else rmSync(cachePath(cache, emulator('aarch64', act.version)), { force: true })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const seconds = (performance.now() - started) / 1000
  const last = await runCli(
    { kind: 'cli', words: ['setup', 'arm64', '--json', '--on-conflict', 'take'], killMs: null },
    places,
  )
  const other = await runCli(
    {
      kind: 'cli',
      words: ['setup', 'arm64', '--json', '--on-conflict', 'take', '--qemu-version', '7.2.22'],
      killMs: null,
    },
    places,
  )
  const restored = await runCli({ kind: 'cli', words: ['restore'], killMs: null }, places)
  return [...checksOf(seen, seconds), ...endChecks(before, places, [last, other, restored])]
}

function checksOf(seen: readonly Seen[], seconds: number): Check[] {
  const sum = (of: (one: Seen) => number) => seen.reduce((total, one) => total + of(one), 0)
  const reds = new Map<string, number>()
  for (const code of seen.flatMap(({ red }) => red)) reds.set(code, (reds.get(code) ?? 0) + 1)
  const detail = `seed ${seed}: ${sum(({ green }) => green)} green, ${sum(({ killed }) => killed)} killed, red: ${[...reds].map(([code, times]) => `${code} ${times}`).join(', ')}`
  const wrong = seen.flatMap(({ act, wrong: words }) => words.map((word) => `${act}: ${word}`))
  for (const word of wrong) console.error(word)
  return [
    {
      name: `${seen.length} set-ups and restores at once, with kills`,
      ok: sum(({ green }) => green) > 20 && sum(({ killed }) => killed) > 10,
      seconds,
      detail,
    },
    {
      name: 'no failure that was not foreseen',
      ok: wrong.length === 0,
      seconds: 0,
      detail: wrong[0]?.slice(0, 600) ?? `seed ${seed}`,
    },
  ]
}

function endChecks(before: string, { cache, temporary }: Places, lastCalls: readonly Seen[]): Check[] {
  const files = readdirSync(cache, { recursive: true, encoding: 'utf8' })
  const emulators = files.filter((file) => file.endsWith('/qemu-aarch64'))
  const hashes = [emulator('aarch64'), emulator('aarch64', '7.2.22')].map(({ sha256 }) => sha256)
  const damaged = emulators.filter((file) => !hashes.includes(sha256OfFile(join(cache, file))))
  const after = JSON.stringify(table())
  const left = existsSync('/run/setup-qemu') ? readdirSync('/run/setup-qemu') : []
  const dropIns = existsSync('/run/binfmt.d') ? readdirSync('/run/binfmt.d') : []
  const parts = files.filter((file) => file.endsWith('.part'))
  const row = (name: string, ok: boolean, detail: string): Check => ({ name, ok, seconds: 0, detail })
  return [
    row(
      'set-up and restore work at the end',
      lastCalls.every(({ green }) => green === 1),
      lastCalls.flatMap(({ wrong, red }) => [...wrong, ...red]).join('; '),
    ),
    row(
      'the foreign entries are what they were, and none of ours is left',
      after === before,
      after === before ? 'equal' : after,
    ),
    row('no folder is left', readdirSync(temporary).length === 0, readdirSync(temporary).join(' ')),
    row('no journal and no drop-in is left', left.length + dropIns.length === 0, [...left, ...dropIns].join(' ')),
    row(
      'no file of the cache is half written',
      parts.length + damaged.length === 0 && emulators.length === 2,
      [...parts, ...damaged].join(' ') || `${emulators.length} emulators`,
    ),
  ]
}

console.log(`seed ${seed}`)
const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-stress-'))
try {
  writeFileSync(results, JSON.stringify(await play(folder)))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
