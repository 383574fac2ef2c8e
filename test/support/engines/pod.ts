// An image in which a job can run as in a `container:` job or a pod: this machine's own mount and the libraries that Node needs. Node, the bundle
// and the cache are bind-mounted, so that the image stays small.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hostBusybox } from '../../e2e/vm/busybox.js'
import { freeIds } from '../kernel/free-ids.js'
import { node24 } from '../runner/node24.js'
import { pack } from './engine.js'

/** The image's name for an engine. */
export const podImage = 'pod:1'
/** An ordinary user of the image, without sudo; on the machine nobody, so that there is nothing else that he may. */
export const [podUser = 0] = freeIds(1)

/** Programs with their libraries, as the dynamic linker of this machine finds them. */
function copyProgram(root: string, program: string, to: string): void {
  const libraries = execFileSync('ldd', [program], { encoding: 'utf8' })
  for (const [, path = ''] of libraries.matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm)) copyInto(root, path, path)
  copyInto(root, program, to)
}

function copyInto(root: string, path: string, to: string): void {
  mkdirSync(join(root, dirname(to)), { recursive: true })
  copyFileSync(path, join(root, to))
}

const programs = ['mount', 'umount', 'unshare', 'setpriv'] as const

/** Makes the image as an archive that every engine can load; returns the archive's path. */
export async function makePodImage(): Promise<string> {
  const work = mkdtempSync('/run/engine/pod-')
  const root = join(work, 'root')
  for (const folder of ['bin', 'usr/bin', 'proc', 'sys', 'dev', 'run', 'etc', 'tmp', 'dist', 'cache'])
    mkdirSync(join(root, folder), { recursive: true })
  chmodSync(join(root, 'tmp'), 0o1777)
  copyInto(root, await hostBusybox(), '/bin/busybox')
  for (const applet of ['sh', 'modprobe']) symlinkSync('busybox', join(root, 'bin', applet))
  for (const program of programs) copyProgram(root, placeOf(program), `/usr/bin/${program}`)
  copyProgram(root, node24, '/usr/bin/node')
  writeFileSync(join(root, 'usr/bin/node'), '')
  writeFileSync(join(root, 'etc/passwd'), `root:x:0:0::/root:/bin/sh\nuser:x:${podUser}:${podUser}::/tmp:/bin/sh\n`)
  const archive = '/run/engine/pod.tar'
  pack(work, podImage, { Env: ['PATH=/usr/bin:/bin', 'HOME=/tmp'] }, archive)
  rmSync(work, { recursive: true })
  return archive
}

function placeOf(program: string): string {
  return execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program], { encoding: 'utf8' }).trim()
}
