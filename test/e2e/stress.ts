// Hundreds of set-ups and restores of several jobs and of the command line, at once and in random order, with kills at random points, in a
// private table that holds entries of others. What may never happen: a foreign entry that is changed, an entry of ours that stays, a file in
// the cache that is half written, a failure that nobody foresaw. Runs inside test/support/private.sh; the seed is printed and can be given.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { registerLine } from '../../src/core/entry.js'
import { targetNamed } from '../../src/core/targets.js'
import { cachePath } from '../../src/emulator/tool-cache.js'
import { binfmtFolder } from '../../src/system/binfmt.js'
import { sha256OfFile } from '../../src/system/fingerprint.js'
import { serve, withRanges } from '../support/archive.js'
import { emulator, emulatorPath } from '../support/emulators.js'
import { node24 } from '../support/node24.js'
import { wholePackage } from '../support/package.js'
import { numbersOf } from '../support/random.js'
import type { Check } from './check.js'
import type { JobReport, JobWish } from './job.js'

const [results = '', seedWord = '', countWord = '240'] = process.argv.slice(2)
const dist = resolve(process.env.SETUP_QEMU_DIST ?? 'dist')
const seed = seedWord === '' ? Math.floor(Math.random() * 2 ** 32) : Number(seedWord)
const atOnce = 4

const random = numbersOf(seed)
const oneOf = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T
const chance = (share: number) => random() < share

type Act =
  | {
      readonly kind: 'job'
      readonly inputs: Record<string, string>
      readonly workMs: number
      readonly killMainMs: number | null
      readonly killAllMs: number | null
    }
  | { readonly kind: 'cli'; readonly words: readonly string[]; readonly killMs: number | null }
  | { readonly kind: 'damage'; readonly version: string }

function nextAct(): Act {
  const kind = oneOf(['job', 'job', 'job', 'job', 'job', 'cli', 'cli', 'cli', 'damage'] as const)
  const version = oneOf(['11.1.3', '11.1.3', '7.2.22'])
  const onConflict = oneOf(['fail', 'wait', 'take'])
  if (kind === 'damage') return { kind, version }
  if (kind === 'cli') {
    const words = oneOf([
      ['restore'],
      ['restore', '--stale'],
      ['status', '--json'],
      ['setup', 'arm64', '--json', '--qemu-version', version, '--on-conflict', 'take'],
      [
        'setup',
        'arm64',
        '--json',
        '--qemu-version',
        version,
        '--on-conflict',
        'wait',
        '--conflict-wait-minutes',
        '0.05',
      ],
    ])
    return { kind, words, killMs: chance(0.2) ? Math.floor(random() * 400) : null }
  }
  const inputs = {
    platforms: oneOf(['arm64', 'arm64', 'arm64,386']),
    'qemu-version': version,
    'on-conflict': onConflict,
    'conflict-wait-minutes': '0.1',
    'survive-restart': chance(0.2) ? 'true' : 'false',
    credentials: chance(0.9) ? 'true' : 'false',
  }
  const killAllMs = chance(0.25) ? Math.floor(random() * 900) : null
  const killMainMs = killAllMs === null && chance(0.25) ? Math.floor(random() * 500) : null
  return { kind, inputs, workMs: Math.floor(random() * 300), killMainMs, killAllMs }
}

interface Seen {
  readonly act: string
  readonly green: number
  readonly red: readonly string[]
  readonly killed: number
  readonly wrong: readonly string[]
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => child.on('close', (status) => done(status)))
}

/** Failures that several jobs with different wishes may meet; anything else is a bug. */
const foreseen = /^(other-job|wrong-emulator|no-handler|chroot-fails|entry-differs)$/
const harmless = /^(shadows|argv0-not-preserved|slow-cpu)$/

function codesOf(status: string): string[] {
  if (status === '') return []
  if (!status.startsWith('{')) return [`no JSON: ${status}`]
  const { error, targets } = JSON.parse(status) as {
    error?: { code: string }
    targets?: { state: string; findings: { code: string }[] }[]
  }
  if (targets === undefined) return [error?.code ?? 'no targets']
  return targets
    .filter(({ state }) => state === 'failed')
    .flatMap(({ findings }) => findings.map(({ code }) => code).filter((code) => !harmless.test(code)))
}

async function runJob(act: Extract<Act, { kind: 'job' }>, cache: string, mirror: string): Promise<Seen> {
  const report = join(cache, '..', `report-${Math.random()}.json`)
  const { workMs, killMainMs, killAllMs } = act
  const wish: JobWish = { dist, inputs: { ...act.inputs, mirror }, cache, workMs, killMainMs, report }
  const words = ['build/test/e2e/job.js', JSON.stringify(wish)]
  const child = spawn(process.execPath, words, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] })
  const timer = killAllMs === null ? undefined : setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), killAllMs)
  await ended(child)
  clearTimeout(timer)
  const name = `job ${JSON.stringify(act.inputs)}`
  if (!existsSync(report))
    return { act: name, green: 0, red: [], killed: 1, wrong: killAllMs === null ? ['no report'] : [] }
  const { main, status, log, post, postLog } = JSON.parse(readFileSync(report, 'utf8')) as JobReport
  const red = main === 1 ? codesOf(status) : []
  const wrong = [
    ...red.filter((code) => !foreseen.test(code)),
    ...(main === 1 && red.length === 0 ? [`main: ${log}`] : []),
    ...(post === 0 ? [] : [`post ended with ${post}: ${postLog}`]),
    ...postLog.split('\n').filter((line) => /could not be put back|answered E/.test(line)),
  ]
  return { act: name, green: main === 0 ? 1 : 0, red, killed: main === null ? 1 : 0, wrong }
}

async function runCli(act: Extract<Act, { kind: 'cli' }>, cache: string, mirror: string): Promise<Seen> {
  const more = act.words[0] === 'setup' ? ['--cache-dir', cache, '--mirror', mirror] : []
  const child = spawn(node24, [join(dist, 'cli/index.js'), ...act.words, ...more, '--quiet'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data))
  const timer = act.killMs === null ? undefined : setTimeout(() => child.kill('SIGKILL'), act.killMs)
  const status = await ended(child)
  clearTimeout(timer)
  const name = `cli ${act.words.join(' ')}`
  const red = status === 1 && act.words[0] === 'setup' ? codesOf(output.split('\n')[0] ?? '') : []
  const wrong = [
    ...red.filter((code) => !foreseen.test(code)),
    ...(status !== 0 && status !== null && red.length === 0 ? [`exit status ${status}: ${output}`] : []),
  ]
  return { act: name, green: status === 0 ? 1 : 0, red, killed: status === null ? 1 : 0, wrong }
}

function table(): Record<string, string> {
  const names = readdirSync(binfmtFolder).filter((name) => name !== 'register' && name !== 'status')
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(binfmtFolder, name), 'utf8')]))
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
  mkdirSync(cache)
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
  const acts = Array.from({ length: Number(countWord) }, nextAct)
  const seen: Seen[] = []
  const waiting = acts.values()
  const started = performance.now()
  const worker = async () => {
    for (const act of waiting) {
      if (act.kind === 'job') seen.push(await runJob(act, cache, server.base))
      else if (act.kind === 'cli') seen.push(await runCli(act, cache, server.base))
      else rmSync(cachePath(cache, emulator('aarch64', act.version)), { force: true })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const seconds = (performance.now() - started) / 1000
  const last = await runCli(
    { kind: 'cli', words: ['setup', 'arm64', '--json', '--on-conflict', 'take'], killMs: null },
    cache,
    server.base,
  )
  const other = await runCli(
    {
      kind: 'cli',
      words: ['setup', 'arm64', '--json', '--on-conflict', 'take', '--qemu-version', '7.2.22'],
      killMs: null,
    },
    cache,
    server.base,
  )
  const restored = await runCli({ kind: 'cli', words: ['restore'], killMs: null }, cache, server.base)
  return [...checksOf(seen, seconds), ...endChecks(before, cache, [last, other, restored])]
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

function endChecks(before: string, cache: string, lastCalls: readonly Seen[]): Check[] {
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
