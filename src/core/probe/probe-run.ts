// What a run of a probe says, and what follows from it. The probe's protocol is in probes/README.md.

import { isVersion } from '../model/catalog.js'
import type { LocatedEmulator } from '../model/emulator.js'
import type { Finding } from '../outcome/finding.js'
import type { Where } from '../outcome/probe-findings.js'

/** One run of a probe, as the system saw it. */
export type ProbeRun =
  /** execve, or the way to it (chroot, setuid), failed. */
  | { readonly kind: 'refused'; readonly stage: string; readonly errno: string }
  /** It wrote its greeting and its arguments, waited, and ended. `native`: the executable was the probe itself. */
  | {
      readonly kind: 'answered'
      readonly argv: readonly string[]
      readonly native: boolean
      readonly fingerprint: LocatedEmulator
      /** The executable's path does not lead to it from here: the kernel holds it open, as the flag F says. */
      readonly heldOpen?: true
      readonly answerRight: boolean
      readonly ending: string
    }
  /** It ended before it had said all. */
  | { readonly kind: 'ended'; readonly ending: string; readonly output: string }
  | { readonly kind: 'silent'; readonly timeoutMs: number }

/** What a probe should have found: its own arguments, run by these bytes. */
export interface ProbeExpectation {
  readonly where: Where
  /** One of these; empty where any bytes will do, as a container registered them. */
  readonly sha256s: readonly string[]
  /** The version or prefix that the emulator must have; null: any. */
  readonly version: string | null
  /** The arguments that should arrive when argv[0] is kept. */
  readonly argv: readonly string[]
  /** The path of the probe: argv[0] where P is not in force. */
  readonly path: string
  readonly preserveArgv0: boolean
}

/**
 * The program's own bytes of standard output as arguments: greeting, each argument with a NUL, a line feed.
 * Undefined while the text is not complete or not a probe's.
 */
export function parseGreeting(output: Uint8Array, target: string): string[] | undefined {
  const text = new TextDecoder('latin1').decode(output)
  const greeting = `setup-qemu probe 1 ${target}\n`
  if (!text.startsWith(greeting)) return undefined
  const rest = text.slice(greeting.length)
  if (!rest.endsWith('\n') || !(rest === '\n' || rest.endsWith('\0\n'))) return undefined
  return rest.slice(0, -1).split('\0').slice(0, -1)
}

/** Whether a run in an empty root never came so far: nobody may chroot here. */
export function isUntried(run: ProbeRun): run is Extract<ProbeRun, { kind: 'refused' }> {
  return run.kind === 'refused' && run.stage === 'chroot' && run.errno === 'EPERM'
}

/**
 * The finding for a kept entry whose programs could not be run in an empty root: harmless where F, which only that run can prove, is known
 * from the listed flags or from an emulator that is not in this root. Undefined where it is not.
 */
export function untriedChroot(
  errno: string,
  flags: string | null,
  direct: ProbeRun,
): Extract<Finding, { kind: 'chroot-untried' }> | undefined {
  if (flags?.includes('F') === true) return { kind: 'chroot-untried', errno, known: 'listed' }
  if (flags === null && direct.kind === 'answered' && direct.heldOpen === true)
    return { kind: 'chroot-untried', errno, known: 'held-open' }
  return undefined
}

/** What is wrong with a run of a probe, compared with what should have been; empty when all is as asked for. */
export function judge(run: ProbeRun, expected: ProbeExpectation): Finding[] {
  const { where } = expected
  switch (run.kind) {
    case 'refused':
      return where === 'chroot'
        ? [{ kind: 'chroot-fails', errno: run.errno }]
        : [{ kind: 'no-handler', where, errno: run.errno }]
    case 'silent':
      return [{ kind: 'probe-silent', where, timeoutMs: run.timeoutMs }]
    case 'ended':
      return [{ kind: 'probe-crashed', where, ending: run.ending, output: run.output }]
    case 'answered':
      return [
        ...judgeFingerprint(run.fingerprint, expected),
        ...judgeArguments(run.argv, expected),
        ...judgeEnding(run, where),
      ]
  }
}

function judgeFingerprint(found: LocatedEmulator, { where, sha256s, version }: ProbeExpectation): Finding[] {
  if (sha256s.length === 0 || sha256s.includes(found.sha256)) return judgeVersion(found, where, version)
  return [
    {
      kind: 'wrong-emulator',
      where,
      expected: sha256s.join(' or '),
      got: found.sha256,
      path: found.path,
      version: found.qemuVersion,
    },
  ]
}

function judgeVersion({ qemuVersion, path }: LocatedEmulator, where: Where, version: string | null): Finding[] {
  if (version === null || (qemuVersion !== null && isVersion(qemuVersion, version))) return []
  return [{ kind: 'wrong-version', where, expected: version, got: qemuVersion, path }]
}

function judgeArguments(got: readonly string[], { where, argv, path, preserveArgv0 }: ProbeExpectation): Finding[] {
  const expected = preserveArgv0 ? argv : [path, ...argv.slice(1)]
  const equal = got.length === expected.length && got.every((word, at) => word === expected[at])
  return equal ? [] : [{ kind: 'arguments-shifted', where, expected, got }]
}

function judgeEnding(run: { answerRight: boolean; ending: string }, where: Where): Finding[] {
  return run.answerRight ? [] : [{ kind: 'probe-crashed', where, ending: run.ending, output: '' }]
}
