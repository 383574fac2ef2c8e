// What processes that were killed left on disk, and what only looks like it.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sweepLeftovers } from '../../src/journal/sweep.js'
import { onEnding } from '../../src/system/on-signal.js'
import { startOfProcess } from '../../src/system/process.js'
import { hasEnded, makerMark, makeTemporary, sweepTemporary } from '../../src/system/temporary-folder.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'

cleanAfterEach()
const { TMPDIR = '/tmp', RUNNER_TEMP = '' } = process.env
let parent: string
beforeEach(() => {
  parent = temporaryFolder()
  Object.assign(process.env, { TMPDIR: parent, RUNNER_TEMP: '' })
})
const children: ChildProcess[] = []
afterEach(() => {
  Object.assign(process.env, { TMPDIR, RUNNER_TEMP })
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const { pid: dead } = spawnSync('true')
const [namespace = ''] = makerMark().split('-')
const killed = `${namespace}-${dead}-1`

/** What is there, but for folders of these tests. */
const there = () => readdirSync(parent).filter((name) => !name.startsWith('setup-qemu-test-'))

function folder(name: string): string {
  const path = join(parent, name)
  mkdirSync(join(path, 'aarch64'), { recursive: true })
  writeFileSync(join(path, 'aarch64', 'probe'), 'x')
  return path
}

describe('a folder of a process that has ended', () => {
  it.each(['probe', 'write', 'measure', 'compare', 'cache', 'image'])(
    'for %s is swept, with all that is in it',
    async (kind) => {
      const elsewhere = temporaryFolder()
      writeFileSync(join(elsewhere, 'kept'), '')
      const path = folder(`setup-qemu-${kind}-${killed}-aB3xYz`)
      symlinkSync(elsewhere, join(path, 'link'))
      chmodSync(join(path, 'aarch64'), 0)
      await sweepLeftovers(temporaryFolder())
      expect([there(), readdirSync(elsewhere)]).toEqual([[], ['kept']])
    },
  )

  it('is known by its start, too, where the number is another process by now', async () => {
    folder(`setup-qemu-probe-${namespace}-${process.pid}-1-aB3xYz`)
    await sweepLeftovers(temporaryFolder())
    expect(there()).toEqual([])
  })

  it('is swept in the cache, where it is made when the temporary folder is mounted noexec', async () => {
    const cache = temporaryFolder()
    mkdirSync(join(cache, `setup-qemu-probe-${killed}-aB3xYz`))
    await sweepLeftovers(cache)
    expect(readdirSync(cache)).toEqual([])
  })
})

describe('what only looks like one stays:', () => {
  it('a link of that name, and what it leads to', () => {
    const elsewhere = temporaryFolder()
    writeFileSync(join(elsewhere, 'kept'), '')
    symlinkSync(elsewhere, join(parent, `setup-qemu-probe-${killed}-aB3xYz`))
    sweepTemporary([parent])
    expect([there(), readdirSync(elsewhere)]).toEqual([[expect.stringContaining('probe')], ['kept']])
  })

  it('a file, and a folder that others may write to', () => {
    writeFileSync(join(parent, `setup-qemu-probe-${killed}-fileAA`), '')
    chmodSync(folder(`setup-qemu-probe-${killed}-openAA`), 0o777)
    sweepTemporary([parent])
    expect(there()).toHaveLength(2)
    expect(existsSync(join(parent, `setup-qemu-probe-${killed}-openAA`, 'aarch64', 'probe'))).toBe(true)
  })

  it('that of a process that lives', () => {
    const child = spawn('sleep', ['100'])
    children.push(child)
    folder(`setup-qemu-probe-${namespace}-${child.pid}-${startOfProcess(child.pid ?? 0)}-aB3xYz`)
    const own = makeTemporary(parent, 'probe')
    sweepTemporary([parent])
    expect(there()).toHaveLength(2)
    rmSync(own, { recursive: true })
  })

  it.each([
    `setup-qemu-probe-1-${dead}-1-aB3xYz`,
    `setup-qemu-probe-0-${dead}-1-aB3xYz`,
    `setup-qemu-probe-${namespace}-${dead}-0-aB3xYz`,
    `setup-qemu-other-${killed}-aB3xYz`,
    `setup-qemu-probe-${killed}-aB3xYz.saved`,
    `my-setup-qemu-probe-${killed}-aB3xYz`,
    'setup-qemu-probe-aB3xYz',
  ])('%s', (name) => {
    folder(name)
    sweepTemporary([parent])
    expect(there()).toEqual([name])
  })
})

it('a mark that nobody made is of nobody who has ended', () => {
  const marks = ['', '1', '-1-1-1', `${namespace}-x-1`, `${namespace}-${dead}`, `${killed}-1`, ` ${killed}`]
  expect(marks.filter(hasEnded)).toEqual([])
  expect([hasEnded(makerMark()), hasEnded(killed)]).toEqual([false, true])
})

it('half-written files are swept in all of the cache, and where a folder of it is a link it is not followed', async () => {
  const [cache, elsewhere] = [temporaryFolder(), temporaryFolder()]
  const [version, image] = [join(cache, 'setup-qemu', '11.1.3'), join(cache, 'setup-qemu', 'image-0123456789ab')]
  const place = join(version, 'amd64-0123456789abcdef')
  for (const one of [place, image]) mkdirSync(one, { recursive: true })
  symlinkSync(elsewhere, join(cache, 'setup-qemu', 'linked'))
  const part = (mark: string) => `qemu-aarch64.${mark}.0123abcd.part`
  for (const one of [place, version, image, elsewhere]) writeFileSync(join(one, part(killed)), '')
  for (const name of [part(makerMark()), 'qemu-aarch64']) writeFileSync(join(place, name), '')
  await sweepLeftovers(cache)
  const files = [place, version, image, elsewhere].map((one) => readdirSync(one))
  expect(files).toEqual([[part(makerMark()), 'qemu-aarch64'].sort(), ['amd64-0123456789abcdef'], [], [part(killed)]])
})

it('a signal waits until all is done that is to be done before the end', async () => {
  const done: string[] = []
  const slow = onEnding(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50))
    done.push('slow')
  })
  const forgotten = onEnding(() => done.push('forgotten'))
  const failing = onEnding(() => {
    throw new Error('it does not matter to the others')
  })
  const quick = onEnding(() => done.push('quick'))
  forgotten()
  process.emit('SIGTERM', 'SIGTERM')
  // takes the signal that is handed on at last
  await once(process, 'SIGTERM')
  expect(done).toEqual(['quick', 'slow'])
  for (const forget of [slow, failing, quick]) forget()
  expect(process.listenerCount('SIGTERM')).toBe(0)
})
