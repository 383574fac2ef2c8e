import { spawnSync } from 'node:child_process'
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { tarFiles } from '../../../scripts/catalog/tar.js'
import { type TarEntry, TarError } from '../../../src/core/image/tar-entry.js'
import { TarStream } from '../../../src/core/image/tar-stream.js'
import { memberBytes, paxBytes, sealed, tarHeaderBytes, tarOf } from '../../support/registry/tar.js'

interface Read extends TarEntry {
  readonly content: string
}

/** The members of an archive that is pushed in pieces of `step` bytes. */
function membersOf(archive: Uint8Array, step: number, enough = Number.POSITIVE_INFINITY): Read[] {
  const members: Read[] = []
  let content: Buffer[] = []
  let current: TarEntry | undefined
  const stream = new TarStream({
    entry: (entry) => {
      current = entry
      content = []
    },
    content: (bytes) => void content.push(Buffer.from(bytes)),
    entryEnd: () => {
      if (current !== undefined) members.push({ ...current, content: Buffer.concat(content).toString() })
      return members.length < enough
    },
  })
  for (let at = 0; at < archive.length; at += step) stream.push(archive.subarray(at, at + step))
  stream.end()
  return members
}

const steps = [1, 7, 511, 512, 513, 1 << 20]
const long = `${'folder/'.repeat(40)}name`

const folder = mkdtempSync(join(tmpdir(), 'tar-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** An archive by the host's tar. */
function madeByTar(format: string): Buffer {
  const root = join(folder, format)
  mkdirSync(join(root, 'folder/'.repeat(format === 'ustar' ? 25 : 40)), { recursive: true })
  const deep = join('folder/'.repeat(format === 'ustar' ? 25 : 40), 'name')
  writeFileSync(join(root, deep), 'deep')
  writeFileSync(join(root, 'a'), 'x'.repeat(1000))
  writeFileSync(join(root, 'empty'), '')
  linkSync(join(root, 'a'), join(root, 'hard'))
  symlinkSync(format === 'ustar' ? 'a' : long, join(root, 'soft'))
  const run = spawnSync('tar', ['-c', `--format=${format}`, '--sort=name', '-C', root, '.'], { maxBuffer: 1 << 26 })
  expect(run.status).toBe(0)
  return run.stdout
}

describe('a tar archive', () => {
  it.each(['ustar', 'gnu', 'pax'])('made by tar as %s is read in pieces of any size', (format) => {
    const archive = madeByTar(format)
    const first = membersOf(archive, 1 << 20)
    const path = `./${'folder/'.repeat(format === 'ustar' ? 25 : 40)}name`
    const link = format === 'ustar' ? 'a' : long
    expect(first.filter(({ kind }) => kind !== 'folder')).toEqual([
      { kind: 'file', path: './a', link: '', size: 1000, content: 'x'.repeat(1000) },
      { kind: 'file', path: './empty', link: '', size: 0, content: '' },
      { kind: 'file', path, link: '', size: 4, content: 'deep' },
      { kind: 'hard link', path: './hard', link: './a', size: 0, content: '' },
      { kind: 'symbolic link', path: './soft', link, size: 0, content: '' },
    ])
    for (const step of steps) expect(membersOf(archive, step)).toEqual(first)
    // the catalog's reader finds the same files at the right places
    const files = [...tarFiles((offset, size) => archive.subarray(offset, offset + size))]
    const texts = files.map(({ name, offset, size }) => [
      `./${name}`,
      archive.toString('latin1', offset, offset + size),
    ])
    expect(texts).toEqual(first.filter(({ kind }) => kind === 'file').map((one) => [one.path, one.content]))
  })

  it.each([
    ['3', 'device'],
    ['4', 'device'],
    ['5', 'folder'],
    ['6', 'fifo'],
    ['7', 'file'],
    ['\0', 'file'],
    ['Z', 'other'],
  ])('has members of type %j: %s', (type, kind) => {
    expect(membersOf(tarOf({ path: 'x', type }), 512)).toMatchObject([{ kind, path: 'x' }])
  })

  it('takes a name with a slash at its end for a folder', () => {
    expect(membersOf(tarOf({ path: 'x/', type: '0' }), 512)).toMatchObject([{ kind: 'folder' }])
  })

  it('reads no content behind links and folders, whatever their size says', () => {
    const archive = tarOf({ path: 'l', type: '1', link: 'x', size: 512 }, { path: 'x', content: 'after' })
    expect(membersOf(archive, 512).map(({ path }) => path)).toEqual(['l', 'x'])
  })

  it('takes size, path and linkpath from a pax header, for the next member only', () => {
    const archive = tarOf(
      paxBytes({ path: 'päth', linkpath: 'to', size: '3', comment: 'a=b\nc' }),
      { path: 'x', content: 'abc', size: 0 },
      { path: 'y' },
    )
    expect(membersOf(archive, 100).map(({ path, content }) => [path, content])).toEqual([
      ['päth', 'abc'],
      ['y', ''],
    ])
  })

  it('reads a size in base 256', () => {
    const header = tarHeaderBytes({ path: 'x' })
    header.fill(0, 124, 136)
    header[124] = 0x80
    header[135] = 3
    expect(membersOf(Buffer.concat([sealed(header), Buffer.from('abc'.padEnd(512, '\0'))]), 99)[0]?.content).toBe('abc')
  })

  it('is left when the sink has enough', () => {
    const archive = Buffer.concat([memberBytes({ path: 'a', content: 'a' }), Buffer.alloc(4096, 0xff)])
    expect(membersOf(archive, 300, 1)).toHaveLength(1)
  })

  it('needs no end mark, and nothing is read behind one', () => {
    expect(membersOf(memberBytes({ path: 'a' }), 512)).toHaveLength(1)
    expect(membersOf(Buffer.concat([tarOf({ path: 'a' }), Buffer.alloc(700, 7)]), 512)).toHaveLength(1)
  })

  const header = (change: (bytes: Buffer) => void, content = 0) => {
    const bytes = tarHeaderBytes({ path: 'x' })
    change(bytes)
    return Buffer.concat([sealed(bytes), Buffer.alloc(content)])
  }
  const pax = (content: string) => Buffer.concat([memberBytes({ path: 'p', type: 'x', content }), tarOf({ path: 'x' })])
  it.each<[string, Buffer, RegExp]>([
    ['another byte in a header', Buffer.from(tarOf({ path: 'x' })).fill('y', 0, 1), /header at 0 .* checksum/],
    ['text in place of a header', Buffer.alloc(512, 'x'), /is none/],
    ['a size that is no number', header((bytes) => bytes.write('9'.repeat(11), 124)), /is none/],
    ['a negative size', header((bytes) => bytes.fill(0xff, 124, 136)), /2\^53/],
    ['a size of 2^80', header((bytes) => bytes.fill(0x81, 124, 136)), /2\^53/],
    ['a content cut short', tarOf({ path: 'x', content: 'y'.repeat(600) }).subarray(0, 900), /ends at 900, inside/],
    ['a header cut short', tarOf({ path: 'x' }).subarray(0, 100), /ends at 100/],
    ['a long name of 2 MB', tarHeaderBytes({ path: 'x', type: 'L', size: 1 << 21 }), /at most 1048576/],
    ['pax records of 8 GB', header((bytes) => bytes.write('x', 156) && bytes.write('7'.repeat(11), 124)), /at most/],
    ['a pax record without a length', pax('path=x\n'), /no right length/],
    ['a pax record that is too long', pax('99 path=x\n'), /no right length/],
    ['a pax record of length 0', pax('0 path=x\n'), /no right length/],
    ['a pax record with nothing but its length', pax('2 \n'), /no right length/],
    ['a pax record without a key', pax('5 =x\n'), /no key/],
    ['a pax record without an end of line', pax('10 path=xyz'), /no right length/],
    ['a pax size that is no number', pax('11 size=-1\n'), /size that is no number/],
    ['a pax path with a NUL', pax('12 path=a\0b\n'), /NUL/],
    ['an old sparse file', tarOf({ path: 'x', type: 'S' }), /sparse/],
  ])('with %s is refused', (_, archive, message) => {
    for (const step of steps) {
      expect(() => membersOf(archive, step)).toThrow(TarError)
      expect(() => membersOf(archive, step)).toThrow(message)
    }
  })

  it('of any bytes is read or refused, and nothing else', () => {
    const whole = Buffer.concat([
      paxBytes({ path: 'p' }),
      tarOf({ path: 'x', content: 'y'.repeat(700) }, { path: 'z' }),
    ])
    for (let at = 0; at < whole.length; at += 3) {
      const copy = Buffer.from(whole)
      copy[at] = (copy[at] ?? 0) ^ 0x51
      try {
        membersOf(copy, 200)
      } catch (error) {
        expect(error).toBeInstanceOf(TarError)
      }
    }
  })
})
