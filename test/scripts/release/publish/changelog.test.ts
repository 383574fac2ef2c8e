import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { notesOf, withAddresses } from '../../../../scripts/release/publish/changelog.js'

const changelog = `# Changelog

## [Unreleased]

### Added

- Something that is not released.

## [0.2.0] - 2026-11-29

### Added

- One line.

\`\`\`text
## 0.9.0
\`\`\`

## 0.1.0

- The first.

[Unreleased]: https://example.org/compare
[0.2.0]: https://example.org/0.2.0
`

describe('notesOf', () => {
  it.each([
    ['0.2.0', '### Added\n\n- One line.\n\n```text\n## 0.9.0\n```'],
    ['0.1.0', '- The first.'],
    ['Unreleased', '### Added\n\n- Something that is not released.'],
    ['0.9.0', undefined],
    ['0.2', undefined],
    ['.2.0', undefined],
  ])('%s', (version, notes) => {
    expect(notesOf(changelog, version)).toBe(notes)
  })

  it.each([
    ['## 0.3.0 (2026-12-01)', 'text'],
    ['## [0.3.0](https://example.org) - 2026-12-01', 'text'],
    ['##  0.3.0  ', 'text'],
    ['### 0.3.0', undefined],
    ['## 10.3.0', undefined],
    ['## 0.3.0-rc.1', undefined],
  ])('the heading %j', (heading, notes) => {
    expect(notesOf(`# Changelog\n${heading}\n\ntext\n`, '0.3.0')).toBe(notes)
  })

  it('finds an empty section empty', () => {
    expect(notesOf('## 0.3.0\n\n## 0.2.0\n\ntext\n', '0.3.0')).toBe('')
  })

  it("reads the project's own file", () => {
    expect(notesOf(readFileSync('CHANGELOG.md', 'utf8'), '0.1.0')).toMatch(/\w/)
  })
})

it('gives links of files the address of the file at the tag', () => {
  const notes = '[a](docs/security.md#the-flag-c), [b](https://example.org/x), [c](#here), [d](mailto:x@example.org)'
  expect(withAddresses(notes, 'https://github.com/someone/setup-qemu', 'v0.2.0')).toBe(
    '[a](https://github.com/someone/setup-qemu/blob/v0.2.0/docs/security.md#the-flag-c), [b](https://example.org/x), [c](#here), [d](mailto:x@example.org)',
  )
})
