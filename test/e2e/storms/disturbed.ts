// Set-ups whose table somebody changes at a random moment near their end: none is green of which that was done before its last look. And an ordinary
// user's removals, between whose look and write somebody exchanges the entry. Runs inside test/support/kernel/range.sh; the seed is printed and can be given.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { registerLine } from '../../../src/core/model/entry.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { binfmtFolder } from '../../../src/system/binfmt.js'
import { emulatorPath, warmCache } from '../../support/programs/emulators.js'
import { numbersOf } from '../../support/random.js'
import { node24 } from '../../support/runner/node24.js'
import { checker } from '../check.js'
import { must } from '../scope/scope-user.js'
import { cleared, type Deed, type Disturbed, deeds, disturbed, here, inScope } from './disturbed-run.js'
import { swaps } from './swaps.js'

const [results = '', seedWord = '', countWord = process.env.SETUP_QEMU_DISTURBED ?? '120'] = process.argv.slice(2)
const seed = seedWord === '' ? Math.floor(Math.random() * 2 ** 32) : Number(seedWord)
const random = numbersOf(seed)
const dist = resolve(process.env.SETUP_QEMU_DIST ?? 'dist')

const interpreter = await emulatorPath('aarch64')
const temporary = mkdtempSync(join(tmpdir(), 'setup-qemu-disturbed-'))
const env = { PATH: process.env.PATH ?? '', HOME: temporary, TMPDIR: temporary, XDG_CACHE_HOME: warmCache }

/** How an entry comes to be in force, with what is there before. */
const ways = {
  registered: { words: [], before: () => undefined },
  'kept from an earlier call': { words: [], before: () => void cli('setup', 'arm64', '--quiet') },
  'kept from others': {
    words: ['--if-registered', 'keep'],
    before: () => {
      const { magic, mask } = targetNamed('aarch64')
      const line = registerLine({ name: 'qemu-aarch64', interpreter, flags: 'POCF', offset: 0, magic, mask })
      writeFileSync(join(binfmtFolder, 'register'), line)
    },
  },
  'in a private scope': { words: ['--scope', 'private'], before: () => undefined },
} as const
type Way = keyof typeof ways

function cliWords(...words: string[]): string[] {
  return [node24, join(dist, 'cli/index.js'), ...words]
}

function cli(...words: string[]): string {
  const entries = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  return must('env', '-i', ...entries, ...cliWords(...words))
}

function oneOf<T>(choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T
}

/** What is known of earlier set-ups of a way: when the last look came, and how long it took to the end, in milliseconds. */
const usual = new Map<Way, { look: number; end: number }>()

async function one(way: Way, deed: Deed): Promise<Disturbed> {
  const { words, before } = ways[way]
  before()
  const place = way === 'in a private scope' ? inScope(temporary, interpreter) : here(interpreter)
  const { look, end } = usual.get(way) ?? { look: 400, end: 410 }
  // from the middle of the proofs until a little after the end
  const from = look - 80
  const after = from + random() * (end + 10 - from)
  const seen = await disturbed(cliWords('setup', 'arm64', '--json', '--verbose', ...words), env, place, deed, after)
  if (seen.looked !== undefined)
    usual.set(way, { look: (seen.looked - seen.started) * 1000, end: (seen.ended - seen.started) * 1000 })
  return seen
}

/** What must not be; undefined when all is well. */
function wrongOf({ status, codes, output, done, looked, isSo }: Disturbed): string | undefined {
  if (status !== 0 && status !== 1) return `it ended with ${status}: ${output}`
  if (codes.some((code) => code === 'internal' || code.startsWith('no JSON'))) return output
  if (status === 1) return done === undefined ? `it is red, and nobody had done anything: ${output}` : undefined
  if (isSo) return undefined
  if (looked === undefined) return 'it is green without a last look'
  return done !== undefined && done > looked ? undefined : `it is green, and was not so at its last look: ${output}`
}

const check = checker(results)
const tally = new Map<string, number>()
const add = (word: string) => tally.set(word, (tally.get(word) ?? 0) + 1)

try {
  await check(`${countWord} set-ups that are disturbed: none is green that was not so at its last look`, async () => {
    let longest = 0
    for (let at = 0; at < Number(countWord); at++) {
      const [way, deed] = [oneOf(Object.keys(ways) as Way[]), oneOf(Object.keys(deeds) as Deed[])]
      const seen = await one(way, deed)
      const wrong = wrongOf(seen)
      const { status, done, looked, ended, isSo, codes } = seen
      const when = done === undefined ? 'undone' : looked === undefined || done < looked ? 'before' : 'after'
      add(`${status === 0 ? (isSo ? 'green' : 'green until after the look') : 'red'} (${when})`)
      for (const code of codes) add(code)
      if (looked !== undefined && status === 0) longest = Math.max(longest, ended - looked)
      if (wrong !== undefined) throw new Error(`seed ${seed}, run ${at}, ${way}, somebody ${deed}: ${wrong}`)
      cleared()
      cli('restore', '--quiet')
    }
    const reds = tally.get('red (before)') ?? 0
    if (reds < Number(countWord) / 10) throw new Error(`seed ${seed}: only ${reds} were disturbed before the last look`)
    const words = [...tally].map(([word, times]) => `${word} ${times}`).join(', ')
    return `seed ${seed}: ${words}; from the look to the end ${(longest * 1000).toFixed(0)} ms at most`
  })
  await check('an entry that somebody exchanges while an ordinary user removes it is not lost', () =>
    swaps(Math.max(100, Number(countWord)), random),
  )
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
