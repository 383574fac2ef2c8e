// The publishing scripts as processes, against the local GitHub and a local git origin.
import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { wantedReleases } from '../../../../scripts/release/publish/catalog-releases.js'
import { expectedAssets } from '../../../../scripts/release/publish/expected-assets.js'
import { catalog } from '../../../../src/system/machine.js'
import { gitIn, Scene, token } from '../../../support/github-api/scene.js'

let scene: Scene
afterEach(() => scene.close())

const project = {
  'package.json': JSON.stringify({ name: 'setup-qemu', version: '0.2.0' }),
  'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n\n## 0.2.0\n\n- [New](docs/new.md).\n\n## 0.1.0\n\n- Old.\n',
  '.github/workflows/ci.yml': 'name: CI\n',
}
const files = { 'a.br': 'first', 'b+c.tar': 'second', 'c.txt': 'third' }
const address = (path: string) => `${scene.github.server}/someone/setup-qemu/releases/download/${path}`
const text = async (path: string) => (await fetch(address(path))).text()
/** A `git` that moves a ref of the origin just before each push, as another run would. */
function moving(ref: string, commit: string): Record<string, string> {
  const bin = scene.write('bin', {
    git: `#!/bin/sh\n[ "$1" != push ] || "$GIT" --git-dir '${scene.folder}/origin.git' update-ref ${ref} ${commit}\nexec "$GIT" "$@"\n`,
  })
  chmodSync(join(bin, 'git'), 0o755)
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim()
  return { PATH: `${bin}:${process.env.PATH}`, GIT: git }
}
const names = () => scene.github.store.releases[0]?.assets.map(({ name }) => name).sort()

describe('publish-release', () => {
  const publish = (more: Record<string, string> = {}, until?: () => boolean) => {
    const notes = join(scene.write('words', { 'notes.md': 'What is new.\n' }), 'notes.md')
    return scene.run('publish-release', [join(scene.folder, 'assets'), '0.2.0', notes], more, until)
  }

  it.each<[string, number, (authorization: string) => string, RegExp]>([
    [
      'that sends back the token',
      401,
      (login) => JSON.stringify({ message: `no ${login}` }),
      /HTTP 401, no Bearer \*\*\*$/,
    ],
    [
      'that is the page of a proxy',
      200,
      (login) => `<html>${login}`,
      /expected JSON from GitHub, got "<html>Bearer \*\*\*"$/,
    ],
    ['that is no list', 200, () => '{}', /GET \/releases: expected a list, got "\{\}"$/],
  ])('refuses an answer %s, in one line', async (_, code, body, words) => {
    scene = await Scene.open(project)
    scene.assets('assets', files)
    const server = createServer((request, response) => {
      response.writeHead(code).end(body(request.headers.authorization ?? ''))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { status, output } = await publish({ GITHUB_API_URL: `http://127.0.0.1:${port}` })
    server.close()
    expect([status, output.trim()]).toEqual([1, expect.stringMatching(words)])
    expect(output).not.toContain(token)
  })

  it('uploads into a draft, publishes it, and is green without a change the second time', async () => {
    scene = await Scene.open(project)
    scene.assets('assets', files)
    const first = await publish()
    expect(first).toMatchObject({ status: 0 })
    expect(scene.github.store.latestRelease()).toMatchObject({
      tag: 'v0.2.0',
      name: '0.2.0',
      body: 'What is new.\n',
      immutable: true,
    })
    expect(await text('v0.2.0/b%2Bc.tar')).toBe('second')
    const uploads = scene.github.requests.findIndex((line) => line.startsWith('PATCH '))
    expect(scene.requests('POST').length).toBe(1 + 4)
    expect(scene.github.requests.slice(uploads).filter((line) => line.startsWith('POST '))).toEqual([])
    const second = await publish()
    expect(second).toMatchObject({ status: 0, output: expect.stringContaining('is published already') })
    expect([scene.requests('POST').length, scene.requests('PATCH').length]).toEqual([5, 1])
    expect(first.output + second.output).not.toContain(token)
  })

  it('never changes what is published', async () => {
    scene = await Scene.open(project)
    scene.assets('assets', files)
    await publish()
    scene.assets('assets', { ...files, 'a.br': 'other' })
    const { status, output } = await publish()
    expect(status).toBe(1)
    expect(output).toMatch(
      /::error::v0\.2\.0 is published with other assets, and stays as it is:%0A.*a\.br: expected sha256:/,
    )
    expect(await text('v0.2.0/a.br')).toBe('first')
  })

  it('goes on where a killed call ended', async () => {
    scene = await Scene.open(project)
    scene.assets('assets', files)
    const uploaded = () => scene.requests('POST').length >= 3
    expect((await publish({}, uploaded)).status).toBeNull()
    const before = scene.requests('POST').length
    expect(scene.github.store.releases.map(({ draft }) => draft)).toEqual([true])
    expect(await publish()).toMatchObject({ status: 0 })
    expect(scene.github.store.releases.length).toBe(1)
    expect(names()).toEqual(['SHA256SUMS', 'a.br', 'b+c.tar', 'c.txt'])
    // what was there was not uploaded again
    expect(scene.requests('POST').length - before).toBeLessThan(4)
  })

  it('clears away what an interrupted upload left, and what does not belong to it', async () => {
    scene = await Scene.open(project)
    scene.assets('assets', files)
    const { store } = scene.github
    const draft = store.create({ tag: 'v0.2.0', draft: true })
    store.startUpload(draft, 'a.br', '')
    Object.assign(store.startUpload(draft, 'c.txt', ''), { bytes: Buffer.from('wrong'), state: 'uploaded' })
    Object.assign(store.startUpload(draft, 'stranger', ''), { bytes: Buffer.from('x'), state: 'uploaded' })
    const { status, output } = await publish()
    expect(status).toBe(0)
    expect(output).toContain('a.br: deleted, its upload was interrupted (state starter)')
    expect(output).toContain('c.txt: deleted, expected sha256:')
    expect(output).toContain('stranger: deleted, it does not belong to the release')
    expect([names(), await text('v0.2.0/a.br'), await text('v0.2.0/c.txt')]).toEqual([
      ['SHA256SUMS', 'a.br', 'b+c.tar', 'c.txt'],
      'first',
      'third',
    ])
  })

  it.each([
    ['a 502 that leaves an asset behind', { status: 502, leavesStarter: true }],
    ['a connection that is cut', { status: 0, cuts: true, leavesStarter: true }],
    ['an answer that is lost', { status: 502, isDone: true }],
    ['429 with retry-after', { status: 429, headers: { 'retry-after': '1' } }],
    [
      'a secondary limit',
      { status: 403, headers: { 'retry-after': '0' }, message: 'You have exceeded a secondary rate limit' },
    ],
  ])('an upload with %s is made again', async (_, fault) => {
    scene = await Scene.open(project)
    scene.assets('assets', files)
    scene.github.faults.push({ method: 'POST', path: /name=a\.br/, ...fault })
    expect(await publish()).toMatchObject({ status: 0 })
    expect([scene.github.faults, await text('v0.2.0/a.br')]).toEqual([[], 'first'])
  })

  it('looks whether the draft was made when the answer is lost', async () => {
    scene = await Scene.open(project)
    scene.assets('assets', files)
    scene.github.faults.push({ method: 'POST', path: /\/releases$/, status: 502, isDone: true })
    expect(await publish()).toMatchObject({ status: 0 })
    expect(scene.github.store.releases.length).toBe(1)
  })

  it('waits as a limit of the server asks for', async () => {
    scene = await Scene.open(project, { createdPerMinute: 2, createdWindowMs: 900, retryAfterSeconds: 1 })
    scene.assets('assets', files)
    const { status, output } = await publish()
    expect(status).toBe(0)
    expect(output).toMatch(/HTTP 403; again in 1 s/)
  })

  it('gives up at once without the right', async () => {
    scene = await Scene.open(project)
    scene.assets('assets', files)
    const { status, output } = await publish({ GITHUB_TOKEN: 'ghs_wrong_wrong_wrong' })
    expect([status, scene.github.requests.length]).toEqual([1, 1])
    expect(output).toMatch(/::error::GET \/repos\/someone\/setup-qemu\/releases: HTTP 401, Bad credentials/)
    expect(output).not.toContain('ghs_wrong')
  })

  it('warns where releases can be changed', async () => {
    scene = await Scene.open(project, { immutable: false })
    scene.assets('assets', files)
    const { status, output } = await publish()
    expect(status).toBe(0)
    expect(output).toContain('::warning::v0.2.0 can still be changed')
  })

  it.each([
    ['a name that GitHub would change', { 'a~b.dsc': 'x' }, undefined, /a~b\.dsc: GitHub would replace/],
    ['a file with other bytes than listed', files, { 'a.br': 'other' }, /a\.br: expected SHA-256 [0-9a-f]+, got/],
    ['a file that is not listed', files, { 'd.txt': 'x' }, /d\.txt is not listed/],
  ])('refuses %s before it asks anybody', async (_, listed, changed, message) => {
    scene = await Scene.open(project)
    scene.assets('assets', listed)
    scene.write('assets', changed ?? {})
    const { status, output } = await publish()
    expect(status).toBe(1)
    expect(output).toMatch(message)
    expect(scene.github.requests).toEqual([])
  })

  it('sends nothing to an address of uploads on another site', async () => {
    scene = await Scene.open(project)
    scene.assets('assets', files)
    scene.github.uploads = scene.github.uploads.replace('127.0.0.1', '127.0.0.2')
    const { status, output } = await publish()
    expect(status).toBe(1)
    expect(output).toContain('nothing is sent there')
  })
})

describe('check-version', () => {
  const check = (version: string, more: Record<string, string> = {}) =>
    scene.run('check-version', [], { VERSION: version, ...more })

  it('takes the version that package.json and CHANGELOG.md have', async () => {
    scene = await Scene.open(project)
    expect(await check('0.2.0')).toEqual({ status: 0, output: 'tag=v0.2.0\n' })
  })

  it.each([
    ['v0.2.0', {}, /three numbers/],
    ['0.2.0; id', {}, /three numbers/],
    ['0.3.0', {}, /package\.json has version 0\.2\.0, expected 0\.3\.0/],
    ['0.2.0', { GITHUB_REF: 'refs/heads/other' }, /from the branch main, got refs\/heads\/other/],
  ])('refuses %j with %j', async (version, more, message) => {
    scene = await Scene.open(project)
    const { status, output } = await check(version, more)
    expect([status, output.match(message)]).toEqual([1, expect.anything()])
  })

  it('refuses a version without notes', async () => {
    scene = await Scene.open({ ...project, 'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n\n- Something.\n' })
    expect(await check('0.2.0')).toMatchObject({
      status: 1,
      output: expect.stringContaining('says nothing under "## 0.2.0"'),
    })
  })

  it('refuses a version that is released, and one that has a tag', async () => {
    scene = await Scene.open(project)
    gitIn(scene.checkout, 'push', '--quiet', join(scene.folder, 'origin.git'), 'HEAD:refs/tags/v0.2.0')
    expect(await check('0.2.0')).toMatchObject({ status: 1, output: expect.stringContaining('the tag v0.2.0 exists') })
    scene.github.store.create({ tag: 'v0.2.0' })
    expect(await check('0.2.0')).toMatchObject({
      status: 1,
      output: expect.stringContaining('0.2.0 is released already'),
    })
  })
})

describe('commit-tree and move-tag', () => {
  const commit = (version: string, tree: Record<string, string>, more: Record<string, string> = {}) => {
    rmSync(join(scene.folder, 'tree'), { recursive: true, force: true })
    const folder = scene.write('tree', tree)
    const archive = join(scene.folder, 'tree.tar')
    execFileSync('tar', ['-C', folder, '-cf', archive, '.'])
    return scene.run('commit-tree', [archive, version], more)
  }
  const origin = (...args: string[]) => gitIn(join(scene.folder, 'origin.git'), ...args)
  const tree = { 'action.yml': 'name: x\n', 'dist/main/index.js': '1', '.gitignore': 'dist\n' }

  it('makes a commit below main, a branch of releases and the tags', async () => {
    scene = await Scene.open(project)
    const main = origin('rev-parse', 'main')
    const first = await commit('0.2.0', tree)
    expect(first).toMatchObject({ status: 0 })
    expect(first.output).not.toContain(token)
    const tag = origin('rev-parse', 'v0.2.0')
    expect([origin('rev-parse', 'releases'), origin('rev-parse', 'v0.2.0^1')]).toEqual([tag, main])
    expect(origin('ls-tree', '-r', '--name-only', 'v0.2.0').split('\n')).toEqual(Object.keys(tree).sort())
    expect(await scene.run('move-tag', ['0.2.0'])).toMatchObject({ status: 0 })
    expect(origin('rev-parse', 'v0')).toBe(tag)

    // the same again, and then the next one
    expect(await commit('0.2.0', tree)).toMatchObject({
      status: 0,
      output: expect.stringContaining('is there already'),
    })
    const other = await commit('0.2.0', { ...tree, 'action.yml': 'name: y\n' })
    expect(other).toMatchObject({ status: 1, output: expect.stringContaining('is another tree or of another commit') })
    expect(await commit('0.3.0', { ...tree, 'action.yml': 'name: y\n' })).toMatchObject({ status: 0 })
    expect(origin('rev-parse', 'v0.3.0^1', 'v0.3.0^2').split('\n')).toEqual([main, tag])
    expect(origin('rev-parse', 'releases')).toBe(origin('rev-parse', 'v0.3.0'))
    expect(await scene.run('move-tag', ['0.3.0'])).toMatchObject({ status: 0 })
    expect(origin('rev-parse', 'v0')).toBe(origin('rev-parse', 'v0.3.0'))

    // not back, and not to a prerelease
    expect(await scene.run('move-tag', ['0.2.0'])).toMatchObject({
      status: 0,
      output: expect.stringContaining('v0 stays'),
    })
    expect(await commit('0.4.0-rc.1', tree)).toMatchObject({ status: 0 })
    expect(await scene.run('move-tag', ['0.4.0-rc.1'])).toMatchObject({
      status: 0,
      output: expect.stringContaining('v0 stays'),
    })
    expect(origin('rev-parse', 'v0')).toBe(origin('rev-parse', 'v0.3.0'))
  })

  it('leaves a major tag where somebody else moved it meanwhile', async () => {
    scene = await Scene.open(project)
    for (const version of ['0.2.0', '0.3.0']) expect(await commit(version, tree)).toMatchObject({ status: 0 })
    expect(await scene.run('move-tag', ['0.3.0'])).toMatchObject({ status: 0 })
    origin('update-ref', 'refs/tags/v0', origin('rev-parse', 'v0.2.0'))
    const main = origin('rev-parse', 'main')
    const { status, output } = await scene.run('move-tag', ['0.3.0'], moving('refs/tags/v0', main))
    expect([status, output]).toEqual([1, expect.stringMatching(/::error::git push failed: .*stale info/s)])
    expect(origin('rev-parse', 'v0')).toBe(main)
  })

  it.each([
    ['without a token', { GITHUB_TOKEN: '' }],
    ['with a token that may only read', { GITHUB_TOKEN: 'ghs_reader' }],
  ])('pushes nothing %s', async (_, more) => {
    scene = await Scene.open(project)
    scene.github.grant('ghs_reader', { contents: 'read' })
    const { status, output } = await commit('0.2.0', tree, more)
    expect([status, output]).toEqual([1, expect.stringMatching(/::error::git push failed: /)])
    expect(output).not.toContain('ghs_reader')
    expect(origin('tag')).toBe('')
  })

  it('keeps executable bits', async () => {
    scene = await Scene.open(project)
    scene.write('tree', { 'run.sh': '#!/bin/sh\n', plain: '' })
    chmodSync(join(scene.folder, 'tree', 'run.sh'), 0o755)
    execFileSync('tar', ['-C', join(scene.folder, 'tree'), '-cf', join(scene.folder, 't.tar'), '.'])
    expect(await scene.run('commit-tree', [join(scene.folder, 't.tar'), '0.2.0'])).toMatchObject({ status: 0 })
    expect(origin('ls-tree', 'v0.2.0', 'run.sh')).toMatch(/^100755/)
  })

  it("refuses a workflow that a workflow's token may not push", async () => {
    scene = await Scene.open(project)
    const same = { ...tree, '.github/workflows/ci.yml': 'name: CI\n' }
    const { status, output } = await commit('0.2.0', { ...same, '.github/workflows/new.yml': 'name: New\n' })
    expect([status, output]).toEqual([1, expect.stringContaining('.github/workflows/new.yml')])
    expect(origin('tag')).toBe('')
    expect(await commit('0.2.0', same)).toMatchObject({ status: 0 })
  })
})

describe('releases of emulators', () => {
  const [tag = ''] = wantedReleases(catalog).find(({ version }) => version === catalog.default)?.tags ?? []
  const names = expectedAssets(catalog, tag)
  const contents = Object.fromEntries(names.map((name) => [name, `bytes of ${name}`]))
  const manifest = (sources: number) =>
    JSON.stringify({
      ...{ format: 1, tag, qemuVersion: catalog.default, build: 'Debian 1' },
      assets: names.map((file) => ({ file })),
      sources: Array.from({ length: sources }, () => ({})),
    })
  const folder = (more: Record<string, string> = {}) => {
    scene.assets(join('emulators', tag), {
      ...contents,
      'README.md': '# QEMU\n',
      'manifest.json': manifest(1),
      ...more,
    })
    return join(scene.folder, 'emulators')
  }

  it('are published, and a release of the action waits for them', async () => {
    scene = await Scene.open(project)
    const check = () => scene.run('check-emulators', [])
    expect(await check()).toMatchObject({ status: 1, output: expect.stringContaining(`there is no release ${tag}`) })
    const missing = async () => (await scene.run('missing-releases', [], { VERSION: catalog.default })).output
    expect(await missing()).toBe(`versions=["${catalog.default}"]\n`)
    const { status, output } = await scene.run('publish-emulators', [folder()])
    expect([status, output]).toEqual([0, expect.stringContaining('published')])
    expect(scene.github.store.releases[0]).toMatchObject({
      tag,
      name: `QEMU ${catalog.default}: Debian 1`,
      body: '# QEMU\n',
    })
    expect(scene.github.store.latest).toBeUndefined()
    expect(await check()).toMatchObject({ status: 0 })
    expect(await missing()).toBe('versions=[]\n')
    // somebody took an asset away, as is possible while releases are not immutable
    scene.github.store.releases[0]?.assets.pop()
    expect(await check()).toMatchObject({ status: 1, output: expect.stringContaining('is not complete') })
  })

  it('are waited for while they are a draft', async () => {
    scene = await Scene.open(project)
    scene.github.store.create({ tag, draft: true })
    expect(await scene.run('check-emulators', [])).toMatchObject({ status: 1 })
  })

  it.each([
    ['without source', () => ({ 'manifest.json': manifest(0) }), /has no source/],
    ['of another build', () => ({ 'manifest.json': manifest(1).replace(tag, 'qemu-1') }), /has the manifest of qemu-1/],
    ['without an emulator', () => ({ 'manifest.json': manifest(1).replace(names[0] ?? '', 'other') }), /lacks qemu-/],
  ])('are refused %s', async (_, more, message) => {
    scene = await Scene.open(project)
    const { status, output } = await scene.run('publish-emulators', [folder(more())])
    expect([status, output]).toEqual([1, expect.stringMatching(message)])
    expect(scene.github.requests).toEqual([])
  })

  it('of a version that the catalog does not have are refused', async () => {
    scene = await Scene.open(project)
    expect(await scene.run('missing-releases', [], { VERSION: '1.2.3' })).toMatchObject({
      status: 1,
      output: expect.stringContaining('the catalog has no QEMU "1.2.3"'),
    })
  })
})

describe('describe-catalog and propose-catalog', () => {
  const text = (packages: unknown[], version = catalog.default) =>
    JSON.stringify({ format: 1, default: version, packages })
  const all = { ...catalog, packages: catalog.packages.slice(0, 6) }
  const files = {
    ...{ 'src/data/emulators.json': text(all.packages) },
    ...{ 'action.yml': 'a', 'compare/action.yml': 'a', 'README.md': 'a', 'docs/x.md': 'a', 'dist/old.js': 'a' },
  }
  const describeFrom = (older: unknown[]) => {
    const old = join(scene.write('older', { 'old.json': text(older) }), 'old.json')
    return scene.run('describe-catalog', [old, join(scene.folder, 'proposal')])
  }
  const propose = () => scene.run('propose-catalog', [join(scene.folder, 'proposal')])
  const origin = (...args: string[]) => gitIn(join(scene.folder, 'origin.git'), ...args)
  const reset = () => gitIn(scene.checkout, 'reset', '--quiet', '--hard', origin('rev-parse', 'main'))

  it('say nothing where nothing changed', async () => {
    scene = await Scene.open(files)
    expect(await describeFrom(all.packages)).toEqual({ status: 0, output: 'changed=false\n' })
    expect(await propose()).toMatchObject({ status: 1, output: expect.stringContaining('has no proposal') })
  })

  it('open one pull request, and bring it up to date', async () => {
    scene = await Scene.open(files)
    scene.write('checkout', { 'dist/new.js': 'b' })
    rmSync(join(scene.checkout, 'dist/old.js'))
    expect((await describeFrom(all.packages.slice(1))).output).toMatch(/^changed=true\n/)
    gitIn(scene.checkout, 'stash', '--include-untracked', '--quiet')
    const first = await propose()
    expect(first).toMatchObject({ status: 0, output: expect.stringContaining('/pull/1') })
    expect(origin('ls-tree', '--name-only', 'catalog', 'dist/').split('\n')).toEqual(['dist/new.js'])
    expect(origin('rev-parse', 'catalog^')).toBe(origin('rev-parse', 'main'))

    // the next week: other words, the same pull request
    reset()
    const before = origin('rev-parse', 'catalog')
    expect((await describeFrom(all.packages.slice(2))).output).toContain('changed=true')
    scene.write('proposal', { 'files/dist/newer.js': 'c' })
    expect(await propose()).toMatchObject({ status: 0 })
    expect(scene.github.store.pulls.map(({ head, base, state }) => [head, base, state])).toEqual([
      ['catalog', 'main', 'open'],
    ])
    const { body = '', title = '' } = scene.github.store.pulls[0] ?? {}
    expect(body).toContain(`QEMU ${all.packages[1]?.version} for ${all.packages[1]?.host}`)
    expect([title, body]).toEqual([
      `Catalog: QEMU ${catalog.default}`,
      expect.stringMatching(/### Known problems of QEMU [\d.]+\n\n(```text\nR\d+|Nothing)/),
    ])
    expect([origin('rev-parse', 'catalog^'), origin('rev-parse', 'catalog') === before]).toEqual([
      origin('rev-parse', 'main'),
      false,
    ])

    // the one before was closed by hand: a new one
    reset()
    Object.assign(scene.github.store.pulls[0] ?? {}, { state: 'closed' })
    expect(await propose()).toMatchObject({ status: 0, output: expect.stringContaining('/pull/2') })
  })

  it('leave a branch as somebody else pushed it meanwhile', async () => {
    scene = await Scene.open(files)
    scene.write('checkout', { 'dist/new.js': 'b' })
    await describeFrom(all.packages.slice(1))
    const main = origin('rev-parse', 'main')
    const { status, output } = await scene.run(
      'propose-catalog',
      [join(scene.folder, 'proposal')],
      moving('refs/heads/catalog', main),
    )
    expect([status, output]).toEqual([1, expect.stringMatching(/::error::git push failed: .*stale info/s)])
    expect(origin('rev-parse', 'catalog')).toBe(main)
  })

  it('need the right to open pull requests', async () => {
    scene = await Scene.open(files)
    scene.write('checkout', { 'dist/new.js': 'b' })
    await describeFrom(all.packages.slice(1))
    scene.github.grant('ghs_pusher', { contents: 'write' })
    const { status, output } = await scene.run('propose-catalog', [join(scene.folder, 'proposal')], {
      GITHUB_TOKEN: 'ghs_pusher',
    })
    expect([status, output]).toEqual([1, expect.stringContaining('HTTP 403, Resource not accessible by integration')])
    expect(scene.github.store.pulls).toEqual([])
  })
})
