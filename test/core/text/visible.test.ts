import { describe, expect, it } from 'vitest'
import { viewText } from '../../../src/core/explain/table-view.js'
import { nothingRestored } from '../../../src/core/journal/restored.js'
import { parseVersionOutput } from '../../../src/core/model/catalog.js'
import { plainLinks } from '../../../src/core/model/links.js'
import { platformOf, printable } from '../../../src/core/model/targets.js'
import { explanation } from '../../../src/core/outcome/finding.js'
import type { Outcome } from '../../../src/core/outcome/outcome.js'
import { restoredText } from '../../../src/core/report/restored-text.js'
import { summaryMarkdown } from '../../../src/core/report/summary.js'
import {
  inertLines,
  markdownText,
  paintedLines,
  visible,
  visibleJson,
  visibleLines,
} from '../../../src/core/text/visible.js'

const [esc, csi, bell, carriage] = ['\u001b', '\u009b', '\u0007', '\r']
const hostile = `a${esc}[2Jb${csi}2Jc${esc}]0;t${bell}${carriage}\n::error::d\u202ee\u2028`
/** Control characters but tab and line feed, and what changes the direction. */
const obeyed = /[\u202a-\u202e\u2066-\u2069\u2028\u2029]|(?![\t\n])\p{Cc}/u

describe('text of strangers', () => {
  it('on one line has every character that is obeyed escaped, those of eight bits and of direction too', () => {
    for (const text of [visible(hostile), printable(hostile, 400)]) {
      expect(text).not.toMatch(/\p{Cc}/u)
      expect(text).not.toMatch(obeyed)
      expect(text).toContain('b\\u009b2Jc')
    }
    expect(visible(`plain "text" \\ ä 漢`)).toBe(`plain "text" \\ ä 漢`)
  })

  it('as lines keeps tabs and line feeds alone, where we paint our own colours too, and JSON stays the same', () => {
    const lines = `${esc}[31mred${esc}[0m\tx\n${esc}[2J${esc}[8mhidden${esc}[31;40m`
    const rest = '\tx\n\\u001b[2J\\u001b[8mhidden\\u001b[31;40m'
    expect(visibleLines(lines)).toBe(`\\u001b[31mred\\u001b[0m${rest}`)
    expect(paintedLines(lines)).toBe(`${esc}[31mred${esc}[0m${rest}`)
    const found = { hostile, old: '##[add-mask]x' }
    expect(JSON.parse(visibleJson(JSON.stringify(found)))).toEqual(found)
    expect(visibleJson(JSON.stringify(found))).not.toMatch(obeyed)
    expect(visibleJson(JSON.stringify(found))).not.toContain('##[')
  })

  it.each([
    ['at the start', '::error::x'],
    ['behind blanks, which the runner passes over', '  ::add-mask::x'],
    ['behind a carriage return, which ends a line for it', 'x\r::error::x'],
    ['in a later line', 'x\n\t::stop-commands::x'],
    ['in the old form, which counts anywhere', 'x ##[add-mask]x'],
  ])('is no command to a runner: %s', (_, text) => {
    for (const line of inertLines(text).split(/[\r\n]/)) {
      expect(line.trimStart()).not.toMatch(/^::/)
      expect(line).not.toContain('##[')
    }
  })

  it('in Markdown shows as it is', () => {
    expect(markdownText('<img src=x> [a](b) `c` *d* | \\')).toBe('\\<img src=x\\> \\[a\\](b) \\`c\\` \\*d\\* \\| \\\\')
  })
})

const entry = { name: '::x::\u001b', interpreter: '/q\u009b', flags: 'F', offset: 0, magic: '7f', mask: 'ff' }

it('names and paths of the table are shown with control characters escaped, in a line each', () => {
  const table = { table: [{ ...entry, enabled: true }], enabled: true, mounted: true, runs: [], files: new Map() }
  const owner = { face: 'action' as const, name: 'a job', ended: false }
  const lost = { entry: { ...entry, registered: true }, how: 'removed' as const, since: 0, journal: 'a', owner }
  const shown = viewText({ ...table, journals: [], stale: new Set(), lost: [lost] }, plainLinks)
  expect(shown).toContain('was removed since')
  expect(shown).not.toMatch(obeyed)
  const left = [{ name: entry.name, why: 'gone' as const }]
  const forgotten = [{ id: 'cli-1', entries: [entry.name] }]
  const restored = { removed: [entry.name], putBack: [entry.name], left, forgotten }
  expect(restoredText({ ...nothingRestored, ...restored })).not.toMatch(obeyed)
  const wrong = {
    kind: 'wrong-emulator',
    where: 'direct',
    expected: 'a',
    got: 'b',
    path: hostile,
    version: null,
  } as const
  expect(explanation(wrong, 'aarch64').reason).not.toMatch(/\p{Cc}/u)
})

it('what an emulator says of itself is no markup in the summary, and its version has nothing but a version’s characters', () => {
  const target = { platform: platformOf('arm64'), state: 'emulated', entry, locator: null, bytesFetched: 0, seconds: 1 }
  const emulator = { sha256: 'aa', qemuVersion: '9.0', build: '<img src=//x>' }
  const proof = { direct: true, chroot: true, argv0: true, fingerprint: 'aa' }
  const shadows = { kind: 'shadows', names: ['![x](//x)<b>'] }
  const outcome = {
    host: 'x86_64',
    image: null,
    environment: {},
    targets: [{ ...target, emulator, proof, findings: [shadows] }],
  }
  expect(summaryMarkdown(outcome as unknown as Outcome, plainLinks)).not.toMatch(/(?<!\\)<(img|b)|(?<!\\)\]\(/)
  expect(parseVersionOutput('qemu-arm version 9.0.1$(id)\n')?.qemuVersion).toBe('9.0.1')
  expect(parseVersionOutput('qemu-arm version 10.0.0-rc1+dfsg~2 (x)\n')?.qemuVersion).toBe('10.0.0-rc1+dfsg~2')
})
