// The rules in use: all targets at once, each under its own real emulator, an AppImage, and what a wide and an upstream rule mean for each other.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { viewOf } from '../../src/core/explain/table-view.js'
import type { Owner } from '../../src/core/journal/journal.js'
import { emulatorFor } from '../../src/core/model/catalog.js'
import { marked, type Rules, ruleOf } from '../../src/core/model/rule.js'
import { targetNamed, targets } from '../../src/core/model/targets.js'
import { isProven } from '../../src/core/outcome/outcome.js'
import type { RequestInputs } from '../../src/core/request/inputs.js'
import { restoreJournal } from '../../src/journal/restore.js'
import { planOnly, setup } from '../../src/setup/setup.js'
import { inspectTable } from '../../src/setup/status.js'
import { prove } from '../../src/setup/verify.js'
import { ownerOf, readJournals } from '../../src/system/journal-file.js'
import { catalog } from '../../src/system/machine.js'
import { acquireRoot } from '../../src/system/root.js'
import { busyboxFor } from '../e2e/vm/busybox.js'
import { hostTarget, isNative } from '../support/kernel/native.js'
import {
  cleanAfterEach,
  entryFor,
  names,
  probeFolder,
  registerByHand,
  temporaryFolder,
  testMachine,
} from '../support/kernel/table.js'
import { emulator, emulatorPath } from '../support/programs/emulators.js'
import { requestOf } from '../support/runner/jobs.js'

cleanAfterEach()

const root = await acquireRoot()
const current = await emulatorPath('aarch64')
const old = await emulatorPath('aarch64', '7.2.22')

function run(change: Partial<RequestInputs>, owner: Owner = ownerOf('cli', process.pid)) {
  const request = requestOf(change)
  return setup(request, testMachine({ owner }))
}

const wide = ruleOf(targetNamed('aarch64'), 'wide')
const view = async () =>
  viewOf(await inspectTable(testMachine())).map(({ entry, rules, behind }) => `${entry.name} ${rules} ${behind.kind}`)

/** Targets that QEMU has given up: those without an emulator in the default version. */
const retired: readonly string[] = []
const served = targets.filter(({ name }) => !retired.includes(name))

it('every target that is not retired has an emulator in the default version', () => {
  const lacking = targets.filter((target) => emulatorFor(catalog, catalog.default, 'amd64', target) === undefined)
  expect(lacking.map(({ name }) => name)).toEqual(retired)
})

describe('all rules together', () => {
  it.each<[Rules, string[]]>([
    ['upstream', served.map(({ name }) => name).filter((name) => name !== 'microblaze')],
    ['wide', served.map(({ name }) => name)],
  ])('%s: each program runs under its own emulator', { timeout: 300_000 }, async (rules, asked) => {
    const native = asked.filter(isNative)
    expect(native).toContain(hostTarget)
    const outcome = await run({ platforms: asked.join(), rules })
    const got = outcome.targets.map(({ platform, state, proof }) => [platform.target.name, state, proof])
    expect(got).toEqual(
      asked.map((name) => {
        if (native.includes(name)) return [name, 'native', null]
        const proof = { direct: true, chroot: true, argv0: true, fingerprint: emulator(name).sha256 }
        return [name, 'emulated', rules === 'wide' ? { ...proof, wide: true } : proof]
      }),
    )
    const seen = viewOf(await inspectTable(testMachine()))
    const standing = asked.filter((name) => !native.includes(name)).map((name) => `qemu-${name} ${name} ${rules} runs`)
    expect(
      seen.map(({ entry, target, behind, ...one }) => `${entry.name} ${target} ${one.rules} ${behind.kind}`),
    ).toEqual(standing.reverse())
  })

  it('MicroBlaze of both byte orders runs under QEMU 7.2, too', { timeout: 120_000 }, async () => {
    const change = { platforms: 'microblaze microblazeel', rules: 'wide', qemuVersion: '7.2' }
    const outcome = await run(change)
    expect(outcome.targets.map(({ state, proof }) => [state, proof?.wide])).toEqual([
      ['emulated', true],
      ['emulated', true],
    ])
    const machine = (target: string) =>
      Buffer.from(probeFolder([target], undefined, 'wide').probe(target).bytes.subarray(18, 20))
    expect([machine('microblaze').readUInt16BE(), machine('microblazeel').readUInt16LE()]).toEqual([189, 189])
  })
})

describe('an AppImage', () => {
  it("is refused under upstream's rule, and runs under the wide one", { timeout: 120_000 }, async () => {
    const folder = temporaryFolder()
    const [path, launch] = [join(folder, 'busybox'), join(folder, 'launch')]
    writeFileSync(path, marked(readFileSync(await busyboxFor('aarch64'))), { mode: 0o755 })
    expect(readFileSync(path).subarray(8, 11)).toEqual(Buffer.from('AI\x02'))
    // node's own execvp hands what the kernel refuses to a shell
    writeFileSync(launch, testMachine().probes.launcher, { mode: 0o755 })
    const started = () => {
      const { status, stdout, stderr } = spawnSync(launch, ['-', '-', '', path, 'uname', '-m'], { encoding: 'utf8' })
      return [status, stdout, stderr]
    }
    expect(spawnSync(current, ['-0', 'uname', path, '-m'], { encoding: 'utf8' }).stdout).toBe('aarch64\n')
    await run({ rules: 'upstream' })
    expect(started()).toEqual([8, '', 'setup-qemu: exec  \n'])
    await run({ rules: 'wide' })
    expect(started()).toEqual([0, 'aarch64\n', ''])
  })
})

describe('what wide promises', () => {
  it("is proven: under upstream's rule the marked probe does not run", async () => {
    const entry = registerByHand(entryFor('aarch64', current))
    const asked = { sha256s: [emulator('aarch64').sha256], version: null }
    const proven = await prove('aarch64', entry, asked, probeFolder(['aarch64'], undefined, 'wide'), root)
    expect(proven).toMatchObject({
      proof: { direct: true, chroot: true, wide: false },
      findings: [{ kind: 'no-handler', where: 'marked', errno: 'ENOEXEC' }],
    })
  })

  it('is not kept when a newer entry takes AppImages alone', async () => {
    await run({ rules: 'wide' })
    const mark = { magic: '414902', mask: 'ffffff', offset: 8 }
    registerByHand(entryFor('aarch64', old, { name: 'appimages', ...mark }))
    const plan = await planOnly(requestOf({ rules: 'wide' }), testMachine())
    expect(plan.targets[0]).toMatchObject({ kind: 'register', shadows: ['appimages', 'qemu-aarch64'] })
    expect(isProven(await run({ rules: 'wide' }))).toBe(true)
  })
})

describe('an entry with the other rule', () => {
  it("of upstream is not enough for wide, and a wide one is for upstream's", async () => {
    await run({ rules: 'upstream' })
    expect((await run({ rules: 'wide' })).targets[0]).toMatchObject({
      state: 'emulated',
      entry: { name: 'setup-qemu-aarch64', ...wide },
    })
    expect((await run({ rules: 'upstream' })).targets[0]).toMatchObject({ state: 'kept', entry: wide })
    expect((await run({ rules: 'wide' })).targets[0]).toMatchObject({ state: 'kept', entry: wide })
    expect(await view()).toEqual(['setup-qemu-aarch64 wide runs', 'qemu-aarch64 upstream shadowed'])
  })

  it('of upstream on top of a wide one leaves AppImages to that', async () => {
    await run({ rules: 'wide', qemuVersion: '7.2' })
    await run({ rules: 'upstream' })
    expect(await view()).toEqual(['setup-qemu-aarch64 upstream runs', 'qemu-aarch64 wide partly'])
  })

  it('is no entry to keep by if-registered, nor with qemu-version host', async () => {
    registerByHand(entryFor('aarch64', current, { flags: 'POCF' }))
    expect((await run({ rules: 'wide', ifRegistered: 'keep' })).targets[0]).toMatchObject({
      state: 'failed',
      findings: [{ kind: 'kept-differs', differences: [expect.stringMatching(/qemu-aarch64 looks at bytes 8 to 15/)] }],
    })
    const before = process.env.PATH
    process.env.PATH = `${join(current, '..')}:${before}`
    const host = await run({ rules: 'wide', qemuVersion: 'host' }).finally(() => {
      process.env.PATH = before
    })
    expect(host.targets[0]).toMatchObject({ state: 'emulated', locator: 'host', entry: wide, proof: { wide: true } })
    expect((await run({ rules: 'wide', ifRegistered: 'keep' })).targets[0]).toMatchObject({ state: 'kept' })
  })

  it('is made for an executable of one’s own as well', async () => {
    const own = await run({ rules: 'wide', path: old })
    expect(own.targets[0]).toMatchObject({ state: 'emulated', locator: 'file', entry: wide, proof: { wide: true } })
  })
})

describe('jobs with different rules', () => {
  const children: ReturnType<typeof spawn>[] = []
  afterEach(async () => {
    for (const child of children.splice(0)) {
      const closed = once(child, 'close')
      child.kill('SIGKILL')
      await closed
    }
  })

  function job(label: string): Owner {
    const child = spawn('sleep', ['100'], { stdio: 'ignore' })
    children.push(child)
    return ownerOf('action', child.pid ?? 0, label)
  }

  function post(owner: Owner) {
    const found = readJournals().journals.find((journal) => journal.owner.pid === owner.pid)
    if (found === undefined) throw new Error('the job has no journal')
    return restoreJournal(found, root)
  }

  it('are not in each other’s way when the emulator is the same', async () => {
    const [a, b, c] = [job('a'), job('b'), job('c')]
    await run({ rules: 'upstream' }, a)
    expect((await run({ rules: 'wide' }, b)).targets[0]).toMatchObject({ state: 'emulated', entry: wide })
    expect((await run({ rules: 'upstream' }, c)).targets[0]).toMatchObject({ state: 'kept', entry: wide })
    expect(await post(a)).toMatchObject({ removed: ['qemu-aarch64'], overtaken: [], warnings: [] })
    expect(await post(b)).toMatchObject({ removed: [], left: [{ why: 'of-another' }] })
    expect(await post(c)).toMatchObject({ removed: ['setup-qemu-aarch64'] })
    expect(names()).toEqual([])
  })

  it('are a conflict when it is another, and told at the end if it was taken', async () => {
    const [a, b] = [job('a'), job('b')]
    await run({ rules: 'upstream', qemuVersion: '7.2' }, a)
    expect((await run({ rules: 'wide' }, b)).targets[0]?.findings[0]).toMatchObject({ kind: 'other-job' })
    await run({ rules: 'wide', onConflict: 'take' }, b)
    expect(await post(a)).toMatchObject({ overtaken: [{ name: 'qemu-aarch64', by: ['setup-qemu-aarch64'] }] })
    await post(b)
  })
})
