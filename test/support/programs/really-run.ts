// Executes a file for real, as execve does and no shell would, and tells what came of it: the test of what `explain` foresees.
import { spawn } from 'node:child_process'
import { existsSync, readlinkSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { sha256OfFile } from '../../../src/system/regular-file.js'
import { temporaryFolder, testMachine } from '../kernel/table.js'

/** `errno`: execve refused. `ran`: by this executable, which ended so, with these words on standard error. */
export type Real =
  | { readonly errno: string }
  | { readonly ran: string; readonly path: string; readonly status: number | null; readonly stderr: string }

const errnos = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]))

/** Runs `path cat` (in `root`), looks at the process while it waits, and lets it end. */
export async function reallyRun(path: string, root: string | null = null): Promise<Real> {
  const launcher = join(temporaryFolder(), 'launch')
  writeFileSync(launcher, testMachine().probes.launcher, { mode: 0o755 })
  const child = spawn(launcher, ['-', '-', root ?? '', path, 'busybox', 'cat'], { stdio: 'pipe' })
  let stderr = ''
  let looked = { ran: '', path: '' }
  child.stderr.on('data', (data) => (stderr += data))
  child.stdin.on('error', () => undefined)
  const ended = new Promise<number | null>((done) => child.on('close', (status) => done(status)))
  const answered = new Promise((done) => child.stdout.once('data', done))
  child.stdin.write('are you there\n')
  await Promise.race([answered, ended])
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const link = `/proc/${child.pid}/exe`
    // one that crashes is gone without notice
    if (existsSync(link)) looked = { ran: sha256OfFile(link), path: readlinkSync(link) }
  }
  child.stdin.end()
  const status = await ended
  if (/^setup-qemu: exec/.test(stderr)) return { errno: errnos.get(status ?? 0) ?? `${status}` }
  return { ...looked, status, stderr }
}
