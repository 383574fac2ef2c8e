// Words of the user and names of files that hold what a terminal obeys, through every option and command of the command line: all are shown
// escaped, and none makes a line or a colour of its own.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { emulatorPath } from '../support/programs/emulators.js'
import { cli, main, play, post, type Step } from '../support/runner/runner.js'

const [esc, csi, direction] = ['\u001b', '\u009b', '\u202e']
const word = `x${esc}[31mEVIL\nEVIL2${csi}31m${direction};EVIL3\r\u0007`
/** What a terminal, or a reader of lines, would take for more than the name that it is. */
const obeyed = /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069\u2028\u2029]|^EVIL/imu
/** One that the kernel takes in a path of an interpreter. */
const inPath = `x${esc}[31mEVIL${csi}31m${direction}`

const options = [
  ...[
    'qemu-version',
    'image',
    'path',
    'sha256',
    'method',
    'if-registered',
    'mirror',
    'registry-mirror',
    'cpu',
    'sysroot',
  ],
  ...['cache-dir', 'verify-in', 'rules', 'scope', 'on-conflict', 'conflict-wait-minutes', 'if-unsupported'],
  'container-engine',
]

let folder = ''
let emulator = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'setup-qemu-words-'))
  const files = join(folder, `${word}.d`)
  mkdirSync(files)
  copyFileSync('/bin/true', join(folder, word))
  writeFileSync(join(folder, 'script'), `#!/nowhere/${inPath}\n`, { mode: 0o755 })
  const says = `#!/bin/sh\nprintf '\\033[31mEVIL\\nEVIL2\\n' >&2; exit 3\n`
  writeFileSync(join(folder, `says${word}`), says, { mode: 0o755 })
  const log = `exec /bin/${esc}[31mEVIL: exec format error\n${inPath}: cannot execute binary file: Exec format error\n`
  writeFileSync(join(folder, `log${word}`), log)
  emulator = join(folder, inPath)
  copyFileSync(await emulatorPath('aarch64'), emulator)
  chmodSync(emulator, 0o755)
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Every step has some output, and it is free of them. */
async function expectShown(steps: readonly Step[]) {
  const { result } = await play(steps)
  const told = steps.map(({ name }) => {
    const { stdout, stderr } = result(name)
    const text = `${stdout}\n${stderr}`
    return [name, obeyed.exec(text)?.[0], text.trim() !== '']
  })
  expect(told).toEqual(steps.map(({ name }) => [name, undefined, true]))
}

const call = (name: string, ...args: string[]) => cli(name, args)

it('in an option of setup', async () => {
  await expectShown(options.map((option) => call(option, 'setup', 'arm64', '--offline', `--${option}`, word)))
})

it('as a path, a platform, a command, a file', async () => {
  const [file, inFolder] = [join(folder, word), join(folder, `${word}.d`)]
  await expectShown([
    call('absolute', 'setup', 'arm64', '--path', `/${word}`),
    call('file', 'setup', 'arm64', '--path', file),
    call('folder', 'setup', 'arm64', '--path', inFolder),
    call('json', 'setup', 'arm64', '--path', file, '--json'),
    call('plan', 'setup', 'arm64', '--path', file, '--dry-run'),
    call('cache', 'setup', 'arm64', '--cache-dir', file, '--mirror', 'http://127.0.0.1:1/'),
    call('image', 'setup', 'arm64', '--image', `127.0.0.1:1/${word}`),
    call('platform', 'setup', word),
    call('option', 'setup', `--${word}`),
    call('command', word),
    call('help', 'help', word),
    call('completion', 'completion', word),
    call('versions', 'versions', word),
    call('problems', 'known-problems', '--platforms', word),
    call('explain', 'explain', word),
    call('explain file', 'explain', file),
    call('explain script', 'explain', join(folder, 'script')),
    call('explain root', 'explain', '/bin/true', '--root', `/${word}`),
    call('explain in root', 'explain', `/${word}`, '--root', inFolder),
    call('diagnose', 'diagnose', word),
    call('diagnose log', 'diagnose', join(folder, `log${word}`)),
    call('run', 'run', '--offline', '--', word),
    call('run version', 'run', '--qemu-version', word, '--', 'true'),
    call('compare', 'compare', '--qemu', word, '--', 'true'),
    call('restore', 'restore', word),
  ])
}, 120_000)

it('in the path of an emulator that works: set up, shown, explained and put back', async () => {
  const words = ['setup', 'arm64', '--path', emulator]
  await expectShown([
    cli('plan', [...words, '--dry-run']),
    cli('setup', words),
    cli('status', ['status']),
    cli('status of a job', ['status'], { GITHUB_ACTIONS: 'true' }),
    cli('again', [...words, '--if-registered', 'fail']),
  ])
  const { result } = await play([main({ path: emulator }), post()])
  const { stdout, summary } = result('main')
  expect(result('main').status).toBe(0)
  expect(`${stdout}${summary}`).not.toMatch(obeyed)
})

it('of a command that is compared: its name and its last words', async () => {
  const words = ['compare', '--offline', '--quiet', '--qemu', '11.1.3,10.0.2', '--platform', 'arm64', '--']
  const { result } = await play([cli('compare', [...words, join(folder, `says${word}`)])])
  const { stdout, stderr } = result('compare')
  expect(stdout).toMatch(/EVIL/)
  expect(stdout).not.toMatch(obeyed)
  // of a table of results, what the command itself says on standard error is its own
  expect(stderr).not.toContain('error:')
})
