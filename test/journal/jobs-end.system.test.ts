// Several jobs on one machine: what is told and done at the end of one, with `survive-restart`, and by `restore`.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Owner } from '../../src/core/journal/journal.js'
import { restoreAll } from '../../src/journal/restore.js'
import { binfmtFolder, readEntry } from '../../src/system/binfmt.js'
import { ownerOf, readJournals } from '../../src/system/journal-file.js'
import { acquireRoot } from '../../src/system/root.js'
import { cleanAfterEach, entryFor, names, registerByHand } from '../support/kernel/table.js'
import { emulator, emulatorPath } from '../support/programs/emulators.js'
import { job, journalOf, journalWriterOf, post, run } from '../support/runner/jobs.js'

cleanAfterEach()
const current = await emulatorPath('aarch64')
const old = await emulatorPath('aarch64', '7.2.22')

describe('at the end of a job', () => {
  it('an entry that somebody flushed or replaced is told', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a)
    writeFileSync(join(binfmtFolder, 'status'), '-1')
    expect(await post(a)).toMatchObject({ removed: [], left: [{ name: 'qemu-aarch64', why: 'gone' }], warnings: [] })
    await run(b)
    writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '-1')
    registerByHand(entryFor('aarch64', old))
    expect(await post(b)).toMatchObject({ removed: [], left: [{ name: 'qemu-aarch64', why: 'changed' }] })
    expect(readEntry('qemu-aarch64')?.interpreter).toBe(old)
  })

  it('an entry of the same words that another job is just making is left alone', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a)
    writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '-1')
    const theirs = journalWriterOf(b)
    await theirs.plan([entryFor('aarch64', current)])
    registerByHand(entryFor('aarch64', current))
    expect(await post(a)).toMatchObject({ removed: [] })
    expect(names()).toEqual(['qemu-aarch64'])
  })
})

describe('survive-restart', () => {
  const file = '/run/binfmt.d/zz-setup-qemu-qemu-aarch64.conf'
  const survive = { surviveRestart: 'true' }

  /** What systemd-binfmt does when it is started anew: flush, then each file of binfmt.d. */
  function restartService(): void {
    writeFileSync(join(binfmtFolder, 'status'), '-1')
    if (!existsSync(file)) return
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !/^[#;]/.test(line))
    for (const line of lines) writeFileSync(join(binfmtFolder, 'register'), line)
  }

  it('brings the entry back, which is still ours to remove; then nothing comes back', async () => {
    const a = job('a')
    await run(a, survive)
    restartService()
    expect(readEntry('qemu-aarch64')?.interpreter).toBe(current)
    expect(await post(a)).toMatchObject({ removed: ['qemu-aarch64'], left: [], warnings: [] })
    restartService()
    expect([names(), existsSync(file)]).toEqual([[], false])
  })

  it('keeps the file while another job needs it', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a, survive)
    await run(b, survive)
    await post(a)
    expect(existsSync(file)).toBe(true)
    await post(b)
    expect([names(), existsSync(file)]).toEqual([[], false])
  })

  it('what a killed process had half written is swept by restore, and only that', async () => {
    mkdirSync('/run/binfmt.d')
    const [gone, living, theirs] = [
      `${file}.4194305.part`,
      `${file}.${process.pid}.part`,
      '/run/binfmt.d/x.conf.4194305.part',
    ]
    for (const path of [gone, living, theirs]) writeFileSync(path, '')
    await restoreAll(acquireRoot, 'stale')
    expect([gone, living, theirs].map((path) => existsSync(path))).toEqual([false, true, true])
  })

  it('makes no file by default', async () => {
    await run(job('a'))
    expect(existsSync(file)).toBe(false)
  })
})

describe('restore', () => {
  it('names a journal that cannot be read, with the command that removes it', async () => {
    mkdirSync('/run/setup-qemu')
    writeFileSync('/run/setup-qemu/x.json', 'junk')
    expect((await restoreAll(acquireRoot, 'stale')).warnings).toEqual([
      expect.stringMatching(/^\/run\/setup-qemu\/x\.json: .*not JSON; .*: sudo rm \/run\/setup-qemu\/x\.json$/),
    ])
  })

  it('--stale undoes only what ended jobs left', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a)
    await run(b, { platforms: 'riscv64' })
    await run(ownerOf('cli', process.pid), { platforms: 's390x' })
    await a.end()
    expect(await restoreAll(acquireRoot, 'stale')).toMatchObject({ removed: ['qemu-aarch64'] })
    expect(names().sort()).toEqual(['qemu-riscv64', 'qemu-s390x'])
    expect(await restoreAll(acquireRoot, 'usual')).toMatchObject({ removed: ['qemu-s390x'], spared: [{ pid: b.pid }] })
    expect(await restoreAll(acquireRoot, 'all')).toMatchObject({ removed: ['qemu-riscv64'] })
  })

  it('says nothing stays of what it removes, where the command line registered one name twice', async () => {
    for (const qemuVersion of ['default', '7.2', '7.2']) {
      if (names().length > 0) writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '-1')
      await run(ownerOf('cli', process.pid), { qemuVersion })
    }
    expect(await restoreAll(acquireRoot, 'usual')).toMatchObject({ removed: ['qemu-aarch64'], left: [] })
    expect([names(), readJournals().journals]).toEqual([[], []])
  })

  it('tells what to do about a journal that it cannot read, and where the table cannot be written to', async () => {
    await run(ownerOf('cli', process.pid))
    execFileSync('mount', ['-o', 'remount,ro,bind', binfmtFolder])
    writeFileSync('/run/setup-qemu/a.json', '{')
    const { warnings } = await restoreAll(acquireRoot, 'usual')
    execFileSync('mount', ['-o', 'remount,rw,bind', binfmtFolder])
    expect(warnings).toEqual([
      expect.stringMatching(/^\/run\/setup-qemu\/a\.json: .*not JSON; .*: sudo rm \/run\/setup-qemu\/a\.json$/),
      expect.stringMatching(
        /^removing qemu-aarch64 answered EROFS; make the table writable \(sudo mount .*restore once more$/,
      ),
    ])
    rmSync('/run/setup-qemu/a.json')
    expect(await restoreAll(acquireRoot, 'usual')).toMatchObject({ removed: ['qemu-aarch64'], warnings: [] })
  })

  it('takes the owner of another namespace of process numbers for alive', async () => {
    const a = job('a')
    await run({ ...a, pidNamespace: '1' } as Owner)
    const journal = journalOf(a)
    writeFileSync(
      `/run/setup-qemu/${journal.id}.json`,
      JSON.stringify({ ...journal, owner: { ...journal.owner, pidNamespace: '1' } }),
    )
    await a.end()
    expect(await restoreAll(acquireRoot, 'stale')).toMatchObject({ removed: [], spared: [{ pid: a.pid }] })
    expect(emulator('aarch64').sha256).toBe(journal.entries[0]?.emulator?.sha256)
  })
})
