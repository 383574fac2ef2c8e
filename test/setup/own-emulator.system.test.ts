// Emulators that this machine has already: entries that are kept, installed executables, and files of the user's own.

import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { isProven } from '../../src/core/outcome/outcome.js'
import { noInputs, type RequestInputs } from '../../src/core/request/inputs.js'
import { parseRequest } from '../../src/core/request/request.js'
import { restoreAll } from '../../src/journal/restore.js'
import { setup } from '../../src/setup/setup.js'
import { readEntry } from '../../src/system/binfmt.js'
import { readJournals } from '../../src/system/journal-file.js'
import { catalog, provable } from '../../src/system/machine.js'
import { acquireRoot } from '../../src/system/root.js'
import {
  cleanAfterEach,
  entryFor,
  names,
  registerByHand,
  temporaryFolder,
  testMachine,
} from '../support/kernel/table.js'
import { emulator, emulatorPath } from '../support/programs/emulators.js'

cleanAfterEach()
const path = process.env.PATH
afterEach(() => {
  process.env.PATH = path
})

const current = await emulatorPath('aarch64')
const old = await emulatorPath('aarch64', '7.2.22')
const riscv64 = await emulatorPath('riscv64')
const theirs = emulator('aarch64', '7.2.22')
/** What is known of 7.2.22 and told. */
const knownOfOld = [{ kind: 'slow-cpu' }, { kind: 'known-problem', id: 'R23' }]

function run(change: Partial<RequestInputs>) {
  return setup(parseRequest({ ...noInputs, platforms: 'arm64', ...change }, catalog, 'amd64', provable), testMachine())
}

/** A folder that stands for the installed programs of a machine. */
function installed(files: Record<string, string>): string {
  const folder = temporaryFolder()
  for (const [name, from] of Object.entries(files)) copyFileSync(from, join(folder, name))
  return folder
}

const host = { qemuVersion: 'host' }

describe('qemu-version: host', () => {
  it('keeps an entry that works, tells what it is, and leaves it there', async () => {
    registerByHand(entryFor('aarch64', old))
    const outcome = await run(host)
    expect(outcome.targets[0]).toMatchObject({
      state: 'kept',
      entry: { name: 'qemu-aarch64' },
      emulator: { sha256: theirs.sha256, qemuVersion: '7.2.22', build: theirs.build },
      proof: { direct: true, chroot: true, argv0: true, fingerprint: theirs.sha256 },
      findings: knownOfOld,
    })
    expect([isProven(outcome), names(), readJournals().journals]).toEqual([true, ['qemu-aarch64'], []])
  })

  it.each([
    ['qemu-aarch64-static', 'qemu-aarch64'],
    ['qemu-aarch64', 'qemu-aarch64-static'],
  ])('registers an installed %s, and passes a dynamic %s over', async (good, bad) => {
    process.env.PATH = `${installed({ [good]: old, [bad]: '/bin/true' })}:${path}`
    const outcome = await run(host)
    expect(outcome.targets[0]).toMatchObject({
      state: 'emulated',
      locator: 'host',
      emulator: { sha256: theirs.sha256, qemuVersion: '7.2.22' },
      entry: { interpreter: expect.stringMatching(new RegExp(`/${good}$`)) },
    })
    expect((await restoreAll(acquireRoot, 'usual')).removed).toEqual(['qemu-aarch64'])
  })

  it('registers it on top of an entry that has no F', async () => {
    registerByHand(entryFor('aarch64', current, { flags: 'OC' }))
    process.env.PATH = `${installed({ 'qemu-aarch64': old })}:${path}`
    expect((await run(host)).targets[0]).toMatchObject({
      state: 'emulated',
      emulator: { sha256: theirs.sha256 },
      findings: [{ kind: 'shadows', names: ['qemu-aarch64'] }, ...knownOfOld],
    })
  })

  it('is red where there is only a dynamic one, with the reason, and registers nothing', async () => {
    process.env.PATH = installed({ 'qemu-aarch64': '/bin/true' })
    const [target] = (await run(host)).targets
    expect(target).toMatchObject({ state: 'failed', findings: [{ code: 'emulator-unusable' }] })
    expect(target?.findings[0]).toMatchObject({
      reason: expect.stringMatching(/qemu-aarch64 is not static: it names an interpreter/),
    })
    expect(names()).toEqual([])
  })

  it('is red where there is none', async () => {
    process.env.PATH = temporaryFolder()
    expect((await run(host)).targets[0]).toMatchObject({ state: 'failed', findings: [{ code: 'emulator-missing' }] })
  })
})

describe('path', () => {
  it('takes a file, whatever its name', async () => {
    const file = join(installed({ mine: old }), 'mine')
    const outcome = await run({ path: file, sha256: theirs.sha256, qemuVersion: '7.2' })
    expect(outcome.targets[0]).toMatchObject({
      state: 'emulated',
      locator: 'file',
      entry: { interpreter: file },
      emulator: { qemuVersion: '7.2.22' },
      proof: { fingerprint: theirs.sha256 },
    })
  })

  it('takes those of a folder, through links, for several platforms', async () => {
    const folder = installed({ 'qemu-aarch64': current, other: riscv64 })
    symlinkSync('other', join(folder, 'qemu-riscv64-static'))
    const outcome = await run({ platforms: 'arm64,riscv64,amd64', path: folder })
    expect(outcome.targets.map(({ state }) => state)).toEqual(['emulated', 'emulated', 'native'])
    expect(readEntry('qemu-riscv64')?.interpreter).toBe(join(folder, 'other'))
  })

  it('tells the version of a build that the catalog does not know, from the running process', async () => {
    const file = join(installed({ mine: old }), 'mine')
    // other bytes, and still the same program: after its end an ELF file may hold anything
    writeFileSync(file, 'x', { flag: 'a' })
    expect((await run({ path: file })).targets[0]).toMatchObject({
      state: 'emulated',
      emulator: { qemuVersion: '7.2.22', build: theirs.build },
    })
  })

  it.each<[string, (folder: string) => Partial<RequestInputs>, object]>([
    [
      'with another version',
      (folder) => ({ path: join(folder, 'qemu-aarch64'), qemuVersion: '11' }),
      { kind: 'wrong-version', got: '7.2.22' },
    ],
    [
      'with another hash',
      (folder) => ({ path: folder, sha256: 'a'.repeat(64) }),
      { code: 'emulator-unusable', hint: expect.stringContaining('sha256sum') },
    ],
    [
      'for another platform',
      (folder) => ({ path: join(folder, 'qemu-aarch64'), platforms: 'riscv64' }),
      { kind: 'probe-crashed' },
    ],
    ['that is not there', (folder) => ({ path: join(folder, 'none') }), { code: 'emulator-missing' }],
    ['that lacks the platform', (folder) => ({ path: folder, platforms: 's390x' }), { code: 'emulator-missing' }],
    ['of text', (folder) => ({ path: join(folder, 'text') }), { code: 'emulator-unusable' }],
    ['without the right to execute', (folder) => ({ path: join(folder, 'plain') }), { code: 'emulator-unusable' }],
    ['of a fifo or folder within', (folder) => ({ path: join(folder, 'odd') }), { code: 'emulator-unusable' }],
    [
      'of one file for two platforms',
      (folder) => ({ path: join(folder, 'qemu-aarch64'), platforms: 'arm64,riscv64' }),
      { code: 'invalid-input' },
    ],
  ])('%s is red, and leaves no entry and no journal', async (_, change, finding) => {
    const folder = installed({ 'qemu-aarch64': old, plain: old })
    chmodSync(join(folder, 'plain'), 0o644)
    writeFileSync(join(folder, 'text'), '#!/bin/sh\n', { mode: 0o755 })
    mkdirSync(join(folder, 'odd', 'qemu-aarch64'), { recursive: true })
    const outcome = await run(change(folder))
    expect(outcome.targets[0]).toMatchObject({
      state: 'failed',
      findings: expect.arrayContaining([expect.objectContaining(finding)]),
    })
    expect([names(), readJournals().journals]).toEqual([[], []])
  })
})

describe('if-registered', () => {
  it('keep: is red for another version and names both; the table stays as it is', async () => {
    registerByHand(entryFor('aarch64', old))
    expect((await run({ ifRegistered: 'keep' })).targets[0]).toMatchObject({
      state: 'failed',
      findings: [{ kind: 'kept-differs', differences: [expect.stringMatching(/11\.1\.3 .* 7\.2\.22/)] }],
    })
    expect(names()).toEqual(['qemu-aarch64'])
  })

  it('keep: leaves the right one in force', async () => {
    registerByHand(entryFor('aarch64', old, { name: 'whatever' }))
    expect((await run({ ifRegistered: 'keep', qemuVersion: '7.2.22' })).targets[0]).toMatchObject({
      state: 'kept',
      entry: { name: 'whatever' },
    })
    expect([names(), readJournals().journals]).toEqual([['whatever'], []])
  })

  it('keep: never trusts the name: an entry that runs nothing is shadowed', async () => {
    registerByHand(entryFor('aarch64', '/bin/false', { flags: 'F' }))
    expect((await run({ ifRegistered: 'keep' })).targets[0]).toMatchObject({
      state: 'emulated',
      entry: { name: 'setup-qemu-aarch64' },
    })
  })

  it('fail: is red for any', async () => {
    registerByHand(entryFor('aarch64', current))
    expect((await run({ ifRegistered: 'fail' })).targets[0]).toMatchObject({
      state: 'failed',
      findings: [{ kind: 'already-registered', names: ['qemu-aarch64'], runs: { qemuVersion: '11.1.3' } }],
    })
  })
})

describe('offline', () => {
  it('works from the cache, and names what is missing', async () => {
    expect(isProven(await run({ offline: 'true' }))).toBe(true)
    await restoreAll(acquireRoot, 'usual')
    const request = parseRequest({ ...noInputs, platforms: 'arm64', offline: 'true' }, catalog, 'amd64', provable)
    const outcome = await setup(request, testMachine({ cacheFolder: temporaryFolder() }))
    expect(outcome.targets[0]).toMatchObject({
      state: 'failed',
      findings: [{ code: 'offline', reason: expect.stringContaining(emulator('aarch64').sha256) }],
    })
    expect(names()).toEqual([])
  })
})
