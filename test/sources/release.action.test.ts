// Emulators from releases through the built programs: what came with setup-qemu, what a server has, and which server is asked.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cacheService } from '../support/github-cache/cache-service.js'
import { emulator } from '../support/programs/emulators.js'
import {
  type Answer,
  assetOf,
  assetPath,
  assetsOf,
  bomb,
  makeCertificate,
  serveReleases,
  trickling,
} from '../support/releases/release-server.js'
import {
  cli,
  compare,
  dist,
  halfWritten,
  main,
  noNetwork,
  play,
  post,
  type Step,
  type StepResult,
  temporary,
} from '../support/runner/runner.js'

const arm64 = emulator('aarch64')
const riscv64 = emulator('riscv64')
const asset = await assetOf(arm64)
const assets = await assetsOf(arm64, riscv64)
const offNetwork = { ...noNetwork, no_proxy: '127.0.0.1,localhost' }

/** The package as a release lays it out, with an emulator beside the bundles, or what stands for it. */
function released(bundled: Uint8Array | undefined, repository = 'github:OWNER/setup-qemu'): string {
  const folder = temporary()
  cpSync(dist, join(folder, 'dist'), { recursive: true })
  const about = JSON.parse(readFileSync('package.json', 'utf8')) as object
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...about, repository }))
  if (bundled !== undefined) {
    mkdirSync(join(folder, 'dist/emulators'))
    writeFileSync(join(folder, 'dist/emulators', assetPath(arm64).split('/')[1] ?? ''), bundled)
  }
  return folder
}

/** A step that the programs of that package do. */
function of(root: string, step: Step): Step {
  return { ...step, args: step.args.map((word) => word.replace(`${dist}/`, `${root}/dist/`)) }
}

/** An action's step on a machine whose tool cache is empty. */
const empty = (env: Record<string, string> = {}) => ({ env: { ...offNetwork, ...env, RUNNER_TOOL_CACHE: temporary() } })

function targetsOf({ outputs, stdout }: StepResult) {
  const { targets } = JSON.parse(outputs.status ?? stdout) as { targets: Record<string, unknown>[] }
  return targets.map(({ state, locator, bytesFetched }) => ({ state, locator, bytesFetched }))
}
const bundled = { state: 'emulated', locator: 'bundled', bytesFetched: 0 }

describe('what came with setup-qemu', () => {
  it('is set up by each program without a network, and kept in the tool cache', async () => {
    const root = released(asset)
    const cache = temporary()
    const offline = ['--offline', '--json', '--cache-dir', cache]
    const run = { run: 'uname -m', platforms: 'arm64', 'qemu-versions': '11.1.3', offline: 'true' }
    const { result } = await play([
      of(root, main({}, empty())),
      of(root, post()),
      of(root, cli('setup', ['setup', 'arm64', ...offline], offNetwork)),
      of(root, cli('restore', ['restore'])),
      of(root, cli('again', ['setup', 'arm64', ...offline], offNetwork)),
      of(root, compare(run, empty())),
      of(root, main({ scope: 'private', offline: 'true' }, empty(), 'private')),
      of(root, post('private')),
    ])
    expect([result('main').status, targetsOf(result('main'))]).toEqual([0, [bundled]])
    expect(result('main').stdout).toContain('came with setup-qemu')
    expect([result('setup').status, targetsOf(result('setup'))]).toEqual([0, [bundled]])
    expect(targetsOf(result('again'))).toEqual([{ ...bundled, locator: 'tool-cache' }])
    expect([result('compare').status, result('compare').outputs.verdict]).toEqual([0, 'works under 11.1.3'])
    expect([result('private').status, targetsOf(result('private'))]).toEqual([0, [bundled]])
  })

  it('is refused when it is something else, and the release is asked', async () => {
    await using server = await serveReleases(assets)
    const root = released(asset.subarray(0, 1_000_000))
    const { result } = await play([of(root, main({}, empty({ SETUP_QEMU_RELEASES: server.base })))])
    expect(targetsOf(result('main'))).toEqual([{ ...bundled, locator: 'release', bytesFetched: asset.length }])
    expect(result('main').stdout).toMatch(
      /dist\/emulators\/qemu-aarch64-11\S+: is cut short: delivered \d+ bytes with the/,
    )
  })

  it('is not in a clone: without a network the error says what to do', async () => {
    const { result } = await play([main({ offline: 'true' }, empty())])
    expect(result('main').status).toBe(1)
    expect(result('main').stdout).toMatch(/set mirror \(--mirror\) to a folder that has qemu-aarch64-11\S+\.br/)
  })
})

describe('a release', () => {
  it('of the repository that the action comes from is asked first, then the upstream that package.json names', async () => {
    await using own = await serveReleases(new Map([...assets].slice(0, 1)))
    await using up = await serveReleases(assets)
    const root = released(undefined, `${up.server}/upstream/tool`.replace('http:', 'https:'))
    const env = { GITHUB_SERVER_URL: own.server, GITHUB_ACTION_REPOSITORY: 'some/tool', GITHUB_REPOSITORY: 'a/b' }
    const step = of(root, main({ platforms: 'arm64' }, empty(env)))
    const { result } = await play([step])
    expect(targetsOf(result('main'))).toEqual([{ ...bundled, locator: 'release', bytesFetched: asset.length }])
    expect(own.seen.map(({ origin }) => origin)).toEqual(['front', 'store'])
    expect(up.seen).toEqual([])
  })

  it('comes by https and redirects, for the command line too, also of the upstream', async () => {
    const certificate = makeCertificate(temporary())
    await using own = await serveReleases(new Map(), { certificate })
    await using up = await serveReleases(assets, { certificate })
    const root = released(undefined, `${up.server}/upstream/tool`)
    const env = { ...offNetwork, NODE_EXTRA_CA_CERTS: certificate.file }
    const cache = temporary()
    const { result } = await play([
      of(root, main({ platforms: 'arm64' }, empty({ ...env, SETUP_QEMU_RELEASES: own.base }))),
      of(root, post()),
      of(root, cli('cli', ['setup', 'riscv64', '--json', '--cache-dir', cache], env)),
    ])
    for (const step of ['main', 'cli'])
      expect([result(step).status, targetsOf(result(step))[0]]).toMatchObject([0, { locator: 'release' }])
    expect(own.seen.map(({ path }) => path)).toEqual([assetPath(arm64)])
    expect(up.seen.map(({ origin, path }) => `${origin} ${path}`)).toEqual(
      [arm64, riscv64].flatMap((one) => [`front ${assetPath(one)}`, `store ${assetPath(one)}`]),
    )
    expect(up.seen[0]?.url).toContain('/upstream/tool/releases/download/')
  })

  it('is asked for by what works inside private scopes and runs', async () => {
    await using server = await serveReleases(assets)
    const env = { SETUP_QEMU_RELEASES: server.base }
    const cache = temporary()
    const words = ['run', '--cache-dir', cache, '--platform', 'riscv64', '--', 'true']
    const { result } = await play([
      main({ scope: 'private' }, empty(env)),
      post(),
      cli('run', words, { ...offNetwork, ...env }),
    ])
    expect(targetsOf(result('main'))).toEqual([{ ...bundled, locator: 'release', bytesFetched: asset.length }])
    expect(result('run')).toMatchObject({ status: 0 })
    expect(server.delivered.map(({ path }) => path)).toEqual([assetPath(arm64), assetPath(riscv64)])
  })

  it('of which it came is saved in the GitHub cache', async () => {
    await using server = await serveReleases(assets)
    await using cache = await cacheService()
    const env = empty({ SETUP_QEMU_RELEASES: server.base, ...cache.env })
    await play([main({ cache: 'true' }, env), post('main', env)])
    expect(cache.entries).toMatchObject([{ finalized: true }])
  })

  it('with a bomb for each is red, tells it, and leaves nothing', async () => {
    await using server = await serveReleases(assets, { answers: [bomb(64)] })
    const cache = temporary()
    const env = { ...offNetwork, SETUP_QEMU_RELEASES: server.base }
    const { result } = await play([cli('cli', ['setup', 'arm64', 'riscv64', '--json', '--cache-dir', cache], env)])
    expect(result('cli')).toMatchObject({ status: 1, table: {}, journals: [] })
    expect(result('cli').stdout).toMatch(/unpacks to more than 17\d+ bytes/)
    expect(halfWritten(cache)).toEqual([])
  })
})

describe('a folder that mirror names', () => {
  it('is relative to where the call is made, blanks in its path too, and serves a machine without a network', async () => {
    const folder = join(temporary(), 'a, b')
    const files = [arm64, riscv64].map((one) => join(folder, 'qemu', assetPath(one)))
    for (const file of files) mkdirSync(dirname(file), { recursive: true })
    for (const [at, one] of [arm64, riscv64].entries()) writeFileSync(files[at] ?? '', await assetOf(one))
    const inputs = { platforms: 'arm64, riscv64', mirror: './qemu', offline: 'true' }
    const from = (step: Step): Step => ({ ...step, file: 'env', args: [`--chdir=${folder}`, step.file, ...step.args] })
    const words = ['setup', 'arm64', '--offline', '--json', '--cache-dir', temporary(), '--mirror', './qemu']
    const { result } = await play([
      from(main(inputs, empty())),
      post(),
      from(main({ ...inputs, scope: 'private' }, empty(), 'private')),
      post('private'),
      from(cli('cli', words, offNetwork)),
    ])
    const got = { state: 'emulated', locator: 'mirror', bytesFetched: 0 }
    expect([result('main').status, targetsOf(result('main'))]).toEqual([0, [got, got]])
    expect(result('main').stdout).toContain('copied from the mirror')
    expect([result('private').status, targetsOf(result('private'))]).toEqual([0, [got, got]])
    expect([result('cli').status, targetsOf(result('cli'))]).toEqual([0, [got]])
  })
})

describe('a signal during a race', () => {
  it('ends all of it, and nothing half-written is left', async () => {
    const cache = temporary()
    const isRacing = join(temporary(), 'racing')
    const noticed: Answer = (response, packed, request) => {
      writeFileSync(isRacing, '')
      return trickling(20_000)(response, packed, request)
    }
    await using one = await serveReleases(assets, { answers: [trickling(20_000)] })
    await using two = await serveReleases(assets, { answers: [noticed] })
    const env = { ...offNetwork, SETUP_QEMU_RELEASES: `${one.base} ${two.base}` }
    const step = cli('cli', ['setup', 'arm64', '--cache-dir', cache], env)
    // both have begun to write by then
    const script = `"\${@:3}" & while [ ! -e "$1" ] && kill -0 $!; do sleep 0.1; done; sleep 1
      find "$2" -name '*.part'; kill -TERM $!; wait $!`
    const ended: Step = {
      ...step,
      file: 'bash',
      args: ['-c', script, 'bash', isRacing, cache, step.file, ...step.args],
    }
    const { result } = await play([ended])
    expect(result('cli')).toMatchObject({ status: 128 + 15, table: {}, journals: [] })
    expect(result('cli').stdout.trim().split('\n')).toHaveLength(2)
    expect(halfWritten(cache)).toEqual([])
  })
})
