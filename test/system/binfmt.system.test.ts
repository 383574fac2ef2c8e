import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  binfmtFolder,
  isEnabled,
  isMounted,
  openTable,
  readEntry,
  readTable,
  register,
  removeEntry,
  unmountTable,
} from '../../src/system/binfmt.js'
import { acquireRoot } from '../../src/system/root.js'
import { cleanAfterEach, entryFor, names, registerByHand } from '../support/kernel/table.js'
import { emulatorPath } from '../support/programs/emulators.js'

cleanAfterEach()

const root = await acquireRoot()
const interpreter = await emulatorPath('aarch64')

function mount(...args: string[]): void {
  execFileSync('mount', args)
}

describe('the table', () => {
  it('gives back what was registered', async () => {
    const entry = entryFor('aarch64', interpreter)
    expect(await register(entry, root)).toBe(true)
    expect(readTable()).toEqual([{ ...entry, enabled: true }])
    expect(readEntry('qemu-aarch64')).toEqual({ ...entry, enabled: true })
  })

  it.each(['POCF', 'PF', 'OCF', 'F', 'C', ''])('lists the flags %j in its own order', async (flags) => {
    await register(entryFor('aarch64', interpreter, { flags }), root)
    expect(readEntry('qemu-aarch64')?.flags).toBe(flags === 'C' ? 'OC' : flags)
  })

  it('says that a name is taken, and leaves what has it', async () => {
    const theirs = registerByHand(entryFor('s390x', interpreter, { name: 'qemu-aarch64' }))
    expect(await register(entryFor('aarch64', interpreter), root)).toBe(false)
    expect(readTable()).toEqual([{ ...theirs, enabled: true }])
  })

  it('takes a path with spaces, colons and 1500 characters', async () => {
    const entry = entryFor('aarch64', `/a b:c/${'x'.repeat(1500)}`, { flags: 'P' })
    await register(entry, root)
    expect(readEntry(entry.name)).toEqual({ ...entry, enabled: true })
  })

  it('takes the longest line that we let through', async () => {
    const room = 1919 - `:qemu-aarch64:M::${'\\x00'.repeat(40)}::/:F`.length
    const entry = entryFor('aarch64', `/${'x'.repeat(room)}`, { flags: '' })
    await register(entry, root)
    expect(readEntry(entry.name)?.interpreter).toHaveLength(room + 1)
    await expect(
      register({ ...entry, name: 'b', interpreter: `/${'x'.repeat(room + 20)}` }, root),
    ).rejects.toMatchObject({ code: 'interpreter-path-too-long' })
  })

  it('refuses an interpreter that is not there, naming the errno', async () => {
    await expect(register(entryFor('aarch64', '/nowhere/qemu'), root)).rejects.toMatchObject({
      code: 'interpreter-gone',
      message: expect.stringContaining('ENOENT'),
    })
    expect(names()).toEqual([])
  })

  it('removes an entry, and does not mind when it is gone', async () => {
    const entry = registerByHand(entryFor('aarch64', interpreter))
    expect(await removeEntry(entry, root)).toBeUndefined()
    expect(await removeEntry(entry, root)).toBeUndefined()
    expect(names()).toEqual([])
  })

  it('is read without what is no entry', () => {
    registerByHand(entryFor('aarch64', interpreter))
    writeFileSync(join(binfmtFolder, 'register'), ':wine:E::exe::/usr/bin/env:')
    expect(readTable().map(({ name, extension }) => [name, extension])).toEqual(
      expect.arrayContaining([
        ['qemu-aarch64', undefined],
        ['wine', 'exe'],
      ]),
    )
    expect(readEntry('nothing')).toBeUndefined()
  })
})

describe('reaching the table', () => {
  it('mounts it when it is not mounted', async () => {
    expect(await openTable(root)).toBe(false)
    expect(await unmountTable(root)).toBeUndefined()
    expect([isMounted(), readTable()]).toEqual([false, []])
    expect(await openTable(root)).toBe(true)
    expect(isMounted()).toBe(true)
  })

  it('tells that it is switched off', async () => {
    writeFileSync(join(binfmtFolder, 'status'), '0')
    expect(isEnabled()).toBe(false)
    await expect(openTable(root)).rejects.toMatchObject({ code: 'binfmt-disabled' })
  })

  it('tells that it is read-only, with nothing registered', async () => {
    mount('-o', 'remount,ro,bind', binfmtFolder)
    try {
      await expect(register(entryFor('aarch64', interpreter), root)).rejects.toMatchObject({
        code: 'binfmt-read-only',
        hint: expect.stringContaining('mount -o remount,rw,bind'),
      })
    } finally {
      mount('-o', 'remount,rw,bind', binfmtFolder)
    }
    expect(names()).toEqual([])
  })

  it('tells that the kernel has none', async () => {
    mount('-t', 'tmpfs', 'tmpfs', '/proc/sys/fs')
    try {
      expect(isMounted()).toBe(false)
      await expect(openTable(root)).rejects.toMatchObject({ code: 'binfmt-missing' })
    } finally {
      execFileSync('umount', ['/proc/sys/fs'])
    }
  })
})
