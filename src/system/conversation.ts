// Listens to a running probe: its greeting, and how it ends. The protocol is in probes/README.md.
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { type ProbeRun, parseGreeting } from '../core/probe/probe-run.js'
import { errnoName, errnoOfNumber } from './command.js'

/** How a probe's process ended. */
export interface End {
  readonly kind: 'ended'
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: Buffer
  readonly stderr: string
  readonly timedOut: boolean
  readonly errno?: string
}

/** A probe's greeting, and how it ends. */
export class Conversation {
  readonly started: Promise<{ kind: 'greeted'; argv: string[] } | End>
  readonly ended: Promise<End>

  constructor(child: ChildProcessWithoutNullStreams, target: string) {
    let stdout = Buffer.alloc(0)
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('latin1')).slice(0, 4096)
    })
    // a child that has ended breaks the pipe; how it ended is reported below
    child.stdin.on('error', () => undefined)
    this.ended = new Promise((resolve) => {
      child.on('error', (error) =>
        resolve({
          kind: 'ended',
          status: null,
          signal: null,
          stdout,
          stderr,
          timedOut: false,
          errno: errnoName(error),
        }),
      )
      child.on('close', (status, signal) =>
        resolve({ kind: 'ended', status, signal, stdout, stderr, timedOut: child.killed }),
      )
    })
    const greeted = new Promise<{ kind: 'greeted'; argv: string[] }>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        stdout = Buffer.concat([stdout, chunk]).subarray(0, 65_536)
        const argv = parseGreeting(stdout, target)
        if (argv !== undefined) resolve({ kind: 'greeted', argv })
      })
    })
    this.started = Promise.race([greeted, this.ended])
  }
}

/** The run of a probe that ended early. */
export function endedRun(end: End): ProbeRun {
  if (end.errno !== undefined) return { kind: 'refused', stage: 'spawn', errno: end.errno }
  // sudo may have printed something before, such as that the host name does not resolve
  const stage = /^setup-qemu: (chroot|setid|exec) *$/m.exec(end.stderr)?.[1]
  if (stage !== undefined && end.stdout.length === 0)
    return { kind: 'refused', stage, errno: errnoOfNumber(end.status ?? 0) }
  return {
    kind: 'ended',
    ending: endingText(end),
    output: `${end.stdout.toString('latin1').slice(0, 400)}${end.stderr.slice(0, 400)}`,
  }
}

/** How a process ended, in words. */
export function endingText(end: End): string {
  return end.signal === null ? `exit status ${end.status}` : `signal ${end.signal}`
}
