// Loaded before a face of the action (`node --import`), to find out what its time goes to: writes when node was ready, and when files were
// touched and hashed and other programs ran, as lines of JSON to BENCH_PARTS. The product knows nothing of it.
import childProcess from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'

/** A stretch of a face's time, in nanoseconds of the clock that all processes share (CLOCK_MONOTONIC). */
export interface Span {
  readonly kind: 'preload' | 'output' | 'file' | 'hash' | 'program' | 'register'
  readonly start: number
  readonly end: number
}

const { BENCH_PARTS: results = '' } = process.env
const now = () => Number(process.hrtime.bigint())
const started = now()
const spans: Span[] = []
const { writeFileSync } = fs

function note(kind: Span['kind'], start: number): void {
  spans.push({ kind, start, end: now() })
}

type Call = (...words: unknown[]) => unknown

/** Notes each call of a function of a module as a span; `kindOf` may pass it over. */
function watch(module: object, name: string, kindOf: (words: readonly unknown[]) => Span['kind'] | undefined): void {
  const functions = module as Record<string, Call>
  const original = functions[name] as Call
  functions[name] = function (this: unknown, ...words: unknown[]) {
    const start = now()
    try {
      return original.apply(this, words)
    } finally {
      const kind = kindOf(words)
      if (kind !== undefined) note(kind, start)
    }
  }
}

/** A read of a file of some size is part of hashing it. */
function kindOfFileCall(name: string, words: readonly unknown[]): Span['kind'] | undefined {
  const [file, bytes] = words
  if (name === 'openSync' && file === '/proc/sys/fs/binfmt_misc/register') return 'register'
  return name === 'readSync' && bytes instanceof Uint8Array && bytes.length > 1 << 16 ? 'hash' : 'file'
}

for (const name of Object.keys(fs)) if (name.endsWith('Sync')) watch(fs, name, (words) => kindOfFileCall(name, words))
watch(Object.getPrototypeOf(crypto.createHash('sha256')), 'update', () => 'hash')
const { spawn } = childProcess
childProcess.spawn = ((...words: Parameters<typeof spawn>) => {
  const start = now()
  const child = spawn(...words)
  child.once('exit', () => note('program', start))
  return child
}) as typeof spawn
// a face's first line, once all of it is loaded, is about its output
const stdout = Object.getOwnPropertyDescriptor(process, 'stdout')
Object.defineProperty(process, 'stdout', {
  ...stdout,
  get: () => {
    const start = now()
    const stream = stdout?.get?.call(process)
    if (!spans.some(({ kind }) => kind === 'output')) note('output', start)
    return stream
  },
})
process.once('exit', () => writeFileSync(results, JSON.stringify(spans)))
note('preload', started)
