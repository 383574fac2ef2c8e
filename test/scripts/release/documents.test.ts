// What a release makes of main's documents and of its package.json: the repository's name in place of OWNER, and nothing that only main has.
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import packageJson from '../../../package.json' with { type: 'json' }
import { releasedDocument } from '../../../scripts/release/documents.js'
import { type MainPackage, releasedPackage } from '../../../scripts/release/package-json.js'
import { treeRepository } from '../../../scripts/release/tree-repository.js'
import { repositoryOf } from '../../../src/core/sources/release.js'
import { documents, documentText } from '../../support/docs/markdown.js'

const repository = { server: 'https://github.com', name: 'acme/qemu' }
const inRelease = documents.filter((path) => /^(docs\/.*|README\.md|CHANGELOG\.md)$/.test(path))
const has = (path: string) => ['LICENSE', 'docs', 'licenses'].includes(path) || inRelease.includes(path)
const context = { repository, version: '1.2.3', has }
const released = (text: string, path = 'docs/x.md') => releasedDocument(path, text, context)

describe('a document of a release', () => {
  it('names the repository, and the tag of the release where main has a commit', () => {
    const step = '      - uses: OWNER/setup-qemu@<commit> # v0.1.0\n        with:\n'
    expect(released(step)).toBe('      - uses: acme/qemu@v1.2.3\n        with:\n')
    expect(released('uses: OWNER/setup-qemu/compare@<commit> # v9.9.9\n')).toBe('uses: acme/qemu/compare@v1.2.3\n')
    expect(released('- uses: OWNER/setup-qemu@v0\n')).toBe('- uses: acme/qemu@v0\n')
  })

  it('keeps the commit in a sentence about pinning, and other actions as they are', () => {
    expect(released('Write `uses: OWNER/setup-qemu@<commit> # v0.1.0`.\n')).toBe(
      'Write `uses: acme/qemu@<commit> # v1.2.3`.\n',
    )
    const other = '- uses: docker/setup-buildx-action@<commit> # v4.0.0\n'
    expect(released(other)).toBe(other)
  })

  it('shows addresses of its own pages', () => {
    const other = { ...context, repository: { server: 'https://forge.example', name: 'acme/qemu' } }
    expect(
      releasedDocument('x.md', '  see  https://github.com/OWNER/setup-qemu/blob/v0.1.0/docs/a.md#b\n', other),
    ).toBe('  see  https://forge.example/acme/qemu/blob/v1.2.3/docs/a.md#b\n')
  })

  it('does not explain the placeholder', () => {
    expect(released('One.\n\n`OWNER` is an account,\nor so.\n\nTwo. EOWNERDEAD\n')).toBe('One.\n\nTwo. EOWNERDEAD\n')
  })

  it('leads to main for files that a release does not have', () => {
    const address = 'https://github.com/acme/qemu/blob/HEAD/probes/README.md'
    expect(released('[a](../probes/README.md#x), [b](../probes/README.md)')).toBe(`[a](${address}#x), [b](${address})`)
    const kept = '[a](../README.md#x), [b](#y), [c](https://e.org/f), [d](compare.md)'
    expect(released(kept)).toBe(kept)
  })

  it.each(inRelease)('%s: nothing of the placeholder is left, and each link leads somewhere', (path) => {
    const text = releasedDocument(path, documentText(path), context)
    expect(text).not.toMatch(/\bOWNER\/|^`OWNER`/m)
    expect(text).not.toMatch(/^\s*- uses: acme.*<commit>/m)
    expect(text.endsWith('\n')).toBe(true)
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s#]+)/g))
      expect(/^https?:/.test(target) || has(posix.join(posix.dirname(path), target)), `${path}: ${target}`).toBe(true)
  })

  it('has text of main to change', () => {
    expect(documentText('README.md')).toMatch(/^\s*- uses: OWNER\/setup-qemu@<commit> # v/m)
    expect(documentText('README.md')).toContain('`OWNER`')
  })
})

describe('package.json of a release', () => {
  const own = packageJson as MainPackage
  const placeholder = 'github:OWNER/setup-qemu'
  const published = JSON.parse(releasedPackage({ ...own, repository: placeholder }, repository))

  it('can be published, and brings nothing along', () => {
    expect(packageJson.private).toBe(true)
    const names = ['name', 'version', 'description', 'keywords', 'homepage', 'bugs', 'repository', 'license', 'type']
    expect(Object.keys(published).sort()).toEqual([...names, 'engines', 'bin', 'files'].sort())
    expect(published).toMatchObject({
      name: 'setup-qemu',
      version: packageJson.version,
      license: 'MIT AND GPL-2.0-only',
      bin: { 'setup-qemu': 'dist/cli/index.js' },
      engines: { node: '>=20' },
    })
  })

  it('names the repository so that the program finds it', () => {
    expect(repositoryOf(published.repository)).toEqual(repository)
    expect([published.homepage, published.bugs]).toEqual([
      'https://github.com/acme/qemu#readme',
      'https://github.com/acme/qemu/issues',
    ])
  })

  it('of a fork keeps the upstream, where emulators are looked for', () => {
    const fork = JSON.parse(releasedPackage({ ...own, repository: 'github:up/stream' }, repository))
    expect(repositoryOf(fork.repository)).toEqual({ server: 'https://github.com', name: 'up/stream' })
    expect(fork.homepage).toBe('https://github.com/acme/qemu#readme')
  })

  it('keeps the placeholder while no repository is known, and no address with it', () => {
    const unknown = JSON.parse(releasedPackage({ ...own, repository: placeholder }, undefined))
    expect(unknown).toMatchObject({ repository: 'github:OWNER/setup-qemu' })
    expect(unknown).not.toHaveProperty('homepage')
    expect(unknown).not.toHaveProperty('bugs')
    expect(repositoryOf(unknown.repository)).toBeUndefined()
  })
})

describe('the repository of a release', () => {
  const placeholder = 'github:OWNER/setup-qemu'
  const github = (name: string) => ({ server: 'https://github.com', name })

  it('is the named one, else that of the workflow, else that of package.json', () => {
    const env = { GITHUB_REPOSITORY: 'some/fork' }
    expect(treeRepository('github:own/qemu', 'named/one', env)).toEqual(github('named/one'))
    expect(treeRepository('github:own/qemu', undefined, env)).toEqual(github('some/fork'))
    expect(treeRepository('github:own/qemu', undefined, {})).toEqual(github('own/qemu'))
    expect(treeRepository(placeholder, undefined, env)).toEqual(github('some/fork'))
    const forge = { ...env, GITHUB_SERVER_URL: 'https://forge.example' }
    expect(treeRepository(placeholder, undefined, forge)).toEqual({
      server: 'https://forge.example',
      name: 'some/fork',
    })
    expect(treeRepository(placeholder, undefined, {})).toBeUndefined()
  })

  it.each(['', 'one', 'a/b/c', 'OWNER/setup-qemu', 'a b/c'])('named "%s" is an error', (named) => {
    expect(() => treeRepository(placeholder, named, {})).toThrow('expected owner/name')
  })
})
