// What somebody who can write to the GitHub cache puts there: nothing of it is used, and nothing else is touched.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { content, file, jobForEach, restorePlanted, said } from '../support/github-cache/cache-job.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'
import { type Member, paxBytes, tarOf } from '../support/registry/tar.js'

cleanAfterEach()
jobForEach()

const zstd = (archive: Buffer) => execFileSync('zstd', ['-c'], { input: archive, maxBuffer: 1 << 26 })

describe('a valid entry', () => {
  it('while the place of the emulator cannot be written', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'content'), 'no folder')
    const { answer } = await restorePlanted(zstd(tarOf({ path: 'emulator', content })), file(folder))
    expect(answer).toBe('missed')
    expect(said).toEqual([expect.stringMatching(/^info: .*could not be kept/)])
  })
})

describe('a poisoned entry', () => {
  it('would be used if it were right: these archives are real ones', async () => {
    const { answer, wanted } = await restorePlanted(zstd(tarOf({ path: 'emulator', content })))
    expect([answer, said]).toEqual(['restored', ['info: qemu-aarch64: from the GitHub cache']])
    expect(readFileSync(wanted.path).equals(content)).toBe(true)
  })

  const good: Member = { path: 'emulator', content }
  const evil = Buffer.from('evil')

  // `OUT` is a folder that belongs to somebody else's work
  it.each<[string, (Member & { readonly longPath?: string })[]]>([
    ['other bytes', [{ path: 'emulator', content: Buffer.from(content).fill(0, 5, 6) }]],
    ['no bytes', [{ path: 'emulator' }]],
    ['nothing at all', []],
    ['the right file and one beside it', [good, { path: 'beside', content: evil }]],
    ['a file beside it first', [{ path: 'beside', content: evil }, good]],
    ['a file at an absolute path', [{ path: 'OUT/absolute', content: evil }]],
    ['the right file and one at an absolute path', [good, { path: 'OUT/absolute', content: evil }]],
    ['a file above the folder', [{ path: '../../../../../../../../../../OUT/above', content: evil }]],
    ['bytes that are no text in the name', [{ path: 'x\xff/../../../above', content: evil }]],
    ['a long name in an extended header', [{ ...good, content: evil, longPath: 'OUT/extended' }]],
    ['a symbolic link in its place', [{ path: 'emulator', type: '2', link: 'OUT/victim' }]],
    [
      'a symbolic link, and a file that goes through it',
      [
        { path: 'emulator', type: '2', link: 'OUT' },
        { path: 'emulator/through', content: evil },
      ],
    ],
    [
      'a symbolic link, and a file of its name',
      [
        { path: 'emulator', type: '2', link: 'OUT/victim' },
        { path: 'emulator', content: evil },
      ],
    ],
    ['a hard link to another file', [{ path: 'emulator', type: '1', link: 'OUT/victim' }]],
    ['a folder in its place', [{ path: 'emulator', type: '5', mode: 0 }]],
    ['another folder, made open', [{ path: 'OUT', type: '5', mode: 0o777 }]],
    ['a pipe in its place', [{ path: 'emulator', type: '6' }]],
  ])('with %s touches nothing else and is not used', async (_, members) => {
    const out = join(temporaryFolder(), 'out')
    mkdirSync(out, { mode: 0o700 })
    writeFileSync(join(out, 'victim'), 'untouched', { mode: 0o600 })
    const placed = (text: string) => text.replace('OUT', text.startsWith('..') ? out.slice(1) : out)
    const archive = tarOf(
      ...members.flatMap(({ longPath, ...member }) => [
        ...(longPath === undefined ? [] : [paxBytes({ path: placed(longPath) })]),
        { ...member, path: placed(member.path), link: placed(member.link ?? '') },
      ]),
    )
    const { answer, wanted } = await restorePlanted(zstd(archive))
    expect(answer).toBe('missed')
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(/^info: qemu-aarch64 could not be restored from the GitHub cache: /)
    expect(existsSync(wanted.path)).toBe(false)
    expect([readdirSync(out), readFileSync(join(out, 'victim'), 'utf8')]).toEqual([['victim'], 'untouched'])
    expect(statSync(out).mode & 0o777).toBe(0o700)
  })

  it('that unpacks to more than any emulator is cut off', async () => {
    const zeros = execFileSync('sh', ['-c', 'head -c 600000000 /dev/zero | zstd -c'], { maxBuffer: 1 << 26 })
    const header = tarOf({ path: 'emulator', size: 600_000_000 }).subarray(0, 512)
    const { answer } = await restorePlanted(Buffer.concat([zstd(header), zeros]))
    expect(answer).toBe('missed')
    // it is tar that cannot go on, before anything is hashed
    expect(said).toEqual([expect.stringMatching(/^info: .*could not be restored.*tar.*failed/)])
  })

  it('that is not an archive', async () => {
    expect((await restorePlanted(randomBytes(1000))).answer).toBe('missed')
    expect(said).toEqual([expect.stringMatching(/^info: .*could not be restored.*tar/)])
  })
})
