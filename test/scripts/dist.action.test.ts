// The built dist: how much of it a step loads, what is in it, and that what is left of @actions/core does its work.
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clientStatus } from '../../src/core/sources/cacheable.js'
import { node24 } from '../support/runner/node24.js'
import {
  annotations,
  compare,
  dist,
  machineNode,
  main,
  play,
  post,
  type Step,
  temporary,
} from '../support/runner/runner.js'

/** A step that notes in the file `loaded` which modules it loads, and the Node programs that it starts. */
function noted(step: Step, loaded: string): Step {
  writeFileSync(loaded, '')
  const preload = `--import ${resolve('test/support/runner/loaded.mjs')}`
  return { ...step, env: { ...step.env, LOADED: loaded, NODE_OPTIONS: preload } }
}

/** The files of dist of which a step noted that it loaded them. */
function filesOf(loaded: string): string[] {
  const paths = [...new Set(readFileSync(loaded, 'utf8').split('\n'))]
  return paths.filter((path) => path.startsWith(`${dist}/`)).map((path) => path.slice(dist.length + 1))
}

function kilobytes(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(join(dist, file)).size, 0) / 1000
}

const programs = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))

describe('on the warm path', () => {
  it('main loads at most 380 kB, and post 170', async () => {
    const [ofMain, ofPost] = [join(temporary(), 'main'), join(temporary(), 'post')]
    const { result } = await play([noted(main({ platforms: 'arm64' }), ofMain), noted(post(), ofPost)])
    expect([result('main').status, result('post of main').status]).toEqual([0, 0])
    expect(result('main').outputs.platforms).toBe('linux/arm64')
    expect(result('post of main').stdout).toContain('removed qemu-aarch64')
    expect(filesOf(ofMain)).toContain('main/index.js')
    expect(filesOf(ofPost)).toContain('post/index.js')
    expect(kilobytes(filesOf(ofMain))).toBeLessThanOrEqual(380)
    expect(kilobytes(filesOf(ofPost))).toBeLessThanOrEqual(170)
  })

  it('compare loads at most 400 kB, with what works in its private runs', async () => {
    const loaded = join(temporary(), 'compare')
    const given = { run: 'true', platforms: 'arm64', 'qemu-versions': '11.1, 5.2', offline: 'true' }
    const { result } = await play([noted(compare(given), loaded)])
    expect([result('compare').status, result('compare').outputs.verdict]).toEqual([0, 'works under both'])
    expect(filesOf(loaded)).toContain('compare/index.js')
    expect(kilobytes(filesOf(loaded))).toBeLessThanOrEqual(400)
  })
})

describe('dist', () => {
  it('holds at most 3.3 MB of JavaScript, all of it minified', () => {
    expect(kilobytes(programs)).toBeLessThanOrEqual(3300)
    for (const name of programs) {
      const text = readFileSync(join(dist, name), 'utf8')
      expect([name, /\/\* harmony |\/\*{3}\/|^\s+\S.*\n\s+\S/.exec(text)?.[0]]).toEqual([name, undefined])
    }
  })

  it('has undici in the cache client alone', () => {
    const bearers = programs.filter((name) => readFileSync(join(dist, name), 'utf8').includes('undici'))
    expect(bearers).toEqual(['cache-client/index.js'])
  })

  it('lists the licences of what is in it', () => {
    const text = readFileSync(join(dist, 'licenses.txt'), 'utf8')
    const parts = text.split('\n----------------------------------------\n\n').map((part) => part.split('\n')[0] ?? '')
    const listed = parts.map((name) => name.replace(/ [^ ]+$/, ''))
    const bundled = ['@actions/cache', '@actions/core', '@actions/http-client', 'undici', 'fzstd', 'xz-decompress']
    expect(listed).toEqual(expect.arrayContaining([...bundled, 'https-proxy-agent', 'proxy-from-env']))
    for (const tool of ['@vercel/ncc', 'terser', 'typescript', 'vitest']) expect(listed).not.toContain(tool)
    // of some there are two versions
    expect(new Set(parts).size).toBe(parts.length)
  })

  it('runs as a whole wherever it is copied to, under both nodes', () => {
    const copy = join(temporary(), 'elsewhere')
    cpSync(dist, copy, { recursive: true })
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    const run = (node: string, face: string, ...args: string[]) => {
      const env = { PATH: process.env.PATH, HOME: copy }
      const { status, stdout, stderr } = spawnSync(node, [join(copy, face, 'index.js'), ...args], {
        encoding: 'utf8',
        env,
      })
      return [status, stdout, stderr]
    }
    for (const node of [node24, machineNode]) {
      expect(run(node, 'cli', '--version')).toEqual([0, `${version}\n`, ''])
      expect(run(node, 'compare')).toEqual([1, expect.stringContaining('the input run is empty'), ''])
      expect(run(node, 'cache-client', 'restore', 'x')[0]).toBe(clientStatus.unavailable)
    }
  })
})

describe('@actions/core, as it is bundled', () => {
  it('reads inputs, groups lines, keeps state, sets outputs, variables and PATH, and adds to the summary', async () => {
    const { result } = await play([main({ platforms: 'arm64', cpu: 'cortex-a72' }), post()])
    const done = result('main')
    expect(done).toMatchObject({
      status: 0,
      outputs: { platforms: 'linux/arm64', entry: 'qemu-aarch64' },
      variables: { QEMU_CPU: 'cortex-a72' },
      state: { restore: 'true', journal: expect.stringContaining('qemu-aarch64') },
      path: expect.stringContaining('/setup-qemu/'),
    })
    expect(done.summary).toContain('export QEMU_CPU=cortex-a72\n')
    expect(done.stdout).toMatch(/^::group::QEMU [\s\S]*^::endgroup::$/m)
    expect(result('post of main').stdout).toContain('removed qemu-aarch64')
  })

  it('masks, annotates, and makes red', async () => {
    const words = { platforms: 'arm64', 'registry-password': 'geheim', 'registry-username': 'x', 'qemu-version': '0.1' }
    const { result } = await play([main(words)])
    const red = result('main')
    expect([red.status, red.table]).toEqual([1, {}])
    expect(red.stdout).toContain('::add-mask::geheim\n')
    expect(annotations('error', red)).toEqual([
      { title: expect.stringContaining('setup-qemu'), text: expect.stringContaining('0.1') },
      { title: '', text: expect.stringContaining('setup-qemu could not go on') },
    ])
    expect(red.summary).toContain('0.1')
  })
})
