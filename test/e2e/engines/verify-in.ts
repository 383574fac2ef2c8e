// `verify-in` through the built command line, in real engines: rootful docker and podman, podman as an ordinary user, daemons in namespaces of their
// own. Whatever comes of it, the engines have afterwards what they had before. Runs inside test/support/engines/engine.sh.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { registerLine } from '../../../src/core/model/entry.js'
import { platformOf, targetNamed } from '../../../src/core/model/targets.js'
import { binfmtFolder } from '../../../src/system/binfmt.js'
import { startDocker, stopped } from '../../support/engines/engine.js'
import { asPodUser, call, rootlessEnvironment } from '../../support/engines/engine-call.js'
import { prepareShare } from '../../support/engines/pod-engine.js'
import { emulator } from '../../support/programs/emulators.js'
import { checker, expectEqual } from '../check.js'
import { cli, held, inContainers, setup, startElsewhere } from './verify-call.js'
import { ended, killed, swept } from './verify-end.js'

const [results = '', current = '', old = ''] = process.argv.slice(2)
const check = checker(results)
const { sha256 } = emulator('aarch64')

function register(target: string, interpreter: string, flags: string): void {
  const { magic, mask } = targetNamed(target)
  const entry = { name: `qemu-${target}`, interpreter, flags, offset: 0, magic, mask }
  writeFileSync(join(binfmtFolder, 'register'), registerLine(entry))
}

function remove(target: string): void {
  writeFileSync(join(binfmtFolder, `qemu-${target}`), '-1')
}

/** Something that leaves each engine with what it had. */
async function scene(name: string, work: () => Promise<string> | string): Promise<void> {
  await check(name, async () => {
    const before = held()
    try {
      return await work()
    } finally {
      expectEqual(cli('restore').status, 0)
      expectEqual(held(), before)
    }
  })
}

function green(engines: string, platforms = ['arm64'], env: NodeJS.ProcessEnv = {}) {
  return () => {
    const { status, ok, targets, stderr } = setup(platforms, ['--verify-in', engines], env)
    const expected = Object.fromEntries(engines.split(',').map((engine) => [engine, true]))
    expectEqual([status, ok, stderr.includes('warning')], [0, true, false])
    for (const { proof, sha256: asked } of targets)
      expectEqual([proof.containers, proof.fingerprint], [expected, asked])
    return `${targets.map((one: { target: string }) => one.target).join(', ')} in ${engines}`
  }
}

interface Red {
  readonly code: string
  readonly reason: RegExp
  readonly env?: NodeJS.ProcessEnv
  readonly wrapper?: readonly string[]
}

/** One finding, and an entry that does not stay. */
function red(engine: string, { code, reason, env = {}, wrapper = [] }: Red) {
  return () => {
    const { status, targets } = setup(['arm64'], ['--verify-in', engine], env, wrapper)
    const [target] = targets
    expectEqual([status, target.state, target.proof.direct], [1, 'failed', true])
    const said = target.findings.map((one: { code: string; reason: string }) => `${one.code}: ${one.reason}`).join('; ')
    if (!said.startsWith(`${code}: `) || !reason.test(target.findings[0].reason)) throw new Error(`it said ${said}`)
    expectEqual([target.proof.containers, target.findings.length], [{ [engine]: false }, 1])
    expectEqual(spawnSync('ls', [binfmtFolder], { encoding: 'utf8' }).stdout, 'register\nstatus\n')
    return target.findings[0].reason
  }
}

function refused(engine: string, code: string, words: RegExp, env: NodeJS.ProcessEnv = {}) {
  return () => {
    const { status, error } = setup(['arm64'], ['--verify-in', engine], env)
    expectEqual([status, error?.code], [1, code])
    if (!words.test(error.message)) throw new Error(`the message is: ${error.message}`)
    return error.message
  }
}

/** An ordinary user without sudo, for whom the entry is there already. */
function asUser(expected: object, reason?: RegExp) {
  return () => {
    register('aarch64', current, 'POCF')
    try {
      const words = ['--if-registered', 'keep', '--verify-in', 'podman']
      const { targets } = setup(['arm64'], words, rootlessEnvironment(), asPodUser)
      const codes = targets[0].findings.map((one: { code: string }) => one.code)
      const { state, proof } = targets[0]
      expectEqual({ state, containers: proof.containers, codes }, expected)
      const said: string = targets[0].findings[0]?.reason ?? ''
      if (reason !== undefined && !reason.test(said)) throw new Error(`the reason is: ${said}`)
      return said || 'green, in a container of rootless podman'
    } finally {
      remove('aarch64')
    }
  }
}

/** The proof alone, on a table that is made by hand. */
function byHand(
  engine: 'docker' | 'podman',
  flags: string | null,
  interpreter: string,
  expected: readonly [string, RegExp] | null,
) {
  return async () => {
    if (flags !== null) register('aarch64', interpreter, flags)
    try {
      const { proven, findings } = await inContainers(engine, platformOf('arm64'), sha256)
      expectEqual(proven, { [engine]: expected === null })
      const said = JSON.stringify(findings)
      if (expected !== null) expectEqual([findings[0]?.kind, expected[1].test(said)], [expected[0], true])
      return said
    } finally {
      if (flags !== null) remove('aarch64')
    }
  }
}

async function inOneTable(): Promise<void> {
  await scene('docker and podman: the emulator that was proven runs in both', green('docker,podman'))
  await scene('a target that OCI has no name for', green('docker,podman', ['mipsn32el', 'linux/arm/v6']))
  for (const engine of ['docker', 'podman'] as const) {
    await scene(`${engine}, by hand: an entry with F`, byHand(engine, 'POCF', current, null))
    await scene(`${engine}, by hand: no entry`, byHand(engine, null, '', ['engine-fails', /exec format error/i]))
    await scene(
      `${engine}, by hand: an entry without F`,
      byHand(engine, 'PO', current, ['engine-fails', /no such file/i]),
    )
    await scene(
      `${engine}, by hand: another emulator`,
      byHand(engine, 'POCF', old, ['wrong-emulator', /"where":"(docker|podman)".*"version":"7\.2\.22"/]),
    )
  }
  await scene('docker: ended by SIGTERM while an image is there', ended('SIGTERM', 'images'))
  await scene('docker: ended by SIGINT while a container runs', ended('SIGINT', 'ps'))
  await scene('docker: kill -9, and the next run removes what was left', killed)
  await scene('docker: kill -9 of the action’s main step, and post removes what was left', swept)
}

async function elsewhere(): Promise<void> {
  const another = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c']
  const fake =
    'echo 00000000-0000-4000-8000-000000000000 >/run/boot && mount --bind /run/boot /proc/sys/kernel/random/boot_id && exec "$@"'
  const booted = [...another, fake, 'sh']
  const reason = /^docker \(context default, unix:.*its boot id is .* here it is 00000000-0000-4000-8000-000000000000/
  await scene(
    'docker: a kernel of the same release that was booted elsewhere',
    red('docker', { code: 'engine-elsewhere', reason, wrapper: booted }),
  )
  const release = {
    code: 'engine-elsewhere',
    reason: /its release is 6\..*here it is 2\.6/,
    wrapper: ['setarch', '--uname-2.6'],
  }
  await scene('docker: a kernel of another release', red('docker', release))
  await scene(
    'podman: a kernel of the same release that was booted elsewhere',
    red('podman', {
      code: 'engine-elsewhere',
      reason: /^podman runs its containers under another kernel: its boot id/,
      wrapper: booted,
    }),
  )
}

async function inOwnTables(): Promise<void> {
  const there = await startElsewhere()
  const env = { DOCKER_HOST: there.host }
  const fails = { code: 'engine-fails', reason: /exec format error.*in another user namespace/i, env }
  await scene('a daemon in another user namespace, with a table of its own: nothing there', red('docker', fails))
  there.register(registerLine({ name: 'q', interpreter: old, flags: 'F', offset: 0, ...ruleOf('aarch64') }))
  const wrong = { code: 'wrong-emulator', reason: /in a container of docker: expected .* got .*QEMU 7\.2\.22/, env }
  await scene('a daemon in another user namespace, with a table of its own: another QEMU', red('docker', wrong))
  await there.stop()
}

function ruleOf(target: string) {
  const { magic, mask } = targetNamed(target)
  return { magic, mask }
}

async function rootless(): Promise<void> {
  prepareShare()
  const proven = { state: 'kept', containers: { podman: true }, codes: [] }
  await scene('podman as a user without root: green with the entry of the machine', asUser(proven))
  call('rootless', ['unshare', 'mount', '-t', 'binfmt_misc', 'binfmt_misc', binfmtFolder])
  const failed = { state: 'failed', containers: { podman: false }, codes: ['engine-fails'] }
  await scene('podman as a user, with a table of its own', asUser(failed, /in another user namespace/))
}

const docker = await startDocker()
await inOneTable()
await elsewhere()
await rootless()
await stopped(docker)
await scene(
  'docker: the daemon does not run',
  refused('docker', 'engine-failed', /verify-in names docker, which is here, but: .*Cannot connect/),
)
await scene('nerdctl: it is not here', refused('nerdctl', 'no-engine', /PATH has no program of that name/))
const nested = await startDocker(['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'])
await scene('docker: a daemon whose processes have other numbers', green('docker'))
// unshare lets SIGTERM pass by while it waits
nested.kill('SIGKILL')
await once(nested, 'exit')
await inOwnTables()
