// The story itself; runs in a namespace in which all ids are mapped and binfmt_misc is private (test/support/kernel/range.sh).
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { registerLine } from '../../src/core/model/entry.js'
import { targetNamed } from '../../src/core/model/targets.js'
import { binfmtFolder } from '../../src/system/binfmt.js'
import { catalog } from '../../src/system/machine.js'
import { sha256OfFile } from '../../src/system/regular-file.js'
import { emulator, warmCache } from '../support/programs/emulators.js'
import { checker, expectEqual } from './check.js'

const [results = '', root = '', old = '', current = ''] = process.argv.slice(2)
const dist = process.env.SETUP_QEMU_DIST ?? 'dist'
const check = checker(results)

function cli(...args: string[]): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, [join(dist, 'cli/index.js'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: warmCache },
  })
  return { status, stdout }
}

// container=lxc: debootstrap must not try to make devices, which no user namespace allows; the first stage has made them
const guestEnv = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C', container: 'lxc' }

function guest(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('chroot', [root, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...guestEnv },
    maxBuffer: 1 << 26,
  })
  return { status, output: `${stdout}${stderr}`.trim() }
}

/** SHA-256 and path of what really runs an arm64 program of the root, looked at from outside while it sleeps. */
async function whatRuns(): Promise<{ sha256: string; path: string }> {
  const child = spawn('chroot', [root, '/bin/sleep', '20'], { stdio: 'ignore', env: { ...process.env, ...guestEnv } })
  try {
    const link = `/proc/${child.pid}/exe`
    // until the emulator runs, the process is this program, then chroot
    for (let tries = 0; tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 25))
      const path = readlinkSync(link)
      if (/qemu/.test(path)) return { sha256: sha256OfFile(link), path }
    }
    throw new Error('no emulator appeared')
  } finally {
    child.kill('SIGKILL')
  }
}

function names(): string {
  return readdirSync(binfmtFolder)
    .filter((name) => name !== 'register' && name !== 'status')
    .join(' ')
}

function setup(version: string): string {
  const { status, stdout } = cli('setup', 'arm64', '--qemu-version', version, '--json')
  expectEqual(status, 0)
  const [target] = JSON.parse(stdout).targets
  expectEqual(target.qemuVersion, version)
  expectEqual(target.proof.fingerprint, emulator('aarch64', version).sha256)
  expectEqual(target.proof.chroot, true)
  return `${version} ${target.proof.fingerprint.slice(0, 16)} as ${target.entry}`
}

async function expectRunning(version: string): Promise<string> {
  const { sha256, path } = await whatRuns()
  expectEqual(sha256, emulator('aarch64', version).sha256)
  return `${version} ${sha256.slice(0, 16)} ${path.split('/').slice(-3).join('/')}`
}

async function debianRoot(): Promise<void> {
  await check('an arm64 program is refused before setup', () => {
    const { status, output } = guest('/bin/true')
    expectEqual([status, /Exec format error/.test(output)].join(), '126,true')
    return output
  })
  await check('setup arm64', () => setup(catalog.default))
  await check('second stage of debootstrap in the chroot', () => {
    const { status, output } = guest('/debootstrap/debootstrap', '--second-stage')
    const last = output.split('\n').at(-1) ?? ''
    if (status !== 0) throw new Error(last)
    expectEqual(existsSync(join(root, 'debootstrap')), false)
    return last
  })
  await check('programs of the root do their work', () => {
    expectEqual(guest('/usr/bin/dpkg', '--print-architecture').output, 'arm64')
    expectEqual(guest('/bin/uname', '-m').output, 'aarch64')
    expectEqual(guest('/usr/bin/perl', '-e', 'my $s = 0; $s += $_ * $_ for 1..1000; print $s').output, '333833500')
    expectEqual(guest('/bin/sh', '-c', 'exit 42').status, 42)
    return `${guest('/bin/sh', '-c', 'dpkg -l | grep -c ^ii').output} packages installed`
  })
  await check('what runs is the emulator asked for', () => expectRunning(catalog.default))
  await check('after restore it is refused again, the table is empty', () => {
    expectEqual(cli('restore').status, 0)
    expectEqual(guest('/bin/true').status, 126)
    expectEqual(names(), '')
    return 'refused'
  })
}

/** A host where somebody registered one version; setup asks for another. */
async function inTurn(theirs: string, path: string, ours: string): Promise<void> {
  const { magic, mask } = targetNamed('aarch64')
  const entry = { name: 'qemu-aarch64', interpreter: path, flags: 'POCF', offset: 0, magic, mask }
  writeFileSync(join(binfmtFolder, 'register'), registerLine(entry))
  const text = readFileSync(join(binfmtFolder, entry.name), 'utf8')
  await check(`the host has QEMU ${theirs}`, () => expectRunning(theirs))
  await check(`setup asks for ${ours}`, () => setup(ours))
  await check(`${ours} runs the root's programs`, () => expectRunning(ours))
  await check(`after restore ${theirs} runs again, its entry untouched`, async () => {
    expectEqual(cli('restore').status, 0)
    expectEqual(readFileSync(join(binfmtFolder, entry.name), 'utf8'), text)
    expectEqual(names(), 'qemu-aarch64')
    return expectRunning(theirs)
  })
  writeFileSync(join(binfmtFolder, entry.name), '-1')
}

await debianRoot()
await inTurn('7.2.22', old, catalog.default)
await inTurn(catalog.default, current, '7.2.22')
await check('nothing is left in the table or under /run', () => {
  expectEqual(names(), '')
  expectEqual(existsSync('/run/setup-qemu') ? readdirSync('/run/setup-qemu').join(' ') : '', '')
  return 'empty'
})
