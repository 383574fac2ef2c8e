// What somebody changes between the proof and the end: at the last moment before the last look, of which the log tells.

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dropInFolder } from '../../src/core/journal/drop-in.js'
import { registerLine } from '../../src/core/model/entry.js'
import { isProven, type Outcome } from '../../src/core/outcome/outcome.js'
import type { RequestInputs } from '../../src/core/request/inputs.js'
import { binfmtFolder, readEntry } from '../../src/system/binfmt.js'
import { readJournals } from '../../src/system/journal-file.js'
import { cleanAfterEach, entryFor, names, registerByHand } from '../support/kernel/table.js'
import { emulatorPath, silentLog } from '../support/programs/emulators.js'
import { job, journalWriterOf, run } from '../support/runner/jobs.js'

cleanAfterEach()
const name = 'qemu-aarch64'
const path = join(binfmtFolder, name)
const old = await emulatorPath('aarch64', '7.2.22')
await Promise.all(['aarch64', 's390x'].map((target) => emulatorPath(target)))
const theirs = entryFor('aarch64', old, { name: 'theirs' })

/** A set-up during which somebody does `deed` just before the last look. */
async function disturbed(deed: () => unknown, change: Partial<RequestInputs> = {}, owner = job('a')): Promise<Outcome> {
  let looks = 0
  const detail = (line: string) => {
    if (!line.startsWith('last look at the table')) return
    looks++
    deed()
  }
  const outcome = await run(owner, change, { ...silentLog, detail })
  expect(looks).toBe(1)
  return outcome
}

const codes = ({ targets }: Outcome) => targets.map(({ findings }) => findings.map(({ kind }) => kind))

function again(): void {
  const entry = readEntry(name)
  if (entry === undefined) throw new Error('there is no entry')
  writeFileSync(path, '-1')
  registerByHand(entry)
}

const deeds: [string, string, () => unknown, string[]][] = [
  ['disabled', 'entry-differs', () => writeFileSync(path, '0'), []],
  ['removed', 'entry-differs', () => writeFileSync(path, '-1'), []],
  ['flushed with all others', 'entry-differs', () => writeFileSync(join(binfmtFolder, 'status'), '-1'), []],
  ['overtaken', 'overtaken', () => registerByHand(theirs), ['theirs']],
]

describe('an entry of ours', () => {
  it.each(deeds)('that is %s is %s, and does not stay', async (_, code, deed, left) => {
    const outcome = await disturbed(deed)
    expect(outcome.targets).toMatchObject([{ state: 'failed', findings: [{ kind: code }] }])
    expect([isProven(outcome), names(), readJournals().journals.flatMap(({ entries }) => entries)]).toEqual([
      false,
      left,
      [],
    ])
  })

  it('that is exchanged is not ours to remove', async () => {
    const outcome = await disturbed(() => {
      writeFileSync(path, '-1')
      registerByHand({ ...theirs, name })
    })
    expect([codes(outcome), names()]).toEqual([[['entry-differs']], [name]])
    expect(readEntry(name)?.interpreter).toBe(old)
  })

  it('that somebody registers anew in the same words is not what was proven', async () => {
    const outcome = await disturbed(again)
    expect(outcome.targets[0]?.findings).toMatchObject([
      { kind: 'entry-differs', got: expect.stringContaining('same words') },
    ])
  })

  it('that is overtaken by one which was switched off during the proof', async () => {
    let armed = false
    const outcome = await disturbed(() => {
      armed = true
      registerByHand(theirs)
      writeFileSync(join(binfmtFolder, 'theirs'), '0')
      writeFileSync(join(binfmtFolder, 'theirs'), '1')
    })
    expect([armed, codes(outcome)]).toEqual([true, [['overtaken']]])
  })

  it('is red when the whole table is switched off, as an error before it would be', async () => {
    const outcome = await disturbed(() => writeFileSync(join(binfmtFolder, 'status'), '0'))
    writeFileSync(join(binfmtFolder, 'status'), '1')
    expect(outcome.targets[0]?.findings).toMatchObject([{ kind: 'not-set-up', code: 'binfmt-disabled' }])
    expect(names()).toEqual([])
  })

  it('is red when the table is unmounted', async () => {
    const outcome = await disturbed(() => execFileSync('umount', ['--lazy', binfmtFolder]))
    execFileSync('mount', ['-t', 'binfmt_misc', 'binfmt_misc', binfmtFolder])
    expect(outcome.targets[0]?.findings).toMatchObject([{ kind: 'not-set-up', code: 'binfmt-not-mounted' }])
  })

  it('that is red is not told the known problems of its emulator as well', async () => {
    const outcome = await disturbed(() => writeFileSync(path, '-1'), { qemuVersion: '7.2' })
    expect(codes(outcome)).toEqual([['slow-cpu', 'entry-differs']])
    expect(codes(await run(job('b'), { qemuVersion: '7.2' }))).toEqual([expect.arrayContaining(['known-problem'])])
  })

  it('does not drag the other targets along', async () => {
    const outcome = await disturbed(() => writeFileSync(path, '-1'), { platforms: 'arm64,s390x' })
    expect(outcome.targets.map(({ state }) => state)).toEqual(['failed', 'emulated'])
    expect([isProven(outcome), names()]).toEqual([false, ['qemu-s390x']])
  })

  it('takes its drop-in along', async () => {
    const outcome = await disturbed(() => registerByHand(theirs), { surviveRestart: 'true' })
    expect(codes(outcome)).toEqual([['overtaken']])
    expect([names(), existsSync(dropInFolder) ? readdirSync(dropInFolder) : []]).toEqual([['theirs'], []])
  })

  it('is green when nobody does anything, and when what is new runs other programs', async () => {
    expect(isProven(await disturbed(() => undefined))).toBe(true)
    const other = await disturbed(() => registerByHand({ ...entryFor('s390x', old), name: 'other' }))
    expect([codes(other), other.targets[0]?.state]).toEqual([[[]], 'kept'])
  })

  it('is green under a newer entry of another job that has the same emulator', async () => {
    const [a, b] = [job('a'), job('b')]
    const outcome = await disturbed(async () => undefined, {}, a)
    const [target] = outcome.targets
    if (target?.entry == null || target.emulator?.sha256 == null) throw new Error('it is not set up')
    const { sha256, qemuVersion } = target.emulator
    const wider = { ...target.entry, name: 'wider', emulator: { sha256, qemuVersion } }
    await journalWriterOf(b).plan([wider])
    const later = await disturbed(() => writeFileSync(join(binfmtFolder, 'register'), registerLine(wider)), {}, a)
    expect([isProven(later), codes(later)]).toEqual([true, [[]]])
  })
})

describe('an entry that is kept', () => {
  it.each(deeds)('and %s is %s', async (_, code, deed, left) => {
    registerByHand(entryFor('aarch64', await emulatorPath('aarch64')))
    const outcome = await disturbed(deed, { ifRegistered: 'keep' })
    expect(outcome.targets).toMatchObject([{ state: 'failed', findings: [{ kind: code }] }])
    // it is not ours
    expect(names()).toEqual(code === 'overtaken' || _ === 'disabled' ? expect.arrayContaining([name]) : left)
  })

  it('and registered anew is not what was proven', async () => {
    registerByHand(entryFor('aarch64', await emulatorPath('aarch64')))
    expect(codes(await disturbed(again, { ifRegistered: 'keep' }))).toEqual([['entry-differs']])
  })

  it.each(deeds)('and shared with another job, and %s is %s', async (_, code, deed) => {
    const [a, b] = [job('a'), job('b')]
    expect(isProven(await run(a))).toBe(true)
    const outcome = await disturbed(deed, {}, b)
    expect(outcome.targets).toMatchObject([{ state: 'failed', findings: [{ kind: code }] }])
    // the other job still holds it
    if (code === 'overtaken') expect(names()).toContain(name)
    expect(readJournals().journals.filter(({ owner }) => owner.pid === b.pid)).toMatchObject([])
  })
})
