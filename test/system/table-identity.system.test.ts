// Tables that come and go: what tells them apart, and what becomes of the journals of those that are gone.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Journal, journalText } from '../../src/core/journal/journal.js'
import { isSameTable, type TableIdentity } from '../../src/core/journal/table-identity.js'
import { JournalWriter } from '../../src/journal/journal-writer.js'
import { isLeftBehind } from '../../src/journal/restore.js'
import { setup } from '../../src/setup/setup.js'
import { binfmtFolder, isMounted } from '../../src/system/binfmt.js'
import { journalFolder, ownerOf, readJournals } from '../../src/system/journal-file.js'
import { acquireRoot } from '../../src/system/root.js'
import { hereTable, tableStateFor } from '../../src/system/table-identity.js'
import { restore } from '../support/kernel/by-hand.js'
import { seesEveryProcess } from '../support/kernel/every-process.js'
import {
  cleanAfterEach,
  entryFor,
  names,
  registerByHand,
  temporaryFolder,
  testMachine,
} from '../support/kernel/table.js'
import { emulatorPath } from '../support/programs/emulators.js'
import { requestOf } from '../support/runner/jobs.js'

const root = await acquireRoot()
const interpreter = await emulatorPath('aarch64')
const mount = () => execFileSync('mount', ['-t', 'binfmt_misc', 'binfmt_misc', binfmtFolder])
const unmount = () => execFileSync('umount', [binfmtFolder])
const register = join(binfmtFolder, 'register')

/** Else a table may be somebody's whom nobody here sees, and its journal stays. */
const seesAll = seesEveryProcess()
const unreached = expect.stringMatching(/qemu-aarch64 of .* not mounted here; mount it.*: sudo mount -t binfmt_misc/)
const left = (id: string) =>
  seesAll ? { forgotten: [{ id }], elsewhere: [] } : { forgotten: [], elsewhere: [{ id, pid: null }] }

cleanAfterEach()
const children: ChildProcess[] = []
// runs before that
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  if (!isMounted()) mount()
})

/** The journal of a call that has ended, with one entry that stands. */
async function ended(change: Partial<Journal> = {}): Promise<Journal> {
  const owner = { ...ownerOf('cli', process.pid), start: '1' }
  const writer = new JournalWriter(testMachine({ owner }), root, false)
  const entry = entryFor('aarch64', interpreter)
  await writer.plan([entry])
  await writer.register(entry)
  await writer.commit([entry])
  return note({ ...writer.journal, ...change })
}

function note(journal: Journal): Journal {
  mkdirSync(journalFolder, { recursive: true })
  writeFileSync(join(journalFolder, `${journal.id}.json`), journalText(journal))
  return journal
}

/** Another user namespace with a table of its own, and a process that holds it. */
async function privateTable(): Promise<{ identity: TableIdentity; pid: number; end(): Promise<void> }> {
  const script = `mount -t binfmt_misc binfmt_misc ${binfmtFolder} && echo ready && exec sleep 100`
  const child = spawn('unshare', ['-Urm', '--propagation', 'private', 'sh', '-c', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  await once(child.stdout, 'data')
  const pid = child.pid ?? 0
  const { dev, atimeNs } = statSync(`/proc/${pid}/root${register}`, { bigint: true })
  const { table } = hereTable()
  if (table === undefined) throw new Error('this table has no mark')
  const end = async () => {
    const closed = once(child, 'exit')
    child.kill('SIGKILL')
    await closed
  }
  return { identity: { instance: Number(dev), table: { ...table, born: String(atimeNs) } }, pid, end }
}

describe('what tells a table from every other', () => {
  it('never changes while it lives, and is the same from every mount', async () => {
    const before = hereTable()
    const copy = temporaryFolder()
    const acts = [
      () => readFileSync(join(binfmtFolder, 'status')),
      () => writeFileSync(join(binfmtFolder, 'status'), '0'),
      () => writeFileSync(join(binfmtFolder, 'status'), '1'),
      () => expect(() => readFileSync(register)).toThrow(/EINVAL/),
      () => registerByHand(entryFor('aarch64', interpreter)),
      () => closeSync(openSync(register, 'a')),
      () => writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '-1'),
      () => writeFileSync(join(binfmtFolder, 'status'), '-1'),
      () => readdirSync(binfmtFolder),
      () => chmodSync(register, 0o200),
      () => execFileSync('mount', ['-o', 'remount,ro,bind', binfmtFolder]),
      () => execFileSync('mount', ['-o', 'remount,rw,bind,strictatime', binfmtFolder]),
      () => expect(() => readFileSync(register)).toThrow(/EINVAL/),
      () => execFileSync('mount', ['--bind', binfmtFolder, copy]),
    ]
    for (const act of acts) {
      act()
      await new Promise((resolve) => setTimeout(resolve, 15))
      expect(hereTable()).toEqual(before)
    }
    const { dev, atimeNs } = statSync(join(copy, 'register'), { bigint: true })
    execFileSync('umount', [copy])
    expect([Number(dev), String(atimeNs)]).toEqual([before.instance, before.table?.born])
  })

  it('is another one after a new mount, though the kernel uses the device number again', async () => {
    const before = hereTable()
    const seen = new Set<number>()
    for (let mounts = 0; mounts < 5; mounts++) {
      unmount()
      await new Promise((resolve) => setTimeout(resolve, 15))
      mount()
      seen.add(hereTable().instance)
      expect(isSameTable(hereTable(), before)).toBe(false)
    }
    // the case that this is about: it was seen before
    expect(seen.size).toBeLessThan(5)
  })
})

describe('restore with the journal of a table that is gone', () => {
  it('where none is mounted: nothing is mounted, the journal goes, and it is green', async () => {
    const { id } = await ended()
    unmount()
    const restored = await restore()
    expect(restored).toMatchObject({ removed: [], left: [], elsewhere: [] })
    expect(restored.forgotten).toEqual(seesAll ? [{ id, entries: ['qemu-aarch64'] }] : [])
    expect(restored.warnings).toEqual(seesAll ? [] : [unreached])
    expect([isMounted(), readJournals().journals.length]).toEqual([false, seesAll ? 0 : 1])
  })

  it('where another has its device number: an entry of the same words there is somebody else’s', async () => {
    const { id, table, ...rest } = await ended()
    const born = String(BigInt(table?.born ?? 0) - 1n)
    note({ ...rest, id, ...(table === undefined ? {} : { table: { ...table, born } }) })
    expect(await restore()).toMatchObject({ removed: [], warnings: [], ...left(id) })
    expect([names(), readJournals().journals.length]).toEqual([['qemu-aarch64'], seesAll ? 0 : 1])
  })

  it('of an earlier boot goes, too', async () => {
    const { table, ...rest } = await ended()
    note({ ...rest, ...(table === undefined ? {} : { table: { ...table, boot: 'another' } }) })
    expect(await restore()).toMatchObject({ removed: [], warnings: [], forgotten: [{ id: rest.id }] })
  })

  it('takes drop-ins of ours with it', async () => {
    const file = '/run/binfmt.d/zz-setup-qemu-qemu-aarch64.conf'
    await ended({ files: [file] })
    mkdirSync('/run/binfmt.d')
    writeFileSync(file, '')
    unmount()
    expect(await restore()).toMatchObject(seesAll ? { warnings: [], forgotten: [{}] } : { warnings: [unreached] })
    expect(existsSync(file)).toBe(!seesAll)
  })

  it('of an older release, which knew the device number alone', async () => {
    const { table, ...rest } = await ended()
    note(rest)
    expect(await restore()).toMatchObject({ removed: ['qemu-aarch64'], warnings: [] })
    note({ ...rest, instance: 1 })
    expect(await restore()).toMatchObject({ removed: [], warnings: [], ...left(rest.id) })
    expect([isMounted(), readJournals().journals.length]).toEqual([true, seesAll ? 0 : 1])
  })

  it('set-up sweeps it as well, but not that of a call which goes on', async () => {
    const gone = await ended()
    const going = note({ ...gone, id: 'cli-going', owner: ownerOf('cli', process.pid) })
    unmount()
    expect([isLeftBehind(gone), isLeftBehind(going)]).toEqual([seesAll, false])
    mount()
    await setup(requestOf(), testMachine())
    const ids = readJournals().journals.map(({ id }) => id)
    expect([ids.includes(gone.id), ids.includes(going.id)]).toEqual([!seesAll, true])
  })
})

describe('the journal of another namespace’s table', () => {
  it('stays while a process has that table, is no warning, and goes with it', async () => {
    const other = await privateTable()
    const journal = note({ ...(await ended()), id: 'cli-other', ...other.identity })
    expect(tableStateFor(journal)).toEqual({ kind: 'elsewhere', pid: other.pid })
    const restored = await restore()
    expect(restored).toMatchObject({ removed: ['qemu-aarch64'], warnings: [] })
    expect(restored.elsewhere).toEqual([{ id: 'cli-other', pid: other.pid }])
    unmount()
    expect(await restore()).toMatchObject({ elsewhere: [{ id: 'cli-other' }], warnings: [], forgotten: [] })
    await other.end()
    const end = seesAll ? { warnings: [], forgotten: [{ id: 'cli-other' }] } : { warnings: [unreached], forgotten: [] }
    expect(await restore()).toMatchObject({ elsewhere: [], ...end })
    expect([isMounted(), readJournals().journals.length]).toEqual([false, seesAll ? 0 : 1])
  })

  it('is no matter of another table with its device number', async () => {
    const other = await privateTable()
    const { table } = other.identity
    const earlier = { ...other.identity, ...(table === undefined ? {} : { table: { ...table, born: '1' } }) }
    expect(tableStateFor(earlier)).toEqual(seesAll ? { kind: 'gone' } : { kind: 'elsewhere', pid: null })
    expect(tableStateFor({ instance: other.identity.instance })).toEqual({ kind: 'elsewhere', pid: other.pid })
  })
})

describe('a table that others have and that is not mounted here', () => {
  it('is named with the command that makes it reachable', async () => {
    await ended()
    // the same user namespace, another mount namespace
    const child = spawn('unshare', ['-m', '--propagation', 'private', 'sh', '-c', 'echo ready; exec sleep 100'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    await once(child.stdout, 'data')
    unmount()
    const { warnings, forgotten } = await restore()
    expect(forgotten).toEqual([])
    expect(warnings).toEqual([unreached])
    expect([isMounted(), readJournals().journals.length]).toEqual([false, 1])
    mount()
    expect(await restore()).toMatchObject({ removed: ['qemu-aarch64'], warnings: [] })
  })
})
