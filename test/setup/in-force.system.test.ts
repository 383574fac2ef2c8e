// Which entry runs a program: what the kernel really does with tables of several matching entries, and whether setup, status and explain
// all say the same of them.
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { viewOf } from '../../src/core/explain/table-view.js'
import { registerLine } from '../../src/core/model/entry.js'
import { marked, ruleOf } from '../../src/core/model/rule.js'
import { targetNamed } from '../../src/core/model/targets.js'
import { existingEntriesOf, planFor } from '../../src/core/plan/plan.js'
import type { RequestInputs } from '../../src/core/request/inputs.js'
import { parseRequest } from '../../src/core/request/request.js'
import { explain } from '../../src/explain/explain.js'
import { inspect } from '../../src/setup/inspect.js'
import { inspectTable } from '../../src/setup/status.js'
import { binfmtFolder } from '../../src/system/binfmt.js'
import { catalog, provable } from '../../src/system/machine.js'
import { headOf, lookUnderTable, runsOf } from '../../src/system/probe-runs.js'
import {
  cleanAfterEach,
  entryFor,
  probeFolder,
  registerByHand,
  temporaryFolder,
  testMachine,
} from '../support/kernel/table.js'
import { emulator, emulatorPath } from '../support/programs/emulators.js'
import { foreign, inRoot, put, rootBeforeEach } from '../support/programs/foreseen.js'
import { reallyRun } from '../support/programs/really-run.js'
import { noInputs } from '../support/runner/inputs.js'

cleanAfterEach()
rootBeforeEach()

const versions = { new: 'default', middle: '10.0.2', old: '7.2.22' } as const
type Which = keyof typeof versions
const paths = {
  new: await emulatorPath('aarch64'),
  middle: await emulatorPath('aarch64', versions.middle),
  old: await emulatorPath('aarch64', versions.old),
}
const riscv64 = await emulatorPath('riscv64')

/** Registers, the oldest first. The names' own order is another one, so that whoever sorts by name is found out. */
function has(name: string, interpreter: string, change: Parameters<typeof entryFor>[2] = {}) {
  registerByHand(entryFor('aarch64', interpreter, { name, ...change }))
}

const tell = (name: string, word: '0' | '1' | '-1') => writeFileSync(join(binfmtFolder, name), word)

/** A copy of an emulator that may be renamed, replaced and deleted. */
function copy(which: Which, name = which as string, folder = temporaryFolder()): string {
  const path = join(folder, name)
  copyFileSync(paths[which], path)
  return path
}

interface Truth {
  /** The emulator whose bytes run; null: execve refuses. */
  readonly runs: Which | null
  /** By the entry of this name, which is known by what only it does; null where none is in force. */
  readonly by: string | null
}

/** What really runs the program, and by which entry setup, status and explain say so. */
async function answers() {
  // without P its name decides what it does
  copyFileSync(foreign, inRoot('bin/busybox'))
  const words: RequestInputs = { ...noInputs, platforms: 'arm64', ifRegistered: 'keep' }
  const folder = probeFolder(['aarch64'])
  const machine = testMachine()
  const facts = await inspect(parseRequest(words, catalog, 'amd64', provable), machine, folder)
  const run = facts.before.get('aarch64')?.run
  const ran = run?.kind === 'answered' ? run.fingerprint : null
  const version = (Object.keys(versions) as Which[]).find(
    (which) => ran?.sha256 === emulator('aarch64', versions[which]).sha256,
  )
  const asked = parseRequest(
    { ...words, qemuVersion: version === undefined ? 'default' : versions[version] },
    catalog,
    'amd64',
    provable,
  )
  const [planned] = planFor(asked, facts, catalog).targets
  const { inForce } = existingEntriesOf('aarch64', facts, 'upstream')
  const view = viewOf(await inspectTable(machine))
  const { forecast } = await explain(inRoot('bin/busybox'), null, machine)
  const real = await reallyRun(inRoot('bin/busybox'))
  const step = forecast.steps.find(({ kind }) => kind === 'entry')
  const { verdict } = forecast
  return {
    runs: version ?? null,
    really: 'ran' in real ? real.ran : null,
    explained: verdict.kind === 'emulated' ? verdict.emulator?.sha256 : null,
    plan: inForce?.name ?? null,
    kept: planned?.kind === 'keep' ? (planned.entry?.name ?? null) : null,
    status: view.flatMap(({ entry, target, behind }) =>
      behind.kind === 'runs' && target === 'aarch64' ? [entry.name] : [],
    ),
    shown: Object.fromEntries(view.map(({ entry, behind }) => [entry.name, behind.kind])),
    explain: step?.kind === 'entry' ? step.winner.name : null,
  }
}

/** The entry that explain names for a file, and the executable that really runs it. */
async function winnerFor(path: string): Promise<[string | null, string | null]> {
  const { forecast } = await explain(inRoot(path), null, testMachine())
  const real = await reallyRun(inRoot(path))
  const step = forecast.steps.find(({ kind }) => kind === 'entry')
  return [step?.kind === 'entry' ? step.winner.name : null, 'ran' in real ? real.ran : null]
}

/** All of them say what is so. */
async function allSay({ runs, by }: Truth) {
  const said = await answers()
  const sha256 = runs === null ? null : emulator('aarch64', versions[runs]).sha256
  const working = runs === null ? null : by
  expect(said).toMatchObject({ runs, really: sha256, explained: sha256, plan: working, kept: working, explain: by })
  expect(said.status).toEqual(working === null ? [] : [working])
  return said.shown
}

describe('of several entries that match', () => {
  it.each<[string, () => void, Truth]>([
    ['the only one', () => has('a', paths.old), { runs: 'old', by: 'a' }],
    [
      'the newest of two, whatever their names',
      () => {
        has('a', paths.old)
        has('b', paths.new)
      },
      { runs: 'new', by: 'b' },
    ],
    [
      'the newest of three',
      () => {
        has('c', paths.new)
        has('a', paths.middle)
        has('b', paths.old)
      },
      { runs: 'old', by: 'b' },
    ],
    [
      'the newest that is enabled',
      () => {
        has('c', paths.new)
        has('a', paths.middle)
        has('b', paths.old)
        tell('b', '0')
      },
      { runs: 'middle', by: 'a' },
    ],
    [
      'the last one that is enabled',
      () => {
        has('a', paths.new)
        has('c', paths.middle)
        has('b', paths.old)
        tell('b', '0')
        tell('c', '0')
      },
      { runs: 'new', by: 'a' },
    ],
    [
      'the newest again, once it is enabled again',
      () => {
        has('b', paths.new)
        has('a', paths.old)
        tell('a', '0')
        tell('a', '1')
      },
      { runs: 'old', by: 'a' },
    ],
    [
      'one that was removed and registered anew',
      () => {
        has('a', paths.new)
        has('b', paths.old)
        tell('a', '-1')
        has('a', paths.new)
      },
      { runs: 'new', by: 'a' },
    ],
  ])('it is %s', async (_, make, truth) => {
    make()
    await allSay(truth)
  })

  it('it is none where all are disabled, or all is switched off', async () => {
    has('a', paths.old)
    has('b', paths.new)
    tell('a', '0')
    tell('b', '0')
    expect(await allSay({ runs: null, by: null })).toEqual({ a: 'disabled', b: 'disabled' })
    tell('a', '1')
    tell('status', '0')
    expect(await allSay({ runs: null, by: null })).toEqual({ a: 'disabled', b: 'disabled' })
  })
})

describe('where the path of what runs leads to another entry', () => {
  it.each<[string, (link: string) => void, Truth]>([
    [
      'a link to the file of an older one',
      (link) => {
        has('a', paths.new)
        has('b', link)
      },
      { runs: 'new', by: 'b' },
    ],
    [
      'the file that an older one has by a link',
      (link) => {
        has('a', link)
        has('c', paths.old)
        has('b', paths.new)
      },
      { runs: 'new', by: 'b' },
    ],
    [
      'the file of an older one, moved there',
      () => {
        const folder = temporaryFolder()
        const [ours, theirs] = [copy('new', 'a', folder), copy('old', 'b', folder)]
        has('older', theirs)
        has('newer', ours)
        renameSync(ours, theirs)
      },
      { runs: 'new', by: 'newer' },
    ],
    [
      'the file of the oldest of three, moved there twice',
      () => {
        const folder = temporaryFolder()
        const [first, second] = [copy('old', 'a', folder), copy('middle', 'b', folder)]
        const third = copy('new', 'c', folder)
        has('z', first)
        has('y', second)
        has('x', third)
        renameSync(second, first)
        renameSync(third, second)
      },
      { runs: 'new', by: 'x' },
    ],
    [
      'a wrapper that starts the emulator of an older one',
      () => {
        const wrapper = join(temporaryFolder(), 'wrapper')
        writeFileSync(wrapper, `#!/bin/sh\nexec ${paths.old} "$@"\n`, { mode: 0o755 })
        has('older', paths.old)
        has('newer', wrapper, { flags: '' })
      },
      { runs: 'old', by: 'newer' },
    ],
    [
      'a file that was deleted while the kernel holds it open',
      () => {
        const path = copy('new')
        has('older', paths.old)
        has('newer', path)
        rmSync(path)
      },
      { runs: 'new', by: 'newer' },
    ],
    [
      'a file that was replaced while the kernel holds the former one open',
      () => {
        const path = copy('new')
        has('older', paths.old)
        has('newer', path)
        renameSync(copy('old'), path)
      },
      { runs: 'new', by: 'newer' },
    ],
    [
      'a file that was replaced, and is opened each time',
      () => {
        const path = copy('new')
        has('older', paths.new)
        has('newer', path, { flags: 'POC' })
        renameSync(copy('old'), path)
      },
      { runs: 'old', by: 'newer' },
    ],
  ])('%s', async (_, make, truth) => {
    const link = join(temporaryFolder(), 'link')
    symlinkSync(paths.new, link)
    make(link)
    const shown = await answers()
    const sha256 = truth.runs === null ? null : emulator('aarch64', versions[truth.runs]).sha256
    expect(shown).toMatchObject({ runs: truth.runs, really: sha256, explained: sha256 })
    expect([shown.plan, shown.status, shown.explain]).toEqual([truth.by, [truth.by], truth.by])
  })

  it('two that name one file are told apart by their flags, as the kernel follows them', async () => {
    has('b', paths.new)
    has('a', paths.new, { flags: 'OCF' })
    const folder = probeFolder(['aarch64'])
    const { run, path } = await folder.direct('aarch64')
    // without P argv[0] is the path: it was the newer one
    expect(run.kind === 'answered' && run.argv[0]).toBe(path)
    await allSay({ runs: 'new', by: 'a' })
  })

  it('nothing runs where the newest one’s file is gone: an older one that works is not tried', async () => {
    const path = copy('new')
    has('older', paths.old)
    has('newer', path, { flags: 'POC' })
    rmSync(path)
    const shown = await allSay({ runs: null, by: 'newer' })
    expect(shown).toEqual({ newer: 'refused', older: 'shadowed' })
  })
})

describe('rules of different width', () => {
  const wide = ruleOf(targetNamed('aarch64'), 'wide')
  const appImage = () => {
    put('bin/app', marked(readFileSync(foreign)))
    return winnerFor('bin/app')
  }
  const sha256 = (which: Which) => emulator('aarch64', versions[which]).sha256

  it('the newer one is in force where both match, be it the wider or not', async () => {
    has('b', paths.old)
    has('a', paths.new, wide)
    expect(await allSay({ runs: 'new', by: 'a' })).toEqual({ a: 'runs', b: 'shadowed' })
    expect(await appImage()).toEqual(['a', sha256('new')])
    has('c', paths.middle)
    expect(await allSay({ runs: 'middle', by: 'c' })).toEqual({ a: 'partly', b: 'shadowed', c: 'runs' })
    expect(await appImage()).toEqual(['a', sha256('new')])
  })

  // e_machine of aarch64 and riscv64, where they agree; no program of this machine is meant
  const both = {
    magic: '7f454c460201010000000000000000000200b300',
    mask: 'ffffffffffffff00fffffffffffffffffeffbbff',
  }

  it('one that matches another target, too, runs what no newer one takes from it', async () => {
    has('both', riscv64, both)
    has('a', paths.new)
    expect(await allSay({ runs: 'new', by: 'a' })).toEqual({ a: 'runs', both: 'runs' })
    const view = viewOf(await inspectTable(testMachine()))
    expect(view.map(({ entry, target }) => [entry.name, target])).toEqual([
      ['a', 'aarch64'],
      ['both', 'riscv64'],
    ])
  })

  it('one that matches another target, too, and cannot run it, is told by what it runs', async () => {
    has('a', paths.old)
    has('both', paths.new, both)
    expect(await allSay({ runs: 'new', by: 'both' })).toEqual({ a: 'shadowed', both: 'runs' })
  })
})

describe('entries for file-name extensions', () => {
  const extension = (name: string, word: string, which: Which) =>
    writeFileSync(
      join(binfmtFolder, 'register'),
      registerLine({ ...entryFor('aarch64', paths[which], { name, magic: '', mask: '' }), extension: word }),
    )

  it('come first where they are newer, for files of that name alone', async () => {
    has('a', paths.new)
    extension('b', 'arm', 'old')
    mkdirSync(inRoot('odd.arm'))
    for (const name of ['bin/x.arm', 'bin/x.arm.no', 'odd.arm/x']) copyFileSync(foreign, inRoot(name))
    const [newer, older] = [emulator('aarch64').sha256, emulator('aarch64', versions.old).sha256]
    expect(await winnerFor('bin/x.arm')).toEqual(['b', older])
    expect(await winnerFor('bin/x.arm.no')).toEqual(['a', newer])
    expect(await winnerFor('odd.arm/x')).toEqual(['a', newer])
    await allSay({ runs: 'new', by: 'a' })
    has('c', paths.new)
    expect(await winnerFor('bin/x.arm')).toEqual(['c', newer])
    tell('c', '0')
    tell('b', '0')
    expect(await winnerFor('bin/x.arm')).toEqual(['a', newer])
  })
})

describe('a table that changes while it is looked at', () => {
  it('is looked at again where what is in force has changed', async () => {
    has('a', paths.old)
    const folder = probeFolder(['aarch64'])
    const files = [{ head: headOf('aarch64', folder) }]
    let looks = 0
    const { table, seen } = await lookUnderTable(files, async () => {
      const runs = await runsOf(['aarch64'], folder)
      looks++
      if (looks === 1) has('b', paths.new)
      // what matches other programs changes nothing for these
      registerByHand(entryFor('riscv64', riscv64, { name: `other-${looks}` }))
      return runs
    })
    const run = seen.get('aarch64')?.run
    expect(run?.kind === 'answered' && run.fingerprint.sha256).toBe(emulator('aarch64').sha256)
    expect([looks, table.map(({ name }) => name)]).toEqual([2, ['other-2', 'other-1', 'b', 'a']])
  })

  it('is not looked at for ever', async () => {
    const files = [{ head: headOf('aarch64', probeFolder(['aarch64'])) }]
    let looks = 0
    await lookUnderTable(files, async () => has(`a-${looks++}`, paths.old))
    expect(looks).toBe(5)
  })
})
