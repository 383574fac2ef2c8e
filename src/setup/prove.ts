// The proof: a program of the target runs, directly and in an empty root, under exactly the emulator asked for.

import type { EmulatorEnvironment, LocatedEmulator } from '../core/model/emulator.js'
import type { Entry } from '../core/model/entry.js'
import type { Finding } from '../core/outcome/finding.js'
import type { Proof } from '../core/outcome/outcome.js'
import type { Where } from '../core/outcome/probe-findings.js'
import { isUntried, judge, untriedChroot } from '../core/probe/probe-run.js'
import type { ProbeFolder, ProbeResult } from '../system/probe.js'
import type { Root } from '../system/root.js'

/** What must run: one of these bytes, or with none named any; of this version or prefix, or with null of any. */
export interface Asked {
  readonly sha256s: readonly string[]
  readonly version: string | null
  /** Variables that the emulator is to read while it proves itself. */
  readonly environment?: EmulatorEnvironment
}

export interface Proven {
  readonly proof: Proof
  /** What ran directly; undefined when nothing did. */
  readonly ran: LocatedEmulator | undefined
  readonly findings: readonly Finding[]
}

/**
 * Runs a target's probe in both ways, and where the folder's rules are wide as an AppImage too, and compares what ran with what should have,
 * behind `entry`. `kept`: it is not of this call; null is one that cannot be seen, whose flags show in what arrives.
 */
export async function prove(
  target: string,
  entry: Entry | null,
  asked: Asked,
  folder: ProbeFolder,
  root: Root | undefined,
  kept = false,
): Promise<Proven> {
  const judged = ({ run, argv, path }: ProbeResult, where: Where, { sha256s, version }: Asked) => {
    const preserveArgv0 = entry?.flags.includes('P') ?? (run.kind === 'answered' && run.argv[0] === argv[0])
    return judge(run, { where, sha256s, version, argv, path, preserveArgv0 })
  }
  const direct = await folder.direct(target, asked.environment)
  const chroot = await folder.chroot(target, root, asked.environment)
  const marked = await folder.marked(target, asked.environment)
  const { run } = direct
  const ran = run.kind === 'answered' ? run.fingerprint : undefined
  const directFindings = judged(direct, 'direct', asked)
  // where any bytes will do, they must at least be the same ones
  const same = asked.sha256s.length > 0 || ran === undefined ? asked : { ...asked, sha256s: [ran.sha256] }
  const untried = kept && isUntried(chroot.run) ? untriedChroot(chroot.run.errno, entry?.flags ?? null, run) : undefined
  const chrootFindings = untried === undefined ? judged(chroot, 'chroot', same) : [untried]
  const markedFindings = marked === undefined ? [] : judged(marked, 'marked', same)
  return {
    proof: {
      direct: directFindings.length === 0,
      chroot: chrootFindings.length === 0,
      ...(marked === undefined ? {} : { wide: markedFindings.length === 0 }),
      argv0: run.kind === 'answered' && run.argv[0] === direct.argv[0],
      fingerprint: ran?.sha256 ?? null,
    },
    ran,
    findings: [...directFindings, ...chrootFindings, ...markedFindings],
  }
}
