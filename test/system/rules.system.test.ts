// The kernel itself decides: each rule alone in its table, upstream's and the wide one, and every program there is a probe of, also with the
// mark of an AppImage. The interpreter is native and tells what it was started for, so a row of the matrix takes a moment.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { registerLine } from '../../src/core/model/entry.js'
import { programsOf, type Rules, ruleNames, ruleOf } from '../../src/core/model/rule.js'
import { targetNamed, targets } from '../../src/core/model/targets.js'
import { binfmtFolder } from '../../src/system/binfmt.js'
import { errnoOfNumber } from '../../src/system/command.js'
import { hostTarget, isNative } from '../support/kernel/native.js'
import { cleanAfterEach, entryFor, temporaryFolder, testMachine } from '../support/kernel/table.js'

cleanAfterEach()

const { launcher, probes } = testMachine().probes

/** Targets whose wide rule asks for another machine number than upstream's. */
const corrected = ['microblaze', 'microblazeel']

interface Program {
  readonly id: string
  readonly target: string
  readonly rules: Rules
  readonly marked: boolean
  readonly bytes: Uint8Array
}

/** The mark of an AppImage in bytes 8 to 10, and all bits set in those up to 15: written here by hand, for our own code is on trial. */
function filled(head: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(head)
  copy.set([0x41, 0x49, 2, 0xff, 0xff, 0xff, 0xff, 0xff], 8)
  return copy
}

const programs: readonly Program[] = [...probes].flatMap(([name, probe]) =>
  programsOf(targetNamed(name), probe).flatMap(({ target, rules, head }) => {
    const id = `${target}.${rules}`
    return [
      { id, target, rules, marked: false, bytes: head },
      { id: `${id}.marked`, target, rules, marked: true, bytes: filled(head) },
    ]
  }),
)

/**
 * The rule of the host's own architecture matches the interpreter, too, and whatever starts the programs: nothing would run. So launcher and
 * interpreter have an EI_VERSION of 255, at which each rule looks and the kernel's own loader does not. They run, and match no rule.
 */
function unmatched(program: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(program)
  copy[6] = 0xff
  return copy
}

const script = `
launch=$1 register=$2 name=$3 line=$4; shift 4
[ -z "$line" ] || printf %s "$line" >"$register" || exit 1
for path; do "$launch" - - '' "$path" own-name </dev/null 2>&1; printf '\\n= %s %s\\n' $? "\${path##*/}"; done
[ -z "$line" ] || echo -1 >"\${register%/*}/$name"
`

interface Standing {
  readonly target: string
  readonly rules: Rules
  readonly flags?: string
  /** Makes the interpreter from the host's own probe. */
  readonly made?: (program: Uint8Array) => Uint8Array
}

/** What becomes of each program while a rule stands alone in the table, or with none in an empty one. */
function outcomes(standing?: Standing): Map<string, string> {
  const folder = temporaryFolder()
  const install = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, name), bytes, { mode: 0o755 })
  install('launch', unmatched(launcher))
  install('interpreter', (standing?.made ?? unmatched)(probes.get(hostTarget) ?? new Uint8Array()))
  for (const { id, bytes } of programs) install(id, bytes)
  const interpreter = join(folder, 'interpreter')
  const line = standing === undefined ? '' : lineOf(standing, interpreter)
  const words = [join(folder, 'launch'), join(binfmtFolder, 'register'), 'rule', line]
  const paths = programs.map(({ id }) => join(folder, id))
  // a shell that runs already: while the host's own rule stands, no other could be started
  const said = execFileSync('bash', ['-c', script, 'bash', ...words, ...paths], { encoding: 'latin1' })
  const found = [...said.matchAll(/(.*?)\n= (\d+) (\S+)\n/gs)]
  return new Map(
    found.map(([, text = '', status, id = '']) => [id, verdict(text, status, [interpreter, join(folder, id)])]),
  )
}

function lineOf({ target, rules, flags = 'F' }: Standing, interpreter: string): string {
  return registerLine(entryFor(target, interpreter, { name: 'rule', flags, ...ruleOf(targetNamed(target), rules) }))
}

function verdict(text: string, status: string | undefined, argv: readonly string[]): string {
  const greeting = `setup-qemu probe 1 ${hostTarget}\n`
  if (text === 'setup-qemu: exec  \n') return errnoOfNumber(Number(status))
  if (text === `${greeting}${argv.join('\0')}\0\n`) return 'by the entry'
  if (/^setup-qemu probe 1 \w+\nown-name\0\n$/.test(text)) return 'natively'
  return `status ${status}: ${JSON.stringify(text)}`
}

const before = outcomes()

/** What the rule must match: its own programs, and of the marked ones those that a wide rule is for. */
function isOwn(program: Program, target: string, rules: Rules): boolean {
  if (program.target !== target) return false
  if (rules === 'upstream') return program.rules === 'upstream' && !program.marked
  return program.rules === 'wide' || !corrected.includes(target)
}

describe('in an empty table', () => {
  it('the machine runs its own programs and no others, whatever mark they have', () => {
    const ran = programs.filter(({ id }) => before.get(id) === 'natively')
    expect(ran.filter(({ target }) => target === hostTarget)).toHaveLength(2)
    const native = targets.map(({ name }) => name).filter(isNative)
    expect(new Set(ran.map(({ target }) => target))).toEqual(new Set(native))
    const refused = programs.filter(({ id }) => before.get(id) === 'ENOEXEC')
    expect(refused).toHaveLength(programs.length - ran.length)
  })
})

describe.each(ruleNames)('the %s rule alone', (rules) => {
  it.each(targets.map(({ name }) => name))('of %s is chosen for its own programs and no others', (target) => {
    const expected = programs.map((program) => {
      return [program.id, isOwn(program, target, rules) ? 'by the entry' : before.get(program.id)]
    })
    expect(Object.fromEntries(outcomes({ target, rules }))).toEqual(Object.fromEntries(expected))
  })
})

describe("the rule of the host's own architecture", () => {
  it.each([
    ['F', 'ELOOP'],
    ['POCF', 'ENOEXEC'],
  ])('with flags %s matches an ordinary interpreter too, and every program gets %s', (flags, errno) => {
    const found = outcomes({ target: hostTarget, rules: 'upstream', flags, made: (program) => program })
    expect(found.get(`${hostTarget}.upstream`)).toBe(errno)
  })
})
