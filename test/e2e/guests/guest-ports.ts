// Debian's ports that have a static busybox, and the image of each for container engines. Source: the archive's indexes, `uname -m` of QEMU's
// linux-user, and the platforms of the OCI image specification.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { type Engine, engineCommand } from '../../support/engines/engine-call.js'
import { type BusyboxName, busyboxFor } from '../vm/busybox.js'

/** One port. */
export interface Port {
  /** Debian's name, which the command line takes. */
  readonly name: string
  readonly busybox: BusyboxName
  /** QEMU's name of the target. */
  readonly target: string
  readonly platform: string
  /** What `uname -m` says under its emulator. */
  readonly machine: string
}

const port = (
  name: string,
  busybox: BusyboxName,
  platform: string,
  machine: string,
  target: string = busybox,
): Port => ({
  name,
  busybox,
  target,
  platform: `linux/${platform}`,
  machine,
})

const all: readonly Port[] = [
  port('arm64', 'aarch64', 'arm64', 'aarch64'),
  port('armhf', 'arm', 'arm/v7', 'armv7l'),
  port('armel', 'armel', 'arm/v5', 'armv7l', 'arm'),
  port('i386', 'i386', '386', 'i686'),
  port('amd64', 'x86_64', 'amd64', 'x86_64'),
  port('ppc64el', 'ppc64le', 'ppc64le', 'ppc64le'),
  port('s390x', 's390x', 's390x', 's390x'),
  port('riscv64', 'riscv64', 'riscv64', 'riscv64'),
  port('mips64el', 'mips64el', 'mips64le', 'mips64'),
  port('loong64', 'loongarch64', 'loong64', 'loongarch64'),
]

/** All ports but the host's own. */
export const ports: readonly Port[] = all.filter(({ name }) => name !== (process.arch === 'arm64' ? 'arm64' : 'amd64'))

/** A folder with nothing but a busybox in it: an empty root, and what the image is made of. */
export const rootOf = ({ name }: Port) => `/run/engine/guests/${name}/root`
/** A folder with a Dockerfile that runs the script by RUN. */
export const buildOf = ({ name }: Port) => `/run/engine/guests/${name}/build`
export const imageOf = ({ name }: Port) => `localhost/guest:${name}`

/** What a guest does: it starts other programs of its own, computes, and reads a file. The first argument is its busybox. */
const script = `echo "guest: $($0 uname -m) $($0 awk 'BEGIN { for (i = 1; i <= 1000; i++) s += i * i; print s }') $($0 sha256sum $0)"`

/** The guest's command line, where its busybox has this path. */
export function work(busybox: string): string[] {
  return [busybox, 'sh', '-c', script, busybox]
}

/** The line that `work` prints, with what `uname -m` says. */
export function lineOf(one: Port, machine: string): string {
  const sha256 = createHash('sha256')
    .update(readFileSync(`${rootOf(one)}/bin/busybox`))
    .digest('hex')
  return `guest: ${machine} 333833500 ${sha256}`
}

function call(engine: Engine, words: readonly string[]): void {
  const { file, args, env = process.env } = engineCommand(engine, words)
  const { status, stderr } = spawnSync(file, args, { encoding: 'utf8', cwd: '/', env })
  if (status !== 0) throw new Error(`${engine} ${words.join(' ')} ended with ${status}: ${stderr.slice(-600)}`)
}

/** Makes the roots, and an image of each port that docker, podman and rootless podman have; dockerd must run. */
export async function makeGuests(): Promise<void> {
  for (const one of ports) {
    mkdirSync(`${rootOf(one)}/bin`, { recursive: true })
    mkdirSync(buildOf(one))
    copyFileSync(await busyboxFor(one.busybox), `${rootOf(one)}/bin/busybox`)
    // what glibc tries where the kernel knows no format: without it the error of `chroot` is that this one is missing
    symlinkSync('busybox', `${rootOf(one)}/bin/sh`)
    const image = `${rootOf(one)}.Dockerfile`
    writeFileSync(image, 'FROM scratch\nCOPY bin /bin\n')
    const run = JSON.stringify(work('/bin/busybox'))
    writeFileSync(`${buildOf(one)}/Dockerfile`, `FROM ${imageOf(one)}\nRUN ${run}\n`)
    // not `docker import`, which notes the host's platform
    call('docker', [
      'build',
      '--quiet',
      '--platform',
      one.platform,
      '--tag',
      imageOf(one),
      '--file',
      image,
      rootOf(one),
    ])
  }
  const archive = '/run/engine/guests.tar'
  call('docker', ['save', '--output', archive, ...ports.map(imageOf)])
  chmodSync(archive, 0o644) // for the ordinary user
  for (const engine of ['podman', 'rootless'] as const) call(engine, ['load', '--input', archive])
}
