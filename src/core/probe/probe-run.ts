// What a run of a probe shows, and what follows from it. The protocol of the probes is in probes/README.md.

import { isVersion } from '../model/catalog.js'
import type { LocatedEmulator } from '../model/emulator.js'
import type { Finding } from '../outcome/finding.js'
import type { Where } from '../outcome/probe-findings.js'

/** One run of a probe. */
export type ProbeRun =
  /** execve failed, or a step before it (chroot, setuid). */
  | { readonly kind: 'refused'; readonly stage: string; readonly errno: string }
  /** It wrote its greeting and arguments, waited for the answer, and ended. `native`: the executable was the probe itself. */
  | {
      readonly kind: 'answered'
      readonly argv: readonly string[]
      readonly native: boolean
      readonly fingerprint: LocatedEmulator
      /** Its path does not lead to the executable from here: the kernel holds it open, which is what the flag F means. */
      readonly heldOpen?: true
      readonly answerRight: boolean
      readonly ending: string
    }
  /** It ended early. */
  | { readonly kind: 'ended'; readonly ending: string; readonly output: string }
  | { readonly kind: 'silent'; readonly timeoutMs: number }

/** What a run should show: the probe's arguments, under one of these executables. */
export interface ProbeExpectation {
  readonly where: Where
  /** One of these; empty: any, as a container registers what it has. */
  readonly sha256s: readonly string[]
  /** The version or prefix that the emulator must have; null: any. */
  readonly version: string | null
  /** The arguments that should arrive when argv[0] is preserved. */
  readonly argv: readonly string[]
  /** The path of the probe: argv[0] without P. */
  readonly path: string
  readonly preserveArgv0: boolean
}

/**
 * The arguments in a probe's standard output: a greeting, each argument with a NUL, a line feed. Undefined while that is incomplete, and for the
 * output of another program.
 */
export function parseGreeting(output: Uint8Array, target: string): string[] | undefined {
  const text = new TextDecoder('latin1').decode(output)
  const greeting = `setup-qemu probe 1 ${target}\n`
  if (!text.startsWith(greeting)) return undefined
  const rest = text.slice(greeting.length)
  if (!rest.endsWith('\n') || !(rest === '\n' || rest.endsWith('\0\n'))) return undefined
  return rest.slice(0, -1).split('\0').slice(0, -1)
}

/** Whether an empty root could not be tried: chroot is not permitted here. */
export function isUntried(run: ProbeRun): run is Extract<ProbeRun, { kind: 'refused' }> {
  return run.kind === 'refused' && run.stage === 'chroot' && run.errno === 'EPERM'
}

/**
 * The finding for a kept entry whose programs could not be tried in an empty root. That run proves F, so it is harmless when F is known otherwise:
 * from the listed flags, or from an emulator that is not in this root. Undefined when it is not known.
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

/** How a run differs from what is expected; empty when it does not. */
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
