// Real engines and images that register emulators, on a table that others use already: what the container did counts only for what was asked,
// and afterwards the table is what it was. Runs inside test/support/engines/engine.sh.
import { execFileSync, spawnSync } from 'node:child_process'
import { alikeTargets, imageVersion, makeImage, startDocker, stopped } from '../../support/engines/engine.js'
import { emulator } from '../../support/programs/emulators.js'
import { expectEqual } from '../check.js'
import { denied, indistinguishable, killed, lost, overTime, pinned } from './engine-scenes.js'
import { byName, check, expectRuns, restore, scene, table, wish } from './engine-table.js'

/** An engine with multiarch's image: all is reset, and only what was asked for stays. */
function multiarch(engine: string, asked: string | null = engine) {
  return (before: [string, string][]) => {
    const done = wish({ image: 'multiarch:1', engine: asked })
    expectEqual([done.error, done.engine, Object.keys(done.entries)], [undefined, engine, ['aarch64']])
    expectEqual([done.entries.aarch64.name, done.entries.aarch64.flags], ['qemu-aarch64', 'OCF'])
    expectRuns(done, 'aarch64', imageVersion)
    const now = table()
    const others = (entries: readonly [string, string][]) => byName(entries.filter(([one]) => one !== 'qemu-aarch64'))
    expectEqual(others(now), others(before))
    const { status, removed, putBack, warnings } = restore()
    expectEqual([status, removed, putBack, warnings], [0, ['qemu-aarch64'], ['qemu-aarch64'], []])
    return `QEMU ${imageVersion} ran; ${now.length} entries meanwhile, as many as before`
  }
}

/** tonistiigi's image keeps what has the name, and lacks one of three: which emulators it has is read out of it. */
function tonistiigi(engine: string) {
  return () => {
    const done = wish({ image: 'tonistiigi:1', engine, targets: ['arm', 'riscv64', 'ppc64le'] })
    expectEqual([done.error, Object.keys(done.entries), done.entries.arm.flags], [undefined, ['arm'], 'POCF'])
    expectRuns(done, 'arm', imageVersion)
    expectRuns(done, 'riscv64', 'default')
    const { riscv64, ppc64le } = done.unregistered
    const { sha256 } = emulator('riscv64', imageVersion)
    expectEqual(riscv64, {
      emulator: { kind: 'has', path: '/usr/bin/qemu-riscv64', sha256 },
      said: ['installing: riscv64 qemu-riscv64 already registered'],
    })
    expectEqual([ppc64le.emulator.kind, ppc64le.said.length], ['lacks', 1])
    expectEqual(execFileSync(engine, ['ps', '--all', '--quiet'], { encoding: 'utf8' }), '')
    expectEqual(restore().removed, ['qemu-arm'])
    return `${riscv64.said[0]}; in the image ${riscv64.emulator.sha256.slice(0, 16)}; ${ppc64le.emulator.reason}`
  }
}

/** A reset by tonistiigi's image: what has the name goes first, and is there again afterwards. */
function reset(engine: string) {
  return () => {
    const done = wish({ image: 'tonistiigi:1', engine, targets: ['aarch64', 'riscv64'], reset: true })
    expectEqual([done.error, Object.keys(done.entries), done.unregistered], [undefined, ['aarch64', 'riscv64'], {}])
    for (const target of ['aarch64', 'riscv64']) expectRuns(done, target, imageVersion)
    const { status, removed, putBack, warnings } = restore()
    expectEqual([status, removed.sort(), warnings], [0, ['qemu-aarch64', 'qemu-riscv64'], []])
    expectEqual(putBack, ['qemu-aarch64', 'qemu-riscv64'])
    return putBack.join(', ')
  }
}

/** Two rules of one image that do not tell their programs apart. */
function hidden(engine: string) {
  return () => {
    const done = wish({ image: 'alike:1', engine, targets: ['mips'] })
    const { own, by } = done.hidden.mips
    expectEqual([done.error, done.entries, own.name, by.name], [undefined, {}, 'qemu-mips', 'qemu-mipsn32'])
    expectEqual(done.runs.mips.kind, 'ended')
    expectEqual(restore().removed.sort(), ['qemu-mips', 'qemu-mipsn32'])
    return `${own.name} (${own.interpreter}) behind ${by.name} (${by.interpreter})`
  }
}

async function withDocker(): Promise<void> {
  await scene(
    'docker, multiarch: only the target asked for is left changed, and only until restore',
    multiarch('docker'),
  )
  await scene('docker, tonistiigi: an entry that was kept counts as not made', tonistiigi('docker'))
  await scene('docker, tonistiigi: a reset', reset('docker'))
  await scene('docker, multiarch: an entry that the image hides behind another', hidden('docker'))
  await scene('docker, multiarch: all that was replaced comes back in its order', (before) => {
    const done = wish({ image: 'multiarch:1', targets: ['aarch64', 'riscv64', 's390x'], credentials: false })
    const flags = Object.values<{ flags: string }>(done.entries).map((entry) => entry.flags)
    expectEqual(flags, ['F', 'F', 'F'])
    const { putBack } = restore()
    expectEqual(putBack, ['qemu-aarch64', 'qemu-riscv64', 'qemu-s390x'])
    const order = (entries: readonly [string, string][]) =>
      entries.map(([name]) => name).filter((name) => putBack.includes(name))
    expectEqual(order(table()), order(before))
    return putBack.join(', ')
  })
  await check(
    'docker, multiarch: a foreign entry whose emulator was deleted meanwhile is named, the rest is put back',
    lost,
  )
  await check(
    'docker, multiarch: entries of an image of the same words stay, as nothing else could be had',
    indistinguishable,
  )
  await scene('docker: a container that ends with 1 leaves nothing', () => {
    const { error } = wish({ image: 'failing:1' })
    expectEqual(
      [error.code, /exit status 1; it said: .*ends as it was told/.test(error.message)],
      ['engine-failed', true],
    )
    return error.message
  })
  await scene('docker: an image that does neither is refused before it runs', () => {
    const { error } = wish({ image: 'other:1' })
    expectEqual(error.code, 'invalid-image')
    return error.message
  })
  await scene('docker: an image that is nowhere', () => {
    const { error } = wish({ image: 'localhost:1/none:1', offline: false })
    expectEqual(error.code, 'engine-failed')
    expectEqual(wish({ image: 'localhost:1/none:1' }).error.code, 'offline')
    return error.message
  })
  await scene('docker: kill -9 while the container works', killed)
  await check('docker: a container over its time limit does not stay', overTime)
  await scene('docker: a tag is pulled and its digest told; a digest is not pulled twice', pinned)
  await scene('docker: a user who may not open the socket', denied)
}

async function withoutDocker(): Promise<void> {
  await scene('docker: the daemon does not run', () => {
    const { error } = wish({ image: 'multiarch:1', engine: 'docker' })
    expectEqual([error.code, /docker is here, but: .*Cannot connect/i.test(error.message)], ['engine-failed', true])
    return error.message
  })
  await scene('no engine is named and docker does not run: podman is taken', multiarch('podman', null))
  await scene('podman, multiarch', multiarch('podman'))
  await scene('podman, tonistiigi', tonistiigi('podman'))
  await scene('podman, tonistiigi: a reset', reset('podman'))
  await scene('an engine that is not there', () => {
    const { error } = wish({ image: 'multiarch:1', engine: 'nerdctl' })
    expectEqual([error.code, error.message.includes('nerdctl')], ['no-engine', true])
    return error.message
  })
  await scene('no engine at all', () => {
    const { error } = wish({ image: 'multiarch:1' }, [], { ...process.env, PATH: '/nowhere' })
    expectEqual([error.code, error.message.includes('docker, podman, nerdctl')], ['no-engine', true])
    return error.message
  })
}

async function loaded(...commands: readonly string[]): Promise<void> {
  const images = [
    await makeImage('multiarch', { program: 'register' }),
    await makeImage('tonistiigi', { program: 'binfmt' }),
    await makeImage('alike', { program: 'register', targets: alikeTargets }),
    await makeImage('failing', { program: 'register', status: 1 }),
    await makeImage('slow', { program: 'register', wait: 60 }),
    await makeImage('other', { program: 'other' }),
  ]
  for (const image of images)
    for (const engine of commands) execFileSync(engine, ['load', '--input', image], { stdio: 'ignore' })
}

const docker = await startDocker()
await loaded('docker', 'podman')
await withDocker()
await stopped(docker)
const weak = await startDocker(['setpriv', '--bounding-set', '-sys_resource', '--inh-caps', '-sys_resource'])
execFileSync('docker', ['load', '--input', '/run/engine/multiarch.tar'], { stdio: 'ignore' })
await scene('docker without CAP_SYS_RESOURCE, which --privileged wants to give', (before) => {
  const plain = spawnSync('docker', ['run', '--rm', '--network', 'none', '--privileged', 'multiarch:1'])
  expectEqual([plain.status, /unable to apply caps/.test(String(plain.stderr))], [125, true])
  return multiarch('docker')(before)
})
await stopped(weak)
await withoutDocker()
