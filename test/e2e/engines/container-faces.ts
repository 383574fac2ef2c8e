// `method: container` through the built command line and the built action, on a table that others use already. Runs inside test/support/engines/engine.sh.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { registerLine } from '../../../src/core/model/entry.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { binfmtFolder, tableByPrecedence } from '../../../src/system/binfmt.js'
import { imageVersion, makeImage, startDocker, stopped } from '../../support/engines/engine.js'
import { emulator, warmCache } from '../../support/programs/emulators.js'
import { node24 } from '../../support/runner/node24.js'
import { checker, expectEqual } from '../check.js'
import type { JobReport, JobWish } from '../storms/job.js'

const [results = '', current = ''] = process.argv.slice(2)
const dist = resolve(process.env.SETUP_QEMU_DIST ?? 'dist')
const check = checker(results)
const theirs = emulator('aarch64', imageVersion).sha256

function cli(...words: string[]) {
  const { stdout, stderr, status } = spawnSync(node24, [join(dist, 'cli/index.js'), ...words, '--json'], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: warmCache },
  })
  return { status, stderr, ...JSON.parse(stdout) }
}

const setup = (...words: string[]) => cli('setup', 'arm64', '--method', 'container', '--offline', ...words)

function table(): Record<string, string> {
  const entries = tableByPrecedence().map(({ name }) => [name, readFileSync(join(binfmtFolder, name), 'utf8')])
  return Object.fromEntries(entries.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)))
}

/** What others have registered. */
function register(): void {
  const { magic, mask } = targetNamed('aarch64')
  const entry = { name: 'qemu-aarch64', interpreter: current, flags: 'PF', offset: 0, magic, mask }
  writeFileSync(join(binfmtFolder, 'register'), registerLine(entry))
}

/** Each scene starts with a foreign entry of another version and ends with exactly that. */
async function scene(name: string, work: () => Promise<string> | string): Promise<void> {
  await check(name, async () => {
    register()
    const before = table()
    try {
      const seen = await work()
      expectEqual(table(), before)
      return seen
    } finally {
      cli('restore')
      for (const left of Object.keys(table())) writeFileSync(join(binfmtFolder, left), '-1')
    }
  })
}

function proven(engine: string) {
  return () => {
    const { status, ok, image, stderr, targets } = setup('--image', 'multiarch:1', '--container-engine', engine)
    expectEqual([status, ok, targets[0].state, targets[0].locator], [0, true, 'emulated', 'container'])
    expectEqual([targets[0].qemuVersion, targets[0].flags, targets[0].entry], ['7.2.22', 'OCF', 'qemu-aarch64'])
    expectEqual([targets[0].sha256, targets[0].proof.fingerprint, targets[0].proof.chroot], [theirs, theirs, true])
    expectEqual(image.asked, 'docker.io/library/multiarch:1')
    expectEqual(/named without its digest/.test(stderr), true)
    const { removed, putBack } = cli('restore')
    expectEqual([removed, putBack], [['qemu-aarch64'], ['qemu-aarch64']])
    return `${targets[0].qemuVersion} ${targets[0].proof.fingerprint.slice(0, 16)} by ${engine}`
  }
}

function job(inputs: Record<string, string>): JobReport {
  const folder = mkdtempSync('/run/engine/job-')
  const report = join(folder, 'report.json')
  const wish: JobWish = { dist, inputs, cache: warmCache, workMs: 0, killMainMs: null, report }
  execFileSync(process.execPath, ['build/test/e2e/storms/job.js', JSON.stringify(wish)], { stdio: 'inherit' })
  return JSON.parse(readFileSync(report, 'utf8'))
}

const inputs = { platforms: 'arm64', method: 'container', image: 'multiarch:1', offline: 'true' }

const docker = await startDocker()
for (const archive of [
  await makeImage('multiarch', { program: 'register' }),
  await makeImage('tonistiigi', { program: 'binfmt' }),
])
  for (const engine of ['docker', 'podman']) execFileSync(engine, ['load', '--input', archive], { stdio: 'ignore' })
// podman keeps what it loads under a host of its own
for (const name of ['multiarch:1', 'tonistiigi:1']) execFileSync('podman', ['tag', name, `docker.io/library/${name}`])

await scene('command line, docker: what the container registered is proven and put back', proven('docker'))
await scene('command line, podman: what the container registered is proven and put back', proven('podman'))
await scene('command line: another version than asked for is red', () => {
  const { status, targets } = setup('--image', 'multiarch:1', '--qemu-version', '11')
  expectEqual([status, targets[0].findings[0].code], [1, 'wrong-version'])
  expectEqual(cli('restore').status, 0)
  return targets[0].findings[0].reason
})
await scene('command line: another hash than asked for is red', () => {
  const { status, targets } = setup('--image', 'multiarch:1', '--sha256', 'a'.repeat(64))
  expectEqual([status, targets[0].findings[0].code], [1, 'wrong-emulator'])
  expectEqual(cli('restore').status, 0)
  return targets[0].findings[0].reason
})
await scene('command line: an image that keeps an older entry with another emulator is red', () => {
  const { status, targets } = setup('--image', 'tonistiigi:1')
  const [{ code, reason }] = targets[0].findings
  expectEqual([status, code], [1, 'container-made-nothing'])
  expectEqual(/container said: installing: arm64 qemu-aarch64 already registered$/.test(reason), true)
  return reason
})
await scene('command line, --reset: the older entry goes first, and is put back', () => {
  const { status, targets } = setup('--image', 'tonistiigi:1', '--reset')
  expectEqual([status, targets[0].state, targets[0].proof.fingerprint], [0, 'emulated', theirs])
  const { removed, putBack } = cli('restore')
  expectEqual([removed, putBack], [['qemu-aarch64'], ['qemu-aarch64']])
  return `${targets[0].qemuVersion} ${theirs.slice(0, 16)}`
})
for (const engine of ['docker', 'podman'])
  await scene(`command line, ${engine}: all, over what an earlier job left of the same image, is green`, () => {
    writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '-1')
    const asOthersDo = ['run', '--rm', '--privileged', '--network', 'none', 'tonistiigi:1', '--install', 'arm64,s390x']
    execFileSync(engine, asOthersDo, { stdio: 'ignore' })
    const words = ['--method', 'container', '--image', 'tonistiigi:1', '--container-engine', engine, '--offline']
    for (const _ of ['once', 'twice']) {
      const { status, targets } = cli('setup', 'all', ...words)
      const emulated = targets.filter(({ state }: { state: string }) => state !== 'native')
      const states = Object.fromEntries(emulated.map(({ target, state }: Record<string, string>) => [target, state]))
      const made = _ === 'once' ? 'emulated' : 'kept'
      expectEqual([status, states], [0, { arm: made, s390x: 'kept', aarch64: 'kept', riscv64: made }])
    }
    expectEqual(
      [cli('restore').removed.sort(), Object.keys(table())],
      [
        ['qemu-arm', 'qemu-riscv64'],
        ['qemu-aarch64', 'qemu-s390x'],
      ],
    )
    for (const name of Object.keys(table())) writeFileSync(join(binfmtFolder, name), '-1')
    register()
    return 'what was there is kept, the rest is made, twice'
  })
await scene('command line: the flag C that was not asked for is red', () => {
  writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '-1')
  const { status, targets } = setup('--image', 'tonistiigi:1', '--no-credentials')
  expectEqual([status, targets[0].findings[0].code], [1, 'wrong-flags'])
  expectEqual([cli('restore').status, table()], [0, {}])
  register()
  return targets[0].findings[0].reason
})
await scene('action: main and post', () => {
  const { main, status, log, post, postLog } = job(inputs)
  expectEqual([main, post], [0, 0])
  const [target] = JSON.parse(status).targets
  expectEqual([target.state, target.proof.fingerprint], ['emulated', theirs])
  expectEqual(/::warning::docker\.io\/library\/multiarch:1 is run with all rights/.test(log), true)
  expectEqual(/put back qemu-aarch64/.test(postLog), true)
  return 'green, and everything put back by post'
})
await scene('action: an engine that is not there is one clear error', () => {
  const { main, log } = job({ ...inputs, 'container-engine': 'nerdctl' })
  expectEqual([main, /::error title=setup-qemu%3A no-engine::/.test(log)], [1, true])
  return 'no-engine'
})
await stopped(docker)
await scene('command line: the daemon does not run', () => {
  const { status, error } = setup('--image', 'multiarch:1', '--container-engine', 'docker')
  expectEqual([status, error.code], [1, 'engine-failed'])
  return error.message
})
