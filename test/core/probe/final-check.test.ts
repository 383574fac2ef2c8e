import { describe, expect, it } from 'vitest'
import type { StandingEntry } from '../../../src/core/model/entry.js'
import { SetupError } from '../../../src/core/model/errors.js'
import { ruleOf } from '../../../src/core/model/rule.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { changeSince, entryDiffers } from '../../../src/core/probe/final-check.js'

const target = targetNamed('aarch64')
const entry = { name: 'qemu-aarch64', interpreter: '/q', flags: 'POCF', offset: 0, ...ruleOf(target, 'upstream') }
const standing = (change: Partial<StandingEntry> = {}): StandingEntry => ({
  ...entry,
  enabled: true,
  inode: 7,
  ...change,
})
const proven = { entry, inode: 7 }
const newer = standing({ name: 'newer', interpreter: '/n', inode: 9 })
const look = (
  entries: readonly StandingEntry[],
  change: { stood?: number[]; alike?: boolean; off?: SetupError } = {},
) => changeSince(proven, new Set(change.stood), { off: change.off, entries }, () => change.alike === true)

describe('a proven entry at the end', () => {
  it.each<[string, readonly StandingEntry[]]>([
    ['as it was', [standing()]],
    ['above an entry for the same programs', [standing(), newer]],
    ['below one for other programs', [{ ...newer, ...ruleOf(targetNamed('s390x'), 'upstream') }, standing()]],
    ['below one that is disabled', [{ ...newer, enabled: false }, standing()]],
  ])('stands %s', (_, entries) => {
    expect(look(entries)).toBeUndefined()
  })

  it('stands below one that was there before, or has the same emulator', () => {
    expect(look([newer, standing()], { stood: [9] })).toBeUndefined()
    expect(look([newer, standing()], { alike: true })).toBeUndefined()
  })

  it('is overtaken by newer ones, all of which are named', () => {
    const wide = { ...newer, name: 'wide', inode: 10, ...ruleOf(target, 'wide') }
    expect(look([wide, newer, standing()])).toEqual({
      kind: 'overtaken',
      entry: 'qemu-aarch64',
      by: [
        { name: 'wide', interpreter: '/n' },
        { name: 'newer', interpreter: '/n' },
      ],
    })
  })

  it.each<[string, readonly StandingEntry[], RegExp]>([
    ['gone', [newer], /^"no such entry"$/],
    ['disabled', [standing({ enabled: false })], /"enabled":false/],
    ['another one of its name', [standing({ interpreter: '/other' })], /"interpreter":"\/other"/],
    ['registered again in the same words', [standing({ inode: 8 })], /^one that somebody registered in the same words/],
  ])('is %s', (_, entries, got) => {
    expect(look(entries)).toMatchObject({
      kind: 'entry-differs',
      entry: 'qemu-aarch64',
      got: expect.stringMatching(got),
    })
  })

  it('is of no use when no entry is in force, whatever the table says', () => {
    const off = new SetupError('binfmt-disabled', 'switched off', { hint: 'switch it on' })
    expect(look([standing()], { off })).toEqual({
      kind: 'not-set-up',
      code: 'binfmt-disabled',
      reason: 'switched off',
      hint: 'switch it on',
    })
  })
})

it('what was expected is told as it was written, without what the kernel adds', () => {
  const finding = entryDiffers(standing(), 'x')
  expect(finding).toMatchObject({ kind: 'entry-differs', entry: 'qemu-aarch64', got: 'x' })
  expect(JSON.parse((finding as { expected: string }).expected)).toEqual(entry)
})
