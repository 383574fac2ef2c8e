import { describe, expect, it } from 'vitest'
import { parseImageReference } from '../../../src/core/model/image-reference.js'
import { interferenceWords, isUnpinned, unpinnedWords } from '../../../src/core/report/notice.js'

describe('an image that is run with all rights', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const run = (text: string) =>
    ({ kind: 'container', image: parseImageReference(text), engine: null, reset: false }) as const

  it.each([
    ['a/b', true],
    ['a/b:tag', true],
    [`a/b@${digest}`, false],
    [`a/b:tag@${digest}`, false],
  ])('%s: a warning: %s', (text, unpinned) => {
    expect(isUnpinned(run(text))).toBe(unpinned)
  })

  it('is the only one that needs its digest: from others only hashed files are taken', () => {
    expect(isUnpinned({ kind: 'image', image: parseImageReference('a/b:tag') })).toBe(false)
    expect(isUnpinned({ kind: 'host' })).toBe(false)
  })

  it('is named in the warning', () => {
    expect(unpinnedWords(run('a/b:tag'))).toMatch(/^docker\.io\/a\/b:tag is run with all rights .* @sha256:/)
  })
})

describe('what somebody did to the entries of a job', () => {
  const nothing = { left: [], overtaken: [], forgotten: [] }
  it.each<[string, Partial<Parameters<typeof interferenceWords>[0]>, RegExp[]]>([
    ['nothing', {}, []],
    ['removed', { left: [{ name: 'a', why: 'gone' }] }, [/^a was removed .* survive-restart: true keeps it/]],
    ['replaced', { left: [{ name: 'a', why: 'changed' }] }, [/^a was replaced by somebody/]],
    // other jobs of ours may, when they end
    [
      'left to others',
      { left: ['of-another', 'by-another'].map((why) => ({ name: 'a', why: why as 'by-another' })) },
      [],
    ],
    ['overtaken', { overtaken: [{ name: 'a', by: ['x', 'y'] }] }, [/^x, y took precedence over a .*\(on-conflict\)$/]],
    [
      'unmounted with its table',
      {
        forgotten: [
          { id: 'j', entries: ['a', 'b'] },
          { id: 'k', entries: [] },
        ],
      },
      [/^a went with the kernel's table/, /^b went with the kernel's table/],
    ],
    [
      'named in a strange way',
      { left: [{ name: 'a\x1b[2J\n::error::', why: 'gone' }] },
      [/^a\\u001b\[2J\\n::error:: was/],
    ],
  ])('%s', (_, change, warnings) => {
    const words = interferenceWords({ ...nothing, ...change })
    expect(words).toEqual(warnings.map((warning) => expect.stringMatching(warning) as string))
    for (const line of words) expect(line).toContain('may have run under another QEMU, or under none')
  })
})
