// `scope: private` through the built faces: an ordinary user without sudo, in a namespace with all ids whose table is the host's here.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { as, guest, open, own, playHere } from '../support/kernel/accounts.js'
import { emulator } from '../support/programs/emulators.js'
import {
  annotations,
  cli,
  dist,
  installProbe,
  machineNode,
  main,
  post,
  type Step,
  shell,
} from '../support/runner/runner.js'

const { sha256 } = emulator('aarch64')
const old = emulator('aarch64', '7.2.22')
const isPrivate = { scope: 'private' }

/** A step of the job, with what `main` put on PATH. */
function step(name: string, script: string, ...args: string[]): Step {
  // the newest scope's folder is found as PATH would have it: the path file is not at hand for steps
  const find = 'PATH="$(ls -td "$SCOPES"/setup-qemu-scope-*/bin | head -n 1):$PATH"; export PATH; '
  return shell(name, find + script, ...args)
}

const holders = shell('holders', "ps -eo args | grep -c '^sh .*/setup-qemu-scope-[^ ]*/keeper keep' || true")
/** Waits until no holder and no folder of a scope is left; a holder looks once a second whether it is still needed. */
const untilClosed = `for try in $(seq 300); do
    ps -eo args | grep -q '^sh .*/[k]eeper keep' || ls "$1" | grep -q setup-qemu-scope- || break; sleep 0.1
  done`
const named = (name: string, of: Step): Step => ({ ...of, name })

describe('the action, for a user without root and without sudo', () => {
  it('sets up in a namespace of its own, with the same outputs, and post ends it', async () => {
    const env = own()
    const foreign = installProbe(open())
    const scopes = { SCOPES: env.RUNNER_TEMP }
    const result = await playHere([
      as(guest, main(isPrivate), env),
      named('holders during', holders),
      as(
        guest,
        step('inside', 'with-qemu -- "$1" word </dev/null; with-qemu-11.1.3 id -u; with-qemu pwd', foreign),
        scopes,
      ),
      as(guest, shell('outside', '"$1" word </dev/null', foreign)),
      as(guest, post(), env),
      named('holders after', holders),
      shell('left', 'ls -A "$1"', env.RUNNER_TEMP),
    ])
    const made = result('main')
    expect(made).toMatchObject({ status: 0, table: {}, journals: [] })
    expect(made.outputs).toMatchObject({ sha256, flags: 'POCF', entry: 'qemu-aarch64', platforms: 'linux/arm64' })
    expect(made.outputs['with-qemu']).toMatch(/^\/.*\/setup-qemu-scope-\d+-\d+-\w{6}\/bin\/with-qemu$/)
    expect(made.path.trim().split('\n')).toContain(join(made.outputs['with-qemu'] ?? '', '..'))
    expect(JSON.parse(made.outputs.status ?? '{}')).toMatchObject({ ok: true, targets: [{ findings: [] }] })
    expect(annotations('warning', made)).toEqual([])
    expect(result('holders during').stdout.trim()).toBe('1')
    expect(result('inside').stdout).toMatch(
      new RegExp(`^setup-qemu probe 1 aarch64\n[\\s\\S]*word[\\s\\S]*\n${guest}\n`),
    )
    expect(result('outside')).toMatchObject({ status: 126 })
    expect(result('post of main').stdout).toContain('the private scope is closed')
    expect(result('holders after').stdout.trim()).toBe('0')
    expect(result('left').stdout).toBe('')
  })

  it('has two versions in one job: the later one is with-qemu, both have names', async () => {
    const env = own()
    const asks =
      'basename "$(readlink -f "$1")"; "$1" sh -c "cat /proc/sys/fs/binfmt_misc/qemu-aarch64" | grep interpreter'
    const folders = 'for folder in "$SCOPES"/setup-qemu-scope-*/bin; do ls "$folder"; done'
    const result = await playHere([
      as(guest, main({ ...isPrivate, 'qemu-version': '7.2' }, {}, 'old'), env),
      as(guest, main(isPrivate, {}, 'new'), env),
      as(guest, shell('names', folders), { SCOPES: env.RUNNER_TEMP }),
      as(guest, step('newest', `set -- "$(command -v with-qemu)"; ${asks}`), { SCOPES: env.RUNNER_TEMP }),
      as(guest, post('new'), env),
      as(guest, post('old'), env),
      named('holders after', holders),
    ])
    expect([result('old').outputs.sha256, result('new').outputs.sha256]).toEqual([old.sha256, sha256])
    expect(result('names').stdout.split('\n').sort().join(' ').trim()).toBe(
      'with-qemu with-qemu with-qemu-11.1.3 with-qemu-7.2.22',
    )
    expect(result('newest').stdout).toContain('/11.1.3/')
    expect(result('holders after').stdout.trim()).toBe('0')
  })

  it('leaves nothing when nothing is proven, and nothing when main is killed and its job ends', async () => {
    const env = own()
    const broken = { ...env, QEMU_CPU: 'no-such-processor' }
    const result = await playHere([
      as(guest, main(isPrivate), broken),
      named('holders of a red step', holders),
      shell('left', 'ls -A "$1"', env.RUNNER_TEMP),
      // the job is this shell: main is its child, and killed while its scope stands
      as(
        guest,
        shell(
          'job',
          `"$@" & main=$!
           until ls "$RUNNER_TEMP"/setup-qemu-scope-*/bin/with-qemu >/dev/null 2>&1; do sleep 0.02; done
           kill -STOP $main; ps -eo args | grep -c '^sh .*/[k]eeper keep'; kill -9 $main`,
          main().file,
          ...main().args,
        ),
        { ...env, ...main(isPrivate).env, ...env },
      ),
      shell('a while', untilClosed, env.RUNNER_TEMP),
      named('holders of an ended job', holders),
      named('left at last', shell('left', 'ls -A "$1" | grep -v probe', env.RUNNER_TEMP)),
    ])
    expect(result('main')).toMatchObject({ status: 1, outputs: { 'with-qemu': '' } })
    expect(result('holders of a red step').stdout.trim()).toBe('0')
    expect(result('left').stdout).toBe('')
    expect(result('job').stdout.trim().split('\n').at(-1)).toBe('1')
    expect(result('holders of an ended job').stdout.trim()).toBe('0')
    expect(result('left at last').stdout).toBe('')
  })

  it('is red and names the sysctl where user namespaces are switched off; if-unsupported passes over it', async () => {
    const env = own()
    const result = await playHere([
      shell('off', 'echo 0 > /proc/sys/user/max_user_namespaces'),
      as(guest, main(isPrivate), env),
      as(guest, main({ ...isPrivate, 'if-unsupported': 'skip' }, {}, 'skipped'), env),
      as(guest, cli('run', ['run', '--platform', 'arm64', '--', 'true']), env),
      shell('left', 'ls -A "$1"', env.RUNNER_TEMP),
    ])
    const [error] = annotations('error', result('main'))
    expect(error).toMatchObject({ title: 'setup-qemu: no-namespace' })
    expect(error?.text).toMatch(
      /No space left on device; user.max_user_namespaces is 0\nTo do: .*sysctl -w user.max_user/,
    )
    expect(result('skipped')).toMatchObject({ status: 0, outputs: { 'with-qemu': '', status: '' } })
    expect(result('run')).toMatchObject({ status: 125, stdout: '' })
    expect(result('run').stderr).toContain('user.max_user_namespaces is 0')
    expect(result('left').stdout).toBe('')
  })

  it('refuses what is about the table of the machine', async () => {
    const result = await playHere([
      as(guest, main({ ...isPrivate, 'survive-restart': 'true' }), own()),
      as(guest, main({ scope: 'privat' }, {}, 'misspelt'), own()),
    ])
    expect(annotations('error', result('main'))[0]?.text).toContain('survive-restart is true and scope is private')
    expect(annotations('error', result('misspelt'))[0]?.text).toContain('did you mean "private"?')
  })
})

describe('the command line', () => {
  it('has a scope that lasts until restore, beside the entries of the machine', async () => {
    const env = own()
    const result = await playHere([
      as(guest, cli('plan', ['setup', 'arm64', '--scope', 'private', '--dry-run']), env),
      as(guest, cli('setup', ['setup', 'arm64', '--scope', 'private', '--quiet']), { ...env, TMPDIR: env.RUNNER_TEMP }),
      named('holders during', holders),
      as(guest, cli('restore', ['restore']), env),
      named('holders after', holders),
      as(guest, cli('again', ['restore']), env),
    ])
    expect(result('plan').stdout).toContain('register qemu-aarch64 with flags POCF')
    const lines = result('setup').stdout.trim().split('\n')
    expect(lines.at(-1)).toMatch(/\/bin\/with-qemu$/)
    expect(existsSync(lines.at(-1) ?? '')).toBe(false)
    expect(result('holders during').stdout.trim()).toBe('1')
    expect(result('restore').stdout).toMatch(/^closed the private scope \//)
    expect(result('holders after').stdout.trim()).toBe('0')
    expect(result('again').stdout).toBe('nothing to restore\n')
  })
})

it('a folder whose holder was killed is swept by the next call; a new one, and one of another namespace, is not', async () => {
  const env = own()
  const script = `own=$(readlink /proc/self/ns/pid | tr -dc 0-9)-$(readlink /proc/self/ns/user | tr -dc 0-9)
    mkdir -p "$1/setup-qemu-scope-$own-oldabc/bin" "$1/setup-qemu-scope-$own-sixabc" "$1/setup-qemu-scope-1-1-foreig"
    touch -d '1 hour ago' "$1"/setup-qemu-scope-*-oldabc "$1"/setup-qemu-scope-1-1-foreig`
  const result = await playHere([
    as(guest, shell('folders', script, env.RUNNER_TEMP)),
    as(guest, cli('restore', ['restore']), env),
    shell('left', 'ls -A "$1"', env.RUNNER_TEMP),
  ])
  expect(result('folders').status).toBe(0)
  expect(result('left').stdout.trim().split('\n').sort()).toEqual([
    'setup-qemu-scope-1-1-foreig',
    expect.stringMatching(/-sixabc$/),
  ])
})

it('a set-up that is killed half-way leaves no scope, though its session goes on', async () => {
  const env = own()
  const setup = cli('setup', ['setup', 'arm64', '--scope', 'private', '--quiet'])
  const script = `"$@" & setup=$!
    until ls "$TMPDIR"/setup-qemu-scope-*/bin/with-qemu >/dev/null 2>&1; do sleep 0.02; done
    kill -STOP $setup; ps -eo args | grep -c '^sh .*/[k]eeper keep'; kill -9 $setup
    set -- "$TMPDIR"; ${untilClosed}; ps -eo args | grep -c '^sh .*/[k]eeper keep'; ls -d "$TMPDIR"/setup-qemu-scope-*`
  const session = shell(
    'session',
    'script=$1; shift; exec setsid --wait sh -c "$script" sh "$@"',
    script,
    setup.file,
    ...setup.args,
  )
  const result = await playHere([as(guest, session, { ...env, TMPDIR: env.RUNNER_TEMP })])
  expect(result('session').stdout).toBe('1\n0\n')
})

it('a scope can be opened in a scope, with-qemu tells how it is called, and the summary says how far it reaches', async () => {
  const env = own()
  const here = { ...env, TMPDIR: env.RUNNER_TEMP }
  const nested = cli('nested', ['setup', 'arm64', '--scope', 'private', '--qemu-version', '7.2', '--quiet'])
  const inside = `inner=$("$@" | tail -n 1)
    "$inner" grep interpreter /proc/sys/fs/binfmt_misc/qemu-aarch64
    grep interpreter /proc/sys/fs/binfmt_misc/qemu-aarch64
    echo "$inner" >"$TMPDIR/inner"`
  const script = `outer=$(ls "$TMPDIR"/*/bin/with-qemu)
    "$outer" sh -c "$@"; inner=$(cat "$TMPDIR/inner")
    "$inner" grep interpreter /proc/sys/fs/binfmt_misc/qemu-aarch64
    "$outer" "$inner" true`
  const result = await playHere([
    as(guest, main(isPrivate), here),
    as(guest, step('help', 'with-qemu --help'), { ...here, SCOPES: env.RUNNER_TEMP }),
    as(guest, shell('both', script, inside, 'sh', nested.file, ...nested.args), here),
    as(guest, post(), env),
  ])
  expect(result('main').summary).toContain('they run the programs of commands under with-qemu, and of nothing else')
  expect(result('help')).toMatchObject({ status: 0, stderr: '' })
  expect(result('help').stdout).toMatch(/^with-qemu \[--as-root\] \[--\] COMMAND \[ARGUMENT...\]\n/)
  const versions = [...result('both').stdout.matchAll(/setup-qemu\/([\d.]+)\//g)].map(([, version]) => version)
  expect(versions).toEqual(['7.2.22', '11.1.3', '7.2.22'])
  expect(result('both')).toMatchObject({ status: 125 })
  expect(result('both').stderr).toBe('with-qemu: a command in one private scope cannot enter another\n')
})

it('says what is wrong with the folder for its program', async () => {
  const env = own()
  const setup = cli('setup', ['setup', 'arm64', '--scope', 'private', '--quiet'])
  const result = await playHere([
    shell('folder', 'mkdir /run/noexec; mount -t tmpfs -o noexec,mode=1777 tmpfs /run/noexec'),
    as(guest, named('noexec', setup), { ...env, RUNNER_TEMP: '', TMPDIR: '/run/noexec' }),
    as(guest, named('none', setup), { ...env, RUNNER_TEMP: '', TMPDIR: '/run/none' }),
    shell('left', 'ls -A /run/noexec'),
  ])
  expect(result('noexec')).toMatchObject({ status: 1, stdout: '' })
  expect(result('noexec').stderr).toMatch(
    /^error: starting \/run\/noexec\/.* failed: EACCES.*\nto do: let TMPDIR name.*#no-namespace$/ms,
  )
  expect(result('none').stderr).toMatch(
    /^error: there is no folder for .*tried \/run\/none: ENOENT\nto do: let TMPDIR name/,
  )
  expect(result('left').stdout).toBe('')
})

it('restore in another user namespace, as a container of the same user, closes none of this one', async () => {
  const inner = 'exec unshare --user --map-root-user "$1" "$2" restore --all'
  const result = await playHere([
    as(guest, cli('setup', ['setup', 'arm64', '--scope', 'private'])),
    as(guest, shell('inner', inner, machineNode, `${dist}/cli/index.js`)),
    holders,
    as(guest, cli('restore', ['restore'])),
  ])
  expect(result('setup').status).toBe(0)
  expect(result('inner')).toMatchObject({ status: 0, stdout: 'nothing to restore\n' })
  expect(result('holders').stdout.trim()).toBe('1')
  expect(result('restore').stdout).toMatch(/^closed the private scope \//)
})
