// `setup-qemu run` through the built command line: what the command gets, and what is said where a program is missing or killed.
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hostBusybox } from '../e2e/vm/busybox.js'
import { as, guest, open, own, playHere } from '../support/kernel/accounts.js'
import { libraryRoot, unpack } from '../support/programs/guest-root.js'
import { cli, play, shell, temporary } from '../support/runner/runner.js'

const words = ['--quiet', '--offline', '--platform', 'arm64']
const run = (name: string, options: readonly string[], ...command: string[]) =>
  cli(name, ['run', ...words, ...options, '--', ...command])

it('--cpu and --sysroot are proven, and the command gets them', async () => {
  const sysroot = await libraryRoot('aarch64', temporary())
  await unpack('dash aarch64', sysroot)
  const both = ['--cpu', 'cortex-a72', '--sysroot', sysroot]
  const { result } = await play([
    run('variables', both, 'sh', '-c', 'echo "$QEMU_CPU $QEMU_LD_PREFIX"'),
    run('program', both, join(sysroot, 'bin/dash'), '-c', 'echo $((6 * 7))'),
    run('none', [], 'sh', '-c', 'env | grep ^QEMU_'),
    run('unknown', ['--cpu', 'cortex-a27'], 'true'),
    run('nowhere', ['--sysroot', '/nowhere'], 'true'),
  ])
  expect(result('variables')).toMatchObject({ status: 0, stdout: `cortex-a72 ${sysroot}\n`, stderr: '' })
  expect(result('program')).toMatchObject({ status: 0, stdout: '42\n', stderr: '' })
  expect(result('none')).toMatchObject({ status: 1, stdout: '' })
  expect(result('unknown').stderr).toContain('qemu-aarch64 has no CPU model "cortex-a27"')
  expect(result('nowhere').stderr).toContain('the root /nowhere cannot be used: it is not there')
  expect([result('unknown').status, result('nowhere').status]).toEqual([2, 125])
})

it('says of a program of another platform than those that are emulated which one it needs', async () => {
  const probe = join(open(), 'probe')
  const { probes } = JSON.parse(readFileSync('src/data/probes.json', 'utf8'))
  writeFileSync(probe, Buffer.from(probes.riscv64.base64, 'base64'), { mode: 0o755 })
  const run = (name: string, ...platforms: string[]) =>
    cli(name, ['run', '--offline', ...platforms.flatMap((word) => ['--platform', word]), '--', probe, 'word'])
  const { result } = await play([run('other', 'arm64'), run('both', 'arm64', 'riscv64'), run('its own')])
  const warning = /^warning: .*probe is a program for riscv64, which is not emulated here; add --platform riscv64$/m
  expect(result('other').stderr).toMatch(warning)
  expect(result('other').stdout).not.toContain('setup-qemu probe')
  for (const name of ['both', 'its own']) {
    expect(result(name).stderr).not.toContain('warning:')
    expect(result(name).stdout).toContain('setup-qemu probe 1 riscv64')
  }
})

/** A folder with the machine's programs, but for some: to be PATH. */
function withoutPrograms(...names: string[]): string {
  const folder = open()
  for (const from of ['/usr/sbin', '/usr/bin'])
    for (const name of readdirSync(from).filter((one) => !names.includes(one)))
      try {
        symlinkSync(join(from, name), join(folder, name))
      } catch {
        // it is in both
      }
  return folder
}

it('programs that are missing are named, by run and before a scope is set up', async () => {
  const [noneOfThem, noneForMount] = [withoutPrograms('nsenter', 'setpriv'), withoutPrograms('mount')]
  const env = own()
  const scope = cli('scope', ['setup', 'arm64', '--scope', 'private', '--quiet'])
  const result = await playHere([
    as(guest, scope, { ...env, TMPDIR: env.RUNNER_TEMP, PATH: noneOfThem }),
    as(guest, run('no setpriv', [], 'true'), { ...env, PATH: noneOfThem }),
    as(guest, run('no mount', [], 'true'), { ...env, PATH: noneForMount }),
    shell('left', 'ls -A "$1"', env.RUNNER_TEMP),
  ])
  const said = (names: string) =>
    new RegExp(`failed: PATH has no program ${names}\nto do: install it .*util-linux.*\nsee: .*#no-namespace\n$`)
  expect(result('scope')).toMatchObject({ status: 1, stdout: '' })
  expect(result('scope').stderr).toMatch(said('nsenter and no setpriv'))
  expect(result('no setpriv')).toMatchObject({ status: 125, stdout: '' })
  expect(result('no setpriv').stderr).toMatch(said('setpriv'))
  expect(result('no mount').stderr).toMatch(said('mount'))
  expect(result('left').stdout).toBe('')
})

it("BusyBox's programs are told from those that it takes", async () => {
  const busybox = await hostBusybox()
  const [itsEnv, itsShell] = [withoutPrograms('env'), withoutPrograms('sh')]
  symlinkSync(busybox, join(itsEnv, 'env'))
  // Debian's takes its own unshare, whatever is on PATH
  symlinkSync(busybox, join(itsShell, 'sh'))
  const { result } = await play([
    { ...cli('scope', ['setup', 'arm64', '--scope', 'private', '--quiet']), env: { PATH: itsEnv } },
    { ...run('run', [], 'true'), env: { PATH: itsShell } },
  ])
  expect(result('scope')).toMatchObject({ status: 1, stdout: '' })
  expect(result('scope').stderr).toMatch(
    /this env is not coreutils'\nto do: install coreutils, .*\nsee: .*#no-namespace\n$/,
  )
  expect(result('run')).toMatchObject({ status: 125, stdout: '' })
  expect(result('run').stderr).toMatch(
    /this unshare is not util-linux's\nto do: install util-linux, .*\nsee: .*#no-namespace\n$/,
  )
})

/** The programs as they are in the moment in which a child does not yet die with its parent. */
const immortal = {
  unshare: `for word; do shift; [ "$word" = --kill-child ] || set -- "$@" "$word"; done
exec /usr/bin/unshare "$@"`,
  setpriv: `[ "$1" != --pdeathsig ] || shift 2
[ "$1" != -- ] || shift
exec "$@"`,
}

it('ends when unshare is killed and what it started is not', async () => {
  const folder = temporary()
  for (const [name, text] of Object.entries(immortal))
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  const begun = join(folder, 'begun')
  const { file, args } = cli('', ['run', ...words.filter((word) => word !== '--quiet'), '--'])
  const script = `PATH="$1:$PATH" "\${@:3}" sh -c 'touch "$1"; sleep 8645' sh "$2" & job=$!
    until [ -e "$2" ]; do sleep 0.02; done
    kill -9 $(pgrep -P $job); wait $job; echo "status $?"
    for try in $(seq 100); do left=$(pgrep -f '^sleep 8645'); [ "$left" ] || break; sleep 0.1; done
    echo "left: $left"`
  const started = shell('killed', script, folder, begun, file, ...args)
  const { result } = await play([{ ...started, env: { ...started.env, ...cli('', []).env } }])
  expect(result('killed').stdout).toBe('status 137\nleft: \n')
  expect(result('killed').stderr).toContain('outlived the process that holds them (SIGKILL); it is ended')
})

it('run without -- says how it is called', async () => {
  const result = await playHere([as(guest, cli('run', ['run', 'sh', '-c', 'true']), own())])
  expect(result('run')).toMatchObject({ status: 2, stdout: '' })
  expect(result('run').stderr).toMatch(
    /^error: run is given no command after --\nto do: \S+ \S+\/dist\/cli\/index\.js run \[options\] -- COMMAND/,
  )
})
