// What somebody may have put where a file is expected: things that never end, that cannot be read, or that lead elsewhere. And a watchdog, as a
// reader that is caught in one of them could not even be timed out by its own process.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'

const listening = "require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))"

/** By name, how each is made at a path; nothing is there before. */
export const oddFiles = {
  'a pipe': (path: string) => execFileSync('mkfifo', [path]),
  'a link to an endless device': (path: string) => symlinkSync('/dev/zero', path),
  'a link to a pipe': (path: string) => {
    execFileSync('mkfifo', [`${path}.pipe`])
    symlinkSync(`${path}.pipe`, path)
  },
  'a sparse file of 4 TB': (path: string) => {
    writeFileSync(path, '')
    truncateSync(path, 2 ** 42)
  },
  'an empty folder': (path: string) => mkdirSync(path),
  'a folder with something in it': (path: string) => {
    mkdirSync(join(path, 'deep', 'down'), { recursive: true })
    writeFileSync(join(path, 'deep', 'down', 'file'), 'content')
  },
  'a link to itself': (path: string) => symlinkSync(path, path),
  'a link to nothing': (path: string) => symlinkSync('/nowhere/at/all', path),
  'a socket': (path: string) =>
    // by its name alone, as a socket's path has 108 bytes at most; the process is killed, so that it cannot remove it
    spawnSync(process.execPath, ['-e', listening, basename(path)], { cwd: dirname(path) }),
} as const satisfies Record<string, (path: string) => unknown>

export type OddFile = keyof typeof oddFiles

/** Puts one of them at a path, whatever was there. */
export function putOdd(kind: OddFile, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  rmSync(path, { recursive: true, force: true })
  oddFiles[kind](path)
}

/** A regular file with these permissions, whatever was there. */
export function putWithMode(path: string, bytes: Uint8Array, mode: number): void {
  mkdirSync(dirname(path), { recursive: true })
  rmSync(path, { recursive: true, force: true })
  writeFileSync(path, bytes)
  chmodSync(path, mode)
}

/** Ends this process when a file of tests takes longer than `seconds`: reading what never ends leaves no other way. */
export function watchdog(seconds: number): void {
  let dog: ReturnType<typeof spawn> | undefined
  beforeAll(() => {
    dog = spawn('sh', ['-c', 'sleep "$1"; kill -9 "$2"', 'sh', `${seconds}`, `${process.pid}`], { stdio: 'ignore' })
  })
  afterAll(() => {
    dog?.kill('SIGKILL')
  })
}
