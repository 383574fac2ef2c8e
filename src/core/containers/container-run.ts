// The result of a target's probe in a container, and its findings. An engine that runs its containers under another kernel (in a virtual machine, on
// another host) does not use this machine's table, so engines are asked for their kernel first. The boot id (proc(5), /proc/sys/kernel/random/boot_id)
// distinguishes two kernels of one release; every container can read it, and no namespace changes it.
import type { Emulator } from '../model/emulator.js'
import type { EngineName } from '../model/engine-name.js'
import { printable } from '../model/targets.js'
import type { Difference } from '../outcome/container-findings.js'
import type { Finding } from '../outcome/finding.js'
import { judge } from '../probe/probe-run.js'
import type { EngineInfo } from './engine-answer.js'

/** A running kernel, and a user namespace on it. */
export interface KernelPlace {
  readonly bootId: string
  readonly uidMap: string
}

export type ContainerRun =
  | { readonly kind: 'elsewhere'; readonly at: string | null; readonly difference: Difference }
  /** The engine failed, so nothing is known about the target. */
  | { readonly kind: 'unproven'; readonly reason: string }
  /** A container of the same image ran a native program, but not the probe. */
  | { readonly kind: 'failed'; readonly ending: string; readonly output: string; readonly ownNamespace: boolean }
  | { readonly kind: 'silent'; readonly timeoutMs: number }
  /** `sha256`: the executable that ran the probe, read in the container while the probe waited. */
  | ({
      readonly kind: 'answered'
      readonly argv: readonly string[]
      readonly answerRight: boolean
      readonly ending: string
    } & Pick<Emulator, 'sha256' | 'qemuVersion'>)

export interface ContainerExpectation {
  readonly engine: EngineName
  /** The executable that ran the probe directly on this machine. */
  readonly sha256: string
  readonly argv: readonly string[]
}

/** What is wrong with a run in a container; empty if it ran as expected. */
export function judgeContainer(run: ContainerRun, { engine, sha256, argv }: ContainerExpectation): Finding[] {
  switch (run.kind) {
    case 'elsewhere':
      return [{ kind: 'engine-elsewhere', engine, at: run.at, difference: run.difference }]
    case 'unproven':
      return [{ kind: 'engine-unproven', engine, reason: run.reason }]
    case 'failed': {
      const { ending, output, ownNamespace } = run
      return [{ kind: 'engine-fails', engine, ending, output, ownNamespace }]
    }
    case 'silent':
      return [{ kind: 'probe-silent', where: engine, timeoutMs: run.timeoutMs }]
    case 'answered': {
      const { qemuVersion, answerRight, ending } = run
      const fingerprint = { path: '/proc/1/exe of the container', sha256: run.sha256, qemuVersion, build: null }
      const path = argv[0] ?? ''
      return judge(
        { kind: 'answered', argv: run.argv, native: false, fingerprint, answerRight, ending },
        { where: engine, sha256s: [sha256], version: null, argv, path, preserveArgv0: true },
      )
    }
  }
}

/** How an engine's host differs from this machine by what `info` says; undefined when it does not. `host` in Debian's words (`amd64`). */
export function differenceOf(info: EngineInfo, host: string, release: string): Difference | undefined {
  const architecture = hostWord(info.architecture)
  if (architecture !== null && architecture !== host)
    return { what: 'architecture', theirs: printable(architecture), ours: host }
  if (info.kernel !== null && info.kernel !== release)
    return { what: 'release', theirs: printable(info.kernel), ours: printable(release) }
  return undefined
}

function hostWord(architecture: string | null): string | null {
  if (architecture === 'x86_64') return 'amd64'
  return architecture === 'aarch64' ? 'arm64' : architecture
}

/**
 * The boot id and the user ids' map, as the two files read one after the other show them; undefined for anything else. Their white space depends
 * on nothing that counts.
 */
export function parsePlace(text: string): KernelPlace | undefined {
  const [, bootId, uidMap] =
    /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\n((?:\s*\d+\s+\d+\s+\d+\n)*)$/.exec(text) ?? []
  if (bootId === undefined || uidMap === undefined) return undefined
  return { bootId, uidMap: uidMap.trim().replace(/\s+/g, ' ') }
}

/** Where an engine is reached, safe for a message: an address without the password in it. */
export function addressWords(address: string): string {
  return printable(
    address.replace(/\/\/([^/@]*)@/, (_, login: string) => `//${login.split(':')[0]}@`),
    200,
  )
}
