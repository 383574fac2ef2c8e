import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seesEveryProcess } from '../support/kernel/every-process.js'
import { emulator } from '../support/programs/emulators.js'
import {
  cli,
  installProbe,
  machineNode,
  node24,
  play,
  type StepResult,
  shell,
  temporary,
} from '../support/runner/runner.js'

const { sha256, qemuVersion, build } = emulator('aarch64')
const table = '/proc/sys/fs/binfmt_misc'
const host = process.arch === 'arm64' ? 'aarch64' : 'x86_64'

const versionOf = (node: string) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()

/** The one JSON object that a step printed. */
function json({ stdout }: StepResult) {
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  return JSON.parse(stdout)
}

describe.each([
  [versionOf(machineNode), machineNode],
  [versionOf(node24), node24],
])('the command line under node %s', (_, node) => {
  const call = (name: string, ...words: string[]) => cli(name, words, {}, node)

  it('sets up, shows, keeps and restores', async () => {
    const { result } = await play([
      call('early', 'status'),
      call('plan', 'setup', 'arm64', '--dry-run'),
      call('setup', 'setup', 'arm64'),
      shell('foreign', 'printf A | "$1" word', installProbe(temporary())),
      call('again', 'setup', 'arm64', '--json'),
      call('status', 'status'),
      call('restore', 'restore'),
      call('restore again', 'restore'),
    ])
    expect(result('early')).toMatchObject({ status: 0, stdout: expect.stringContaining('the table is empty') })
    expect(result('plan')).toMatchObject({ status: 0, table: {}, journals: [] })
    expect(result('plan').stdout).toMatch(/register qemu-aarch64 with flags POCF/)
    const lines = result('setup').stdout.trimEnd().split('\n')
    expect(result('setup').status).toBe(0)
    expect(result('setup').table?.['qemu-aarch64']).toContain(`interpreter ${lines.at(-1)}\n`)
    expect(result('setup').stdout).toContain(`QEMU ${qemuVersion} (${build})`)
    expect(result('foreign').status).toBe(0x41 ^ 0x5a)
    expect(json(result('again'))).toMatchObject({
      ok: true,
      host,
      targets: [{ state: 'kept', interpreter: lines.at(-1), proof: { fingerprint: sha256 } }],
    })
    expect(result('again').table).toEqual(result('setup').table)
    expect(result('status').stdout).toMatch(new RegExp(`qemu-aarch64 .*POCF .*QEMU ${qemuVersion} .*ours`))
    expect(result('restore')).toMatchObject({ status: 0, table: {}, journals: [], stdout: 'removed qemu-aarch64\n' })
    expect(result('restore again')).toMatchObject({ status: 0, table: {}, stdout: 'nothing to restore\n' })
  })

  it('settles the journal of a table that is gone, mounts nothing, and is green; beside a private scope, too', async () => {
    const gone = /^cli-\S+ is settled: its table is gone, and qemu-aarch64 with it$/m
    const isMounted = 'test -e /proc/sys/fs/binfmt_misc/register'
    const { result } = await play([
      call('setup', 'setup', 'arm64'),
      shell('unmount', 'umount /proc/sys/fs/binfmt_misc'),
      call('status', 'status'),
      call('private', 'setup', 'arm64', '--scope', 'private'),
      call('restore', 'restore'),
      shell('mounted', isMounted),
      call('again', 'restore'),
      shell('mounted at last', isMounted),
    ])
    expect([result('mounted').status, result('mounted at last').status]).toEqual([1, 1])
    // in a container the table may be that of a process out of sight
    if (!seesEveryProcess()) {
      const unreached = expect.stringMatching(/qemu-aarch64 of cli-\S+ cannot be reached[\s\S]*mount -t binfmt_misc/)
      return expect(result('again')).toMatchObject({ status: 1, stdout: unreached })
    }
    expect(result('status').stdout).toMatch(
      /^qemu-aarch64, registered .* went with its table, which was unmounted since$/m,
    )
    expect(result('private').status).toBe(0)
    expect(result('restore')).toMatchObject({ status: 0, journals: [], stdout: expect.stringMatching(gone) })
    expect(result('restore').stdout).toContain('closed the private scope ')
    expect(result('again')).toMatchObject({ status: 0, stdout: 'nothing to restore\n' })
  })

  it('prints one JSON object and nothing else', async () => {
    const { result } = await play([
      call('plan', 'setup', 'arm64', '--dry-run', '--json'),
      call('setup', 'setup', 'arm64', '--json'),
      call('status', 'status', '--json'),
      call('restore', 'restore', '--json'),
      call('versions', 'versions', '--json'),
      call('version', '--version', '--json'),
      call('wrong', 'setup', 'arm65', '--json'),
      call('usage', 'stup', '--json'),
    ])
    expect(json(result('plan'))).toMatchObject({ ok: true, targets: [{ plan: 'register', entry: 'qemu-aarch64' }] })
    expect(json(result('setup'))).toMatchObject({
      ok: true,
      host,
      targets: [
        {
          ...{ target: 'aarch64', platform: 'linux/arm64', state: 'emulated', entry: 'qemu-aarch64', flags: 'POCF' },
          ...{ qemuVersion, build, sha256, locator: 'tool-cache', bytesFetched: 0, findings: [] },
          proof: { direct: true, chroot: true, argv0: true, fingerprint: sha256 },
        },
      ],
    })
    expect(json(result('status'))).toMatchObject({
      entries: [{ entry: 'qemu-aarch64', behind: 'runs', fingerprint: { sha256, qemuVersion } }],
    })
    expect(json(result('restore'))).toMatchObject({ ok: true, removed: ['qemu-aarch64'], warnings: [] })
    expect(json(result('versions'))).toMatchObject({ default: qemuVersion })
    expect(json(result('version'))).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) })
    expect(json(result('wrong'))).toMatchObject({ ok: false, error: { code: 'unknown-platform' } })
    expect(json(result('usage'))).toMatchObject({ ok: false, error: { code: 'usage' } })
    expect([result('wrong').status, result('usage').status]).toEqual([2, 2])
  })

  it('says in help, versions and wrong usage what there is', async () => {
    const { result } = await play([
      call('help', '--help'),
      call('versions', 'versions'),
      call('none'),
      call('option', 'setup', 'arm64', '--al'),
      call('foreign option', 'restore', '--dry-run'),
      call('argument', 'status', 'x'),
      call('no platform', 'setup'),
      call('two helps', 'help', 'explain', 'diagnose'),
      call('near', 'explain', '--rot', '/', '/bin/sh'),
      call('far', 'versions', '--rot'),
      call('host', 'known-problems', '--qemu-version', 'host'),
    ])
    expect(result('help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Exit status: 0') })
    expect(result('versions').stdout).toMatch(new RegExp(`^${qemuVersion} \\(default\\) .*amd64 arm64`, 'm'))
    expect(result('none')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^Usage: setup-qemu COMMAND\n/),
    })
    for (const name of ['option', 'foreign option', 'argument', 'no platform', 'two helps', 'near', 'far', 'host']) {
      expect(result(name)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('to do: ') })
    }
    expect(result('near').stderr).toContain('did you mean --root?')
    // what another command takes is no help
    expect(result('far').stderr).toMatch(/^to do: \S+ \S+\/dist\/cli\/index\.js --help lists the options$/m)
    expect(result('host').stderr).toMatch(/^to do: \S+ \S+\/dist\/cli\/index\.js status shows which versions run here/m)
  })

  it('ends with 1 when something is not proven, and names it', async () => {
    const { result } = await play([
      shell('prepare', `echo 0 > ${table}/status`),
      call('setup', 'setup', 'arm64'),
      call('status', 'status'),
    ])
    expect(result('setup')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^error: [^\n]+\nto do: [^\n]+\nsee: {3}\S*docs\/troubleshooting\.md#binfmt-disabled\n$/,
      ),
    })
    expect(result('status').stdout).toContain('switched off')
  })
})

describe('on a terminal', () => {
  const terminal = (name: string, words: readonly string[], env: Record<string, string> = {}) => {
    const step = cli(name, words, env)
    const line = [step.file, ...step.args].join(' ')
    return { ...step, file: 'script', args: ['--quiet', '--return', '--command', line, '/dev/null'] }
  }

  it('a download shows a bar with bytes and rate, and clears it', async () => {
    const { result } = await play([terminal('setup', ['setup', 'arm64', '--cache-dir', temporary()])])
    const shown = result('setup').stdout.replaceAll('\r\u001b[K', '<clear>')
    expect(shown).toMatch(/<clear>qemu-aarch64 {2}\[[#-]+\] {2}\d\.\d of \d\.\d MB {2}\d+\.\d MB\/s<clear>/)
    expect(result('setup').stdout.trimEnd().split('\n').at(-1)).toMatch(/^\/.*\/qemu-aarch64$/)
  })

  it('errors are red, unless NO_COLOR says otherwise', async () => {
    const { result } = await play([
      terminal('coloured', ['setup', 'arm65']),
      terminal('plain', ['setup', 'arm65'], { NO_COLOR: '1' }),
    ])
    expect(result('coloured').stdout).toContain('\u001b[31merror: ')
    expect(result('plain').stdout).toMatch(/^error: /)
  })

  it('so are verdicts, titles and what to do', async () => {
    const log = join(temporary(), 'log')
    writeFileSync(log, 'exec /bin/sh: exec format error\n')
    const calls = { explain: ['/bin/sh'], diagnose: [log], 'known-problems': ['R16'] }
    const steps = Object.entries(calls).flatMap(([name, words]) => [
      terminal(name, [name, ...words]),
      terminal(`${name}, plain`, [name, ...words], { NO_COLOR: '1' }),
      cli(`${name}, no terminal`, [name, ...words]),
    ])
    const { result } = await play(steps)
    expect(result('explain').stdout).toContain('\u001b[32mIt will run natively')
    expect(result('diagnose').stdout).toContain('\u001b[31mthe kernel found nobody')
    expect(result('known-problems').stdout).toContain('\u001b[1mR16 ')
    for (const name of Object.keys(calls))
      for (const how of ['plain', 'no terminal']) expect(result(`${name}, ${how}`).stdout).not.toContain('\u001b')
  })
})

describe('a cache folder', () => {
  it('takes a cache folder that is named from where the call is made', async () => {
    const { result } = await play([cli('setup', ['setup', 'arm64', '--json', '--offline', '--cache-dir', 'near'])])
    const [finding] = JSON.parse(result('setup').stdout).targets[0].findings
    expect(finding).toMatchObject({
      code: 'offline',
      reason: expect.stringMatching(/there is no file \/\S+\/near\/setup-qemu\//),
    })
  })

  it('with a path of 200 characters is used, and is the interpreter’s', async () => {
    const base = temporary()
    const cache = join(base, 'x'.repeat(200 - base.length - 1))
    mkdirSync(cache)
    const { result } = await play([cli('setup', ['setup', 'arm64', '--json', '--cache-dir', cache])])
    const [{ interpreter, proof }] = json(result('setup')).targets
    expect(interpreter.startsWith(`${cache}/`)).toBe(true)
    expect(result('setup').table?.['qemu-aarch64']).toContain(`interpreter ${interpreter}\n`)
    expect(proof).toMatchObject({ direct: true, chroot: true, fingerprint: sha256 })
  })

  it('that is cold and shared by many calls at once ends with one whole emulator', async () => {
    const cache = temporary()
    const calls = [1, 2, 3, 4, 5].map((at) => cli(`call ${at}`, ['setup', 'arm64', '--json', '--cache-dir', cache]))
    const { result } = await play([calls, cli('restore', ['restore'])])
    const outcomes = calls.map(({ name }) => json(result(name)).targets[0])
    expect(outcomes.map(({ proof }) => proof.fingerprint)).toEqual(calls.map(() => sha256))
    const [interpreter] = new Set(outcomes.map(({ interpreter: path }) => path))
    expect(readdirSync(dirname(interpreter))).toEqual(['qemu-aarch64'])
    expect(result('restore')).toMatchObject({ table: {}, journals: [] })
  })

  it('whose emulator was damaged is mended', async () => {
    const cache = temporary()
    const setup = (name: string) => cli(name, ['setup', 'arm64', '--json', '--cache-dir', cache])
    const damage = shell('damage', 'file=$(find "$1" -type f -name qemu-aarch64) && printf x >> "$file"', cache)
    const { result } = await play([setup('one'), cli('restore', ['restore']), damage, setup('two')])
    expect(json(result('two')).targets[0]).toMatchObject({ locator: 'deb', proof: { fingerprint: sha256 } })
  })
})
