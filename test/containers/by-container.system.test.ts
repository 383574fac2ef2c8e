// Method container as a whole, on entries that are there before: images that behave as the real ones do, in a chroot and not in a container.

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Journal } from '../../src/core/journal/journal.js'
import type { SetupError } from '../../src/core/model/errors.js'
import { plainLinks } from '../../src/core/model/links.js'
import { type Finding, isFailure } from '../../src/core/outcome/finding.js'
import { type Outcome, runningPlatforms } from '../../src/core/outcome/outcome.js'
import { outcomeJson } from '../../src/core/report/outcome-json.js'
import type { RequestInputs } from '../../src/core/request/inputs.js'
import { parseRequest } from '../../src/core/request/request.js'
import { restoreJournal } from '../../src/journal/restore.js'
import { setup } from '../../src/setup/setup.js'
import { binfmtFolder, tableByPrecedence } from '../../src/system/binfmt.js'
import { journalFolder, readJournals } from '../../src/system/journal-file.js'
import { catalog, type Machine, provable } from '../../src/system/machine.js'
import { startOfProcess } from '../../src/system/process.js'
import { acquireRoot } from '../../src/system/root.js'
import { chrootEngine, imageName } from '../support/engines/chroot-engine.js'
import { alikeTargets, type ImageShape, imageVersion } from '../support/engines/engine.js'
import { restore } from '../support/kernel/by-hand.js'
import {
  cleanAfterEach,
  entryFor,
  names,
  registerByHand,
  temporaryFolder,
  testMachine,
} from '../support/kernel/table.js'
import { emulator, emulatorPath, silentLog } from '../support/programs/emulators.js'
import { noInputs } from '../support/runner/inputs.js'

cleanAfterEach()

const usualPath = process.env.PATH ?? ''
afterEach(() => {
  process.env.PATH = usualPath
})

const root = await acquireRoot()
const theirs = await emulatorPath('aarch64', imageVersion)
const current = await emulatorPath('aarch64')
const binfmt = { program: 'binfmt', targets: ['aarch64', 'riscv64'] } as const
const job = { face: 'action', pid: process.pid, start: startOfProcess(process.pid) ?? '' } as const

async function engine(shape: ImageShape): Promise<{ calls: () => string[]; folder: string }> {
  const folder = temporaryFolder()
  const { path, calls } = await chrootEngine(folder, shape)
  process.env.PATH = `${path}:${usualPath}`
  return { calls: () => readFileSync(calls, 'utf8').split('\n'), folder }
}

function setUp(change: Partial<RequestInputs> = {}, machine: Machine = testMachine()): Promise<Outcome> {
  const words = { ...noInputs, platforms: 'arm64', image: imageName, method: 'container', offline: 'true', ...change }
  return setup(parseRequest(words, catalog, machine.host, provable), machine)
}

/** By target: its state, and the codes of what is wrong. */
function ends({ targets }: Outcome) {
  const codes = (findings: readonly Finding[]) => findings.filter(isFailure).map(({ kind }) => kind)
  return Object.fromEntries(
    targets.map(({ platform, state, findings }) => [platform.target.name, [state, ...codes(findings)]]),
  )
}

const reasonsOf = (outcome: Outcome) => JSON.stringify(outcomeJson(outcome, plainLinks))
const texts = () => Object.fromEntries(names().map((name) => [name, readFileSync(join(binfmtFolder, name), 'utf8')]))

describe('over entries that an earlier job left', () => {
  it("counts one under which exactly the image's emulator runs, and leaves it where it is", async () => {
    const { calls } = await engine(binfmt)
    registerByHand(entryFor('aarch64', theirs))
    const before = texts()
    const outcome = await setUp({ platforms: 'arm64,riscv64' })
    expect(ends(outcome)).toEqual({ aarch64: ['kept'], riscv64: ['emulated'] })
    expect(outcome.targets[0]?.proof?.fingerprint).toBe(emulator('aarch64', imageVersion).sha256)
    expect(await restore()).toMatchObject({ removed: ['qemu-riscv64'], warnings: [] })
    expect(texts()).toEqual(before)
    // the container that the emulator was copied from does not stay
    const made = calls().flatMap((line) => /^create --name (\S+)/.exec(line)?.[1] ?? [])
    expect(made).toHaveLength(1)
    expect(calls()).toContain(`rm --force --volumes ${made[0]}`)
  })

  it('names one under which another runs, with both hashes, what the container said, and what to do', async () => {
    await engine(binfmt)
    registerByHand(entryFor('aarch64', current))
    const outcome = await setUp()
    expect(ends(outcome)).toEqual({ aarch64: ['failed', 'container-made-nothing'] })
    const [{ reason, remedy } = { reason: '', remedy: '' }] = findingsOf(outcome)
    expect(reason).toContain('qemu-aarch64 was there before it and stays, but does not count: QEMU 11')
    for (const version of ['default', imageVersion]) expect(reason).toContain(emulator('aarch64', version).sha256)
    expect(reason).toMatch(/the container said: installing: arm64 qemu-aarch64 already registered$/)
    expect(remedy).toMatch(/reset: true.*if-registered: keep/)
  })

  it('a hash that is asked for decides, whatever the image has', async () => {
    await engine(binfmt)
    registerByHand(entryFor('aarch64', current))
    expect(ends(await setUp({ sha256: emulator('aarch64').sha256 }))).toEqual({ aarch64: ['kept'] })
    expect(ends(await setUp({ sha256: 'a'.repeat(64) }))).toEqual({ aarch64: ['failed', 'container-made-nothing'] })
  })

  it('a version that is asked for is a condition, too', async () => {
    await engine(binfmt)
    registerByHand(entryFor('aarch64', theirs))
    expect(ends(await setUp({ qemuVersion: '7.2' }))).toEqual({ aarch64: ['kept'] })
    expect(reasonsOf(await setUp({ qemuVersion: '8' }))).toContain('QEMU 8 is asked for, and QEMU 7.2.22 runs')
  })

  it.each([
    [
      'other flags',
      () => registerByHand(entryFor('aarch64', theirs, { flags: 'PF' })),
      /flags PF.*credentials is true/,
    ],
    ['no F', () => registerByHand(entryFor('aarch64', theirs, { flags: 'POC' })), /without F/],
    [
      'an emulator that is gone',
      () => registerByHand(entryFor('aarch64', '/nowhere/q', { flags: 'P' })),
      /does not run/,
    ],
    [
      'the name, and is disabled',
      () => {
        registerByHand(entryFor('aarch64', theirs))
        writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '0')
      },
      /qemu-aarch64 was there before it and stays, but does not count: it is disabled/,
    ],
    [
      'the name, and is for other programs',
      () => registerByHand({ ...entryFor('s390x', theirs), name: 'qemu-aarch64' }),
      /it is for other programs/,
    ],
  ])('one with %s does not count', async (_, register, reason) => {
    await engine(binfmt)
    register()
    const outcome = await setUp()
    expect(ends(outcome)).toEqual({ aarch64: ['failed', 'container-made-nothing'] })
    expect(findingsOf(outcome)[0]?.reason).toMatch(reason)
  })

  it('does not count where the image cannot be read', async () => {
    const { folder } = await engine(binfmt)
    registerByHand(entryFor('aarch64', theirs))
    writeFileSync(join(folder, 'root.uncreatable'), '')
    const outcome = await setUp()
    expect(ends(outcome)).toEqual({ aarch64: ['failed', 'container-made-nothing'] })
    expect(findingsOf(outcome)[0]?.reason).toMatch(
      /which emulator the image has is not known: docker create.*no space left/,
    )
  })
})

describe('all platforms', () => {
  it('are those that the image has: what it has and could not register is red, what it lacks is left out', async () => {
    await engine(binfmt)
    registerByHand(entryFor('aarch64', current))
    const lines: string[] = []
    const log = { ...silentLog, info: (line: string) => void lines.push(line) }
    const outcome = await setUp({ platforms: 'all' }, testMachine({ log }))
    const emulated = Object.entries(ends(outcome)).filter(([, [state]]) => state !== 'native')
    expect(Object.fromEntries(emulated)).toEqual({
      aarch64: ['failed', 'container-made-nothing'],
      riscv64: ['emulated'],
    })
    expect(lines.find((line) => line.includes('left out'))).toMatch(
      /has no emulator for .*\bppc64\b.*\bs390x\b.*left out of all/,
    )
  })

  it('are green over what an earlier job left of the same image', async () => {
    await engine(binfmt)
    for (const target of binfmt.targets) registerByHand(entryFor(target, await emulatorPath(target, imageVersion)))
    const outcome = await setUp({ platforms: 'all' })
    expect(runningPlatforms(outcome)).toEqual(expect.arrayContaining(['linux/arm64', 'linux/riscv64']))
    expect(outcome.targets.filter(({ state }) => state === 'kept')).toHaveLength(2)
  })

  it('of an image that has none are no success', async () => {
    await engine({ program: 'binfmt', targets: [] })
    await expect(setUp({ platforms: 'all' })).rejects.toThrow(expect.objectContaining({ code: 'emulator-missing' }))
    expect(readJournals().journals).toEqual([])
  })

  it('of an image whose emulators could not be read are no success either', async () => {
    const { folder } = await engine(binfmt)
    for (const target of binfmt.targets) registerByHand(entryFor(target, current, { flags: 'F' }))
    writeFileSync(join(folder, 'root.uncreatable'), '')
    const failed = (await setUp({ platforms: 'all' })).targets.filter(({ state }) => state === 'failed')
    expect(failed.length).toBeGreaterThan(1)
  })
})

describe('the same step twice', () => {
  it.each(['binfmt', 'register'] as const)('in one job is as good as once: %s', async (program) => {
    await engine({ program, targets: ['aarch64', 'riscv64'] })
    const steps = []
    for (const _ of ['first', 'second']) {
      const journals: string[] = []
      const machine = testMachine({ owner: job, onJournal: ({ id }) => void journals.push(id) })
      const outcome = await setUp({ platforms: 'arm64,riscv64' }, machine)
      expect(outcome.targets.every(({ state }) => state === 'kept' || state === 'emulated')).toBe(true)
      steps.push(journals[0])
    }
    // the post steps, the last one first: the entries go with the first step's
    for (const [at, id] of steps.reverse().entries()) {
      const journal = readJournals().journals.find((one) => one.id === id)
      expect(names()).toHaveLength(2)
      expect(journal && (await restoreJournal(journal, root))).toMatchObject({ warnings: [] })
      expect(names()).toHaveLength(at === 0 ? 2 : 0)
    }
  })

  it('in two jobs holds the entry until the last one ends', async () => {
    await engine(binfmt)
    const journals: Journal[] = []
    const first = { face: 'action', pid: 1, start: startOfProcess(1) ?? '' } as const
    for (const owner of [first, job]) {
      const machine = testMachine({ owner, onJournal: (journal) => void journals.push(journal) })
      expect(ends(await setUp({ onConflict: 'take' }, machine)).aarch64).toEqual([owner === job ? 'kept' : 'emulated'])
    }
    for (const [owner, left] of [
      [first, ['qemu-aarch64']],
      [job, []],
    ] as const) {
      const journal = journals.findLast((one) => one.owner.pid === owner.pid)
      expect(journal && (await restoreJournal(journal, root))).toMatchObject({ warnings: [] })
      expect(names()).toEqual(left)
    }
  })

  it('on the command line is one fate', async () => {
    await engine(binfmt)
    expect(ends(await setUp())).toEqual({ aarch64: ['emulated'] })
    expect(ends(await setUp())).toEqual({ aarch64: ['kept'] })
    expect(await restore()).toMatchObject({ removed: ['qemu-aarch64'], warnings: [] })
    expect([names(), readJournals().journals]).toEqual([[], []])
  })
})

describe('reset', () => {
  it('removes what is named qemu-* first, and everything comes back', async () => {
    const { calls } = await engine(binfmt)
    registerByHand(entryFor('aarch64', current))
    registerByHand(entryFor('s390x', current, { flags: 'F' }))
    registerByHand(entryFor('riscv64', current, { name: 'other' }))
    const before = texts()
    const outcome = await setUp({ reset: 'true' })
    expect(ends(outcome)).toEqual({ aarch64: ['emulated'] })
    expect(
      calls()
        .filter((line) => line.startsWith('run'))
        .map((line) => line.replace(/.* sha256:\w+ /, '')),
    ).toEqual(['--uninstall qemu-*', '--install arm64'])
    // what nobody asked for is back at once
    expect(texts()['qemu-s390x']).toBe(before['qemu-s390x'])
    const restored = await restore()
    expect([restored.removed, restored.putBack, restored.warnings]).toEqual([['qemu-aarch64'], ['qemu-aarch64'], []])
    expect([texts(), readJournals().journals]).toEqual([before, []])
  })

  it('leaves what cannot be had back as it was, where nobody asked for it', async () => {
    await engine({ program: 'register', targets: ['aarch64', 'riscv64'] })
    const first = await setUp({ platforms: 'arm64,riscv64' })
    expect(first.targets).toHaveLength(2)
    // as an earlier job leaves it
    for (const { id } of readJournals().journals) rmSync(join(journalFolder, `${id}.json`))
    writeFileSync(join(binfmtFolder, 'qemu-riscv64'), '0')
    const before = texts()
    expect(ends(await setUp())).toEqual({ aarch64: ['emulated'] })
    expect(texts()).toEqual(before)
    expect((await restore()).warnings).toEqual([expect.stringMatching(/^qemu-aarch64 stays as the container made it/)])
    expect(texts()).toEqual(before)
  })

  it('that ends in the middle is undone', async () => {
    await engine({ ...binfmt, status: 1 })
    registerByHand(entryFor('aarch64', current))
    const before = texts()
    const failed = setUp({ reset: 'true' })
    await expect(failed).rejects.toThrow(expect.objectContaining({ code: 'engine-failed' }))
    expect(await failed.catch(({ message }: SetupError) => message)).toMatch(/run .*--uninstall/)
    expect([texts(), readJournals().journals]).toEqual([before, []])
  })
})

describe('an image that hides one entry behind another', () => {
  const mips = { program: 'register', targets: alikeTargets } as const

  it('is red, and both are named', async () => {
    await engine(mips)
    const outcome = await setUp({ platforms: 'mips' })
    expect(ends(outcome)).toEqual({ mips: ['failed', 'hidden-in-image'] })
    expect(findingsOf(outcome)[0]?.reason).toMatch(
      /made qemu-mips \(\/usr\/bin\/qemu-mips-static\).*after it qemu-mipsn32 \(\/usr\/bin\/qemu-mipsn32-static\)/,
    )
    expect(names()).toEqual([])
  })

  it('keeps the one that is in force for its own programs', async () => {
    await engine(mips)
    const outcome = await setUp({ platforms: 'mips,mipsn32' })
    expect(ends(outcome)).toEqual({ mips: ['failed', 'hidden-in-image'], mipsn32: ['emulated'] })
    expect(tableByPrecedence().map(({ name }) => name)).toEqual(['qemu-mipsn32'])
    expect(await restore()).toMatchObject({ removed: ['qemu-mipsn32'], warnings: [] })
  })
})

function findingsOf(outcome: Outcome): { reason: string; remedy: string }[] {
  const { targets } = outcomeJson(outcome, plainLinks) as {
    targets: { findings: { reason: string; remedy: string }[] }[]
  }
  return targets.flatMap(({ findings }) => findings)
}
