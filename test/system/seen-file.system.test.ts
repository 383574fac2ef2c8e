// Writing to an entry only while it is the one that was looked at: by this process, and by the native writers of both hosts.
import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { binfmtFolder } from '../../src/system/binfmt.js'
import { command } from '../../src/system/command.js'
import { lookAt, type SeenFile, type Written, writeSeen, writeSeenBy } from '../../src/system/seen-file.js'
import { cleanAfterEach, entryFor, names, registerByHand, temporaryFolder } from '../support/kernel/table.js'
import { emulatorPath } from '../support/programs/emulators.js'

cleanAfterEach()
const interpreter = await emulatorPath('aarch64')
const emulated = await emulatorPath('aarch64')
const path = join(binfmtFolder, 'qemu-s390x')
const entry = entryFor('s390x', interpreter)
const before = { ...process.env }
beforeEach(() => {
  process.env.RUNNER_TEMP = ''
  process.env.TMPDIR = temporaryFolder()
})
afterEach(() => {
  Object.assign(process.env, { RUNNER_TEMP: before.RUNNER_TEMP ?? '', TMPDIR: before.TMPDIR ?? '/tmp' })
})

const native = (file: string, args: readonly string[], input: string) => command(file, args, { input })
const { arch } = process

const ways: Record<string, (seen: SeenFile, word: string) => Promise<Written>> = {
  'this process': async (seen, word) => writeSeen(seen, word),
  'the native writer': (seen, word) => writeSeenBy(native, [], seen, word),
  'the writer of arm64 hosts': async (seen, word) => {
    Object.defineProperty(process, 'arch', { value: 'arm64' })
    try {
      return await writeSeenBy((file, args, input) => command(emulated, [file, ...args], { input }), [], seen, word)
    } finally {
      Object.defineProperty(process, 'arch', { value: arch })
    }
  },
}

describe.each(Object.entries(ways))('%s', (_, write) => {
  it('switches off and removes what was seen, and nothing is left of it', async () => {
    registerByHand(entry)
    expect(await write(lookAt(path), '0')).toBeUndefined()
    expect(lookAt(path).text).toMatch(/^disabled\n/)
    expect(await write(lookAt(path), '-1')).toBeUndefined()
    expect(names()).toEqual([])
    expect(readdirSync(process.env.TMPDIR ?? '')).toEqual([])
  })

  it.each([
    ['registered anew in other words', () => registerByHand({ ...entry, flags: 'PF' })],
    ['registered anew in the same words', () => registerByHand(entry)],
  ])('leaves one that was %s', async (_name, again) => {
    registerByHand(entry)
    const seen = lookAt(path)
    writeFileSync(path, '-1')
    again()
    expect(await write(seen, '-1')).toBe('other')
    expect(names()).toEqual(['qemu-s390x'])
  })

  it('leaves one whose text changed, or that is of another table', async () => {
    registerByHand(entry)
    const seen = lookAt(path)
    writeFileSync(path, '0')
    expect(await write(seen, '-1')).toBe('other')
    const now = lookAt(path)
    expect(await write({ ...now, device: now.device + 1 }, '-1')).toBe('other')
    expect(await write({ ...now, text: now.text.slice(0, -1) }, '-1')).toBe('other')
    expect(names()).toEqual(['qemu-s390x'])
  })

  it('names the errno of an entry that is gone, and of a table that cannot be written', async () => {
    registerByHand(entry)
    const seen = lookAt(path)
    execFileSync('mount', ['--bind', '-o', 'ro', path, path])
    expect(await write(seen, '-1')).toBe('EROFS')
    execFileSync('umount', [path])
    writeFileSync(path, '-1')
    expect(await write(seen, '-1')).toBe('ENOENT')
  })
})

describe('where programs cannot be executed in the temporary folder', () => {
  const noexec = async (folders: readonly string[]) => {
    const folder = temporaryFolder()
    process.env.TMPDIR = folder
    if (names().length === 0) registerByHand(entry)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'noexec', 'tmpfs', folder])
    try {
      return await writeSeenBy(native, folders, lookAt(path), '-1')
    } finally {
      execFileSync('umount', [folder])
    }
  }

  it('the writer is put into another folder', async () => {
    expect(await noexec([temporaryFolder()])).toBeUndefined()
    expect(names()).toEqual([])
  })

  it('and nowhere else, the entry stays and the errno is told', async () => {
    expect(await noexec([])).toBe('EACCES')
    expect(await noexec(['/nowhere'])).toBe('EACCES')
    expect(names()).toEqual(['qemu-s390x'])
  })
})

it('words of a program in front of the writer are no answer', async () => {
  registerByHand(entry)
  const run = () => command('sh', ['-c', 'echo "sudo: a password is required" >&2; exit 1'])
  expect(await writeSeenBy(run, [], lookAt(path), '-1')).toBe('EIO')
  const liar = () => command('sh', ['-c', 'echo "setup-qemu: wrote"; exit 1'])
  expect(await writeSeenBy(liar, [], lookAt(path), '-1')).toBe('EPERM')
})
