// The files by which the runner is told something, when they cannot be written, and a limit of open files that is too low.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  annotations,
  cli,
  compare,
  machineNode,
  main,
  node24,
  play,
  post,
  type Step,
  shell,
  temporary,
} from '../support/runner/runner.js'

const names = ['STATE', 'OUTPUT', 'ENV', 'PATH', 'STEP_SUMMARY'] as const

/** A step for which GITHUB_`name` is another path. */
function at(name: string, path: string, step: Step): Step {
  return { ...step, file: 'env', args: [`GITHUB_${name}=${path}`, step.file, ...step.args] }
}

const prepare = `cd "$1"; mkdir folder full ro; mkfifo fifo; ln -s nowhere link; touch file
  mount -t tmpfs -o size=4k tmpfs full; head -c 4096 /dev/zero >full/file
  mount -t tmpfs tmpfs ro; touch ro/file; mount -o remount,ro ro`

const faults = {
  missing: 'No such file or directory',
  'missing/file': 'No such file or directory',
  'file/file': 'Not a directory',
  link: 'No such file or directory',
  folder: 'Is a directory',
  fifo: 'it is a FIFO',
  'full/file': 'No space left on device',
  'ro/file': 'Read-only file system',
}

const inputs = { run: 'true', platforms: 'arm64', 'qemu-versions': '11.1', offline: 'true' }

it.each(names)(
  'GITHUB_%s that cannot be written is told before anything is made',
  async (name) => {
    const folder = temporary()
    const places = [...Object.entries(faults).map(([path, why]) => [join(folder, path), why] as const), full]
    const steps = places.flatMap(([path]) => [
      at(name, path, main({}, {}, path)),
      at(name, path, compare(inputs, {}, `compare ${path}`)),
    ])
    const { result } = await play([shell('prepare', prepare, folder), ...steps])
    expect(result('prepare')).toMatchObject({ status: 0, stderr: '' })
    for (const [path, why] of places)
      for (const step of [path, `compare ${path}`]) {
        const made = result(step)
        expect([step, made]).toMatchObject([step, { status: 1, stderr: '', outputs: {}, table: {}, journals: [] }])
        expect(annotations('error', made)[0]).toMatchObject({
          title: 'setup-qemu: output-unwritable',
          text: expect.stringMatching(`^the file ${path} \\(GITHUB_${name}\\) cannot be written: ${why}\nTo do: `),
        })
        if (name !== 'STEP_SUMMARY') expect(made.summary).toContain(`GITHUB\\_${name}`)
      }
  },
  120_000,
)

const full = ['/dev/full', 'No space left on device'] as const

it.each(['OUTPUT', 'PATH', 'STEP_SUMMARY', 'STATE'] as const)(
  'what was set up is undone when GITHUB_%s fills up meanwhile, in a private scope, too',
  async (name) => {
    const [folder, temp] = [temporary(), temporary()]
    const path = join(folder, 'file')
    // room for what is told at first, and not for the rest
    const room = { OUTPUT: 20, PATH: 20, STEP_SUMMARY: 20, STATE: 200 }[name]
    const fill = 'mount -t tmpfs -o size=4k tmpfs "$1"; yes "" | head -c $((4096 - $2)) >"$1/file"'
    const { result } = await play([
      shell('prepare', fill, folder, String(room)),
      at(name, path, main({}, { env: { RUNNER_DEBUG: '1' } })),
      shell('prepare again', `umount "$1"; ${fill}`, folder, String(room)),
      at(name, path, main({ scope: 'private' }, { env: { RUNNER_TEMP: temp } }, 'scope')),
      shell('scopes left', 'pgrep -f "^sh $1/.*/keeper keep" || true', temp),
    ])
    for (const step of ['main', 'scope']) {
      expect([step, result(step)]).toMatchObject([step, { status: 1, table: {}, journals: [] }])
      expect(annotations('error', result(step))[0]).toMatchObject({
        title: 'setup-qemu: output-unwritable',
        text: expect.stringContaining(`(GITHUB_${name}) cannot be written: No space left on device`),
      })
      expect(annotations('warning', result(step))).toEqual([])
    }
    expect(result('scopes left').stdout).toBe('')
  },
)

it('files that are looked at stay as they are, and devices are files, too', async () => {
  const path = join(temporary(), 'summary')
  writeFileSync(path, 'of an earlier command')
  const { result } = await play([
    at('STEP_SUMMARY', path, main({ platforms: 'arm65' })),
    at('OUTPUT', '/dev/null', main({}, {}, 'null')),
    post('null'),
  ])
  expect(result('main').status).toBe(1)
  expect(readFileSync(path, 'utf8')).toMatch(/^of an earlier command\S/)
  expect(result('null')).toMatchObject({ status: 0, outputs: {} })
  expect(result('post of null')).toMatchObject({ status: 0, table: {}, journals: [] })
})

it('post needs none of them', async () => {
  const broken = names.reduce((step, name) => at(name, '/nowhere/file', step), post())
  const { result } = await play([main(), broken])
  expect(result('post of main')).toMatchObject({ status: 0, stderr: '', table: {}, journals: [] })
})

it.each([
  ['the machine’s node', machineNode],
  ['node 24', node24],
])(
  'a limit of open files that is too low is told as that, under %s',
  async (_, node) => {
    const limits = [20, 22, 24, 26, 28, 30]
    const limited = (limit: number, step: Step): Step => ({
      ...step,
      name: `${step.name} ${limit}`,
      file: 'sh',
      args: ['-c', 'ulimit -n "$1"; shift; exec "$@"', 'sh', String(limit), step.file, ...step.args],
    })
    const calls = {
      setup: ['setup', 'arm64,arm/v7,riscv64'],
      explain: ['explain', '/bin/sh'],
      run: ['run', '--platform', 'arm64', '--', 'true'],
      scope: ['setup', 'arm64', '--scope', 'private', '--dry-run'],
    }
    const steps = limits.flatMap((limit) => [
      ...Object.entries(calls).map(([name, words]) => limited(limit, cli(name, words, {}, node))),
      cli(`restore ${limit}`, ['restore']),
    ])
    const { result } = await play(steps)
    const told = limits.flatMap((limit) =>
      Object.keys(calls).map((name) => [limit, result(`${name} ${limit}`)] as const),
    )
    // node itself cannot start where it cannot even read the program
    const failed = told.filter(([, { status, stderr }]) => status !== 0 && !/node:(fs|internal)/.test(stderr))
    expect(failed.length).toBeGreaterThan(3)
    for (const [limit, { stderr }] of failed)
      expect(stderr).toMatch(
        new RegExp(`^error: this process has too many files open: its limit is ${limit}\nto do: give it 1024`),
      )
    for (const [, { status, table, journals }] of told.filter((_, at) => at % 4 === 0))
      if (status !== 0) expect([table, journals]).toEqual([{}, []])
  },
  120_000,
)
