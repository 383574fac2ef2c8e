// Scenes in which something is in the way: emulators that are gone, a call that is killed, a registry that stops, a user without rights.
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Engine } from '../../../src/containers/engine.js'
import { tableByPrecedence } from '../../../src/system/binfmt.js'
import { acquireRoot } from '../../../src/system/root.js'
import { imageVersion, startRegistry, stopped } from '../../support/engines/engine.js'
import { freeIds } from '../../support/kernel/free-ids.js'
import { silentLog } from '../../support/programs/emulators.js'
import { expectEqual } from '../check.js'
import {
  byName,
  current,
  driver,
  emptied,
  expectRuns,
  foreigners,
  remove,
  restore,
  table,
  wish,
  wordsOf,
} from './engine-table.js'

const registryPort = 5077

export function lost(): string {
  const copy = '/run/engine/foreign-qemu'
  copyFileSync(current, copy)
  foreigners(copy)
  const rest = () => byName(table().filter(([name]) => name !== 'qemu-aarch64'))
  const before = rest()
  try {
    wish({ image: 'multiarch:1', targets: ['aarch64', 'riscv64'] })
    rmSync(copy)
    const { status, putBack, warnings } = restore()
    expectEqual([status, putBack, warnings.length], [1, ['qemu-riscv64'], 1])
    expectEqual([warnings[0].includes(copy), warnings[0].includes('ENOENT')], [true, true])
    expectEqual(rest(), before)
    expectEqual([restore().status, restore().warnings], [0, []])
    return warnings[0]
  } finally {
    emptied()
  }
}

export function indistinguishable(): string {
  const rights = ['--network', 'none', '--privileged']
  execFileSync('docker', ['run', '--rm', ...rights, 'multiarch:1', '--reset', '-p', 'yes', '-c', 'yes'])
  const before = table()
  const inodes = () => tableByPrecedence().map(({ inode }) => inode)
  const first = inodes()
  try {
    const done = wish({ image: 'multiarch:1' })
    expectEqual(Object.keys(done.entries), ['aarch64'])
    expectRuns(done, 'aarch64', imageVersion)
    expectEqual(
      inodes().some((inode) => first.includes(inode)),
      false,
    )
    const { warnings } = restore()
    expectEqual([warnings.length, /qemu-aarch64 stays as the container made it/.test(warnings[0])], [1, true])
    expectEqual(byName(table()), byName(before))
    return warnings[0]
  } finally {
    emptied()
  }
}

export async function killed(before: [string, string][]): Promise<string> {
  const [file, ...args] = driver
  const child = spawn(file, [...args, wordsOf({ image: 'slow:1' })], { stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  for (let tries = 0; tries < 1200 && !table().some(([name]) => name === 'qemu-arm'); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50))
  child.kill('SIGKILL')
  await ended
  const containers = execFileSync('docker', ['ps', '--quiet'], { encoding: 'utf8' }).trim().split('\n')
  execFileSync('docker', ['rm', '--force', ...containers], { stdio: 'ignore' })
  const first = restore()
  // those whose names are free are back; the container's are named, with the command for each
  expectEqual(
    first.putBack,
    ['qemu-text', 'qemu-plain'].sort((a, b) => orderOf(before, b) - orderOf(before, a)),
  )
  const left = ['qemu-aarch64', 'qemu-arm', 'qemu-riscv64', 'qemu-s390x']
  const commands = first.warnings.flatMap((line: string) => /tee \S+\/(\S+)$/.exec(line)?.[1] ?? [])
  expectEqual([first.status, commands.sort()], [1, left])
  expectEqual(
    left.every((name) => table().some(([one]) => one === name)),
    true,
  )
  for (const name of left) remove(name)
  const second = restore()
  expectEqual([second.status, second.putBack], [0, ['qemu-aarch64', 'qemu-riscv64', 'qemu-s390x']])
  return `${left.length} entries named, ${first.putBack.length + second.putBack.length} put back`
}

export async function overTime(): Promise<string> {
  const engine = new Engine('docker', '/usr/bin/docker', await acquireRoot(), silentLog, {
    ask: 30_000,
    pull: 30_000,
    run: 2_000,
  })
  const image = await engine.inspect('slow:1')
  if (image === undefined) throw new Error('the image is not there')
  const answer = await engine.run('slow:1', image, ['-p', 'yes']).catch((error: unknown) => String(error))
  emptied()
  expectEqual(/over its time limit; it said: .*Setting \S+ as binfmt interpreter for arm$/.test(answer), true)
  expectEqual(execFileSync('docker', ['ps', '--all', '--quiet'], { encoding: 'utf8' }), '')
  return answer
}

function orderOf(entries: readonly [string, string][], name: string): number {
  return entries.findIndex(([one]) => one === name)
}

export async function pinned(): Promise<string> {
  const registry = await startRegistry(registryPort)
  const name = `localhost:${registryPort}/multiarch`
  const docker = (...args: string[]) => execFileSync('docker', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  try {
    docker('tag', 'multiarch:1', `${name}:1`)
    docker('push', `${name}:1`)
    docker('rmi', `${name}:1`)
    const tagged = wish({ image: `${name}:1`, offline: false })
    expectEqual([tagged.error, tagged.pinned, tagged.image.startsWith(`${name}@sha256:`)], [undefined, false, true])
    restore()
    await stopped(registry)
    const again = wish({ image: tagged.image, offline: false })
    expectEqual([again.error, again.pinned, again.image, again.notes], [undefined, true, tagged.image, []])
    restore()
    expectEqual(wish({ image: `${name}:1`, offline: false }).error.code, 'engine-failed')
    return tagged.image
  } finally {
    await stopped(registry)
  }
}

/** A user with sudo who is not in the group of the socket; the account is over files of the machine that stay as they are. */
export function denied(): string {
  const [runner = 0] = freeIds(1)
  mkdirSync('/run/accounts')
  for (const [file, line] of [
    ['passwd', `runner:x:${runner}:${runner}::/tmp:/bin/sh`],
    ['group', `runner:x:${runner}:`],
    ['shadow', 'runner:*:19000:0:99999:7:::'],
  ] as const) {
    const kept = readFileSync(`/etc/${file}`, 'utf8').replace(/^runner:.*\n/gm, '')
    writeFileSync(`/run/accounts/${file}`, `${kept}${line}\n`)
    execFileSync('mount', ['--bind', `/run/accounts/${file}`, `/etc/${file}`])
  }
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=0755', 'tmpfs', '/etc/sudoers.d'])
  writeFileSync('/etc/sudoers.d/runner', 'runner ALL=(ALL) NOPASSWD: ALL\n', { mode: 0o440 })
  const user = [
    'setpriv',
    '--reuid',
    String(runner),
    '--regid',
    String(runner),
    '--clear-groups',
    'env',
    'HOME=/tmp',
    'XDG_CACHE_HOME=/tmp',
  ]
  const { error } = wish({ image: 'multiarch:1', engine: 'docker' }, user)
  expectEqual([error.code, /permission denied/i.test(error.message)], ['engine-denied', true])
  return error.message
}
