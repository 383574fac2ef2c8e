// The machine that the documents' commands are carried out on: this one, with what they change kept in memory, an ordinary user with sudo, and
// the files that the examples speak of.
import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dynamicProbe } from '../../../src/core/probe/dynamic-probe.js'
import { binfmtFolder } from '../../../src/system/binfmt.js'
import { placeBuildx } from '../../support/engines/buildx.js'
import { makeImage, ruleOf, startDocker, stopped } from '../../support/engines/engine.js'
import { sumsProgram, unpackProgram } from '../../support/programs/arm64-program.js'
import { emulatorPath, warmCache } from '../../support/programs/emulators.js'
import { node24 } from '../../support/runner/node24.js'
import { ports } from '../guests/guest-ports.js'
import { busyboxFor } from '../vm/busybox.js'
import type { Played } from './printed-rows.js'

export type Reader = 'root' | 'runner'

const homes = { root: '/run/home/root', runner: '/run/home/runner' } as const
const programs = '/run/programs'
const dist = process.env.SETUP_QEMU_DIST ?? 'dist'

/** Constant shell lines of root's, with arguments. */
function shell(lines: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', lines, 'bash', ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${lines.trim().split('\n')[0]} ...: ${status}: ${stderr}${stdout}`)
  return stdout
}

/** The environment of a new shell: nothing of ours. */
export function environment(reader: Reader): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: homes[reader],
    USER: reader,
    LOGNAME: reader,
    LANG: 'C.UTF-8',
    TERM: 'dumb',
  }
}

export function wrapped(reader: Reader): (file: string, args: readonly string[]) => readonly [string, ...string[]] {
  return (file, args) => {
    if (reader === 'root') return [file, ...args]
    return ['setpriv', '--reuid', 'runner', '--regid', 'runner', '--init-groups', file, ...args]
  }
}

let daemon: ChildProcess | undefined

/** Ends what `prepare` began. */
export async function finish(): Promise<void> {
  if (daemon !== undefined) await stopped(daemon)
}

/** Everything that is there for all rows. `material`: a root with perl for arm64, or with engines docker's plugin buildx. `npm`: the registry for npx. */
export async function prepare(part: string, material: string, npm: string): Promise<void> {
  shell(
    `mkdir -p /run/bin /run/home/root /run/temp /run/toolcache /run/work ${programs}; chmod 1777 /run/temp /run/work`,
  )
  copyFileSync(node24, '/run/bin/node24')
  copyFileSync(process.execPath, '/run/bin/node')
  await placePrograms()
  const perl = join(programs, 'perl-root')
  if (part === 'machine') shell('mkdir "$1"; mount --bind "$2" "$1"', perl, material)
  shell(
    `for folder in $2; do
       mkdir -p /run/layers/$folder/upper /run/layers/$folder/work
       chmod 0755 /run/layers/$folder/upper
       mount -t overlay -o lowerdir=/$folder,upperdir=/run/layers/$folder/upper,workdir=/run/layers/$folder/work,userxattr overlay /$folder
     done
     cp -a --no-preserve=ownership "$1" /run/bundle
     mkdir -p /run/layers/cache/upper /run/layers/cache/work
     mount -t overlay -o "lowerdir=$3,upperdir=/run/layers/cache/upper,workdir=/run/layers/cache/work,userxattr" overlay /run/toolcache
     mount -t tmpfs -o mode=1777 tmpfs /tmp
     cp --remove-destination /run/bin/node /usr/local/bin/node
     userdel runner 2>/dev/null || true
     useradd --create-home --home-dir ${homes.runner} --shell /bin/bash runner
     # a runner's tool cache is the runner's own
     chown runner: /run/toolcache /run/toolcache/setup-qemu
     ! getent group docker >/dev/null || usermod --append --groups docker runner
     echo 'runner ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/runner
     chmod 0440 /etc/sudoers.d/runner`,
    dist,
    // engine.sh has done the other two
    part === 'engines' ? 'usr' : 'usr etc var',
    warmCache,
  )
  // in place of npm's own, where the package may not be yet, or be another version
  for (const home of Object.values(homes))
    writeFileSync(join(home, '.npmrc'), `registry=${npm}\nupdate-notifier=false\n`)
  if (part === 'engines') daemon = await prepareEngines(material)
}

async function placePrograms(): Promise<void> {
  const place = (name: string, bytes: Uint8Array | string) =>
    writeFileSync(join(programs, name), bytes, { mode: 0o755 })
  place('test-arm64', sumsProgram())
  place('sums-arm64', sumsProgram())
  place('unpack-arm64', unpackProgram())
  place('dynamic-arm64', dynamicProbe(sumsProgram(), { loader: '/lib/ld-linux-aarch64.so.1', library: 'libc.so.6' }))
  copyFileSync(await emulatorPath('aarch64', '7.2.22'), join(programs, 'qemu-7.2'))
  copyFileSync(await emulatorPath('aarch64'), join(programs, 'qemu-11'))
  copyFileSync(await emulatorPath('riscv64'), join(programs, 'qemu-riscv64'))
  const [, magic, mask] = ruleOf('aarch64').trim().split(' ')
  place('register', `#!/bin/sh\nprintf '%s' ":$1:M::${magic}:${mask}:$2:POCF" >${binfmtFolder}/register\n`)
  const root = join(programs, 'arm64-root')
  shell(
    `mkdir -p "$1/bin"; cp "$2" "$1/bin/busybox"; ln -s busybox "$1/bin/sh"; tar -C "$1" -cf "$1.tar" .`,
    root,
    await busyboxFor('aarch64'),
  )
}

async function prepareEngines(buildx: string): Promise<ChildProcess> {
  const started = await startDocker()
  for (const { busybox } of ports) copyFileSync(await busyboxFor(busybox), join(programs, `busybox-${busybox}`))
  for (const [name, program] of [
    ['tonistiigi/binfmt', 'binfmt'],
    ['multiarch/qemu-user-static', 'register'],
  ] as const) {
    const archive = await makeImage(program === 'binfmt' ? 'tonistiigi' : 'multiarch', { program })
    execFileSync('docker', ['load', '--quiet', '--input', archive], { stdio: 'ignore' })
    execFileSync('docker', ['tag', `${program === 'binfmt' ? 'tonistiigi' : 'multiarch'}:1`, `${name}:latest`])
  }
  placeBuildx(buildx)
  shell('mkdir -p /usr/libexec/docker/cli-plugins; cp "$1" /usr/libexec/docker/cli-plugins/docker-buildx', buildx)
  return started
}

/** Makes images of one static program for the platforms, under these names; of several under one name those of `platform` alone. */
export function loadImages(images: Played['images'] = [], platform?: string): void {
  for (const [name, of] of images) {
    if (platform !== undefined && of !== platform) continue
    const port = ports.find((one) => one.platform === of)
    if (port === undefined) continue
    const folder = mkdtempSync('/run/work/image-')
    const busybox = readFileSync(join(programs, `busybox-${port.busybox}`))
    mkdirSync(join(folder, 'bin'))
    writeFileSync(join(folder, 'bin/busybox'), busybox, { mode: 0o755 })
    shell('for applet in sh uname cat ls; do ln -s busybox "$1/bin/$applet"; done', folder)
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY bin /bin\nENV PATH=/bin\n')
    execFileSync('docker', ['build', '--quiet', '--platform', of, '--tag', name, folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
}

/** Where a workspace has the command line as a package manager would install it. */
export const installed = '.installed'

/** A folder with the bundle, as in a clone, and what the row puts there. */
export function workspaceFor(reader: Reader, row: Played): string {
  const folder = mkdtempSync('/run/work/')
  shell(
    `cp -a /run/bundle "$1/dist"
     mkdir "$1/${installed}"
     ln -s ../dist/cli/index.js "$1/${installed}/setup-qemu"
     mkdir -p /var/cache/setup-qemu ${homes.runner}/.cache/setup-qemu
     # what this machine has in its own cache is not seen either
     for cache in /var/cache/setup-qemu ${homes.runner}/.cache/setup-qemu; do
       if [ "$2" = warm ]; then mount --bind /run/toolcache/setup-qemu $cache; else mount -t tmpfs -o mode=0755 tmpfs $cache; fi
     done
     chown runner: ${homes.runner}/.cache
     [ "$2" = warm ] || chown runner: ${homes.runner}/.cache/setup-qemu`,
    folder,
    row.cold === true ? 'cold' : 'warm',
  )
  const env = { ...environment(reader), PATH: `${environment('root').PATH}:${programs}` }
  const { status, stderr } = spawnSync('bash', ['-e', '-c', row.before ?? ':'], { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`what comes before ended with ${status}: ${stderr}`)
  shell('chown -R --no-dereference "$2:" "$1"; chmod 0755 "$1"', folder, reader)
  return folder
}

/** Ends what a row began, whatever came of it, and empties the table. */
export function clear(folder: string): void {
  for (const reader of ['root', 'runner'] as const) {
    const [file, ...args] = wrapped(reader)('node', [join(folder, 'dist/cli/index.js'), 'restore', '--all'])
    spawnSync(file, args, { env: environment(reader), cwd: '/', stdio: 'ignore' })
  }
  shell(
    `mountpoint -q ${binfmtFolder} || mount -t binfmt_misc binfmt_misc ${binfmtFolder}
     for cache in /var/cache/setup-qemu ${homes.runner}/.cache/setup-qemu; do umount $cache 2>/dev/null || true; done
     rm -rf /run/setup-qemu/* "$1"`,
    folder,
  )
  if (!existsSync(binfmtFolder)) return
  for (const name of readdirSync(binfmtFolder))
    if (!['register', 'status'].includes(name)) writeFileSync(join(binfmtFolder, name), '-1')
  writeFileSync(join(binfmtFolder, 'status'), '1')
}
