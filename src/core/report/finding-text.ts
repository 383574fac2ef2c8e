// The words for findings: what happened, and the one thing to do. Those about engines, about what emulators are told, and about entries that
// were found are in engine-text.ts, guest-finding-text.ts and found-entry-text.ts.

import type { Explanation, Finding, Where } from '../model/finding.js'
import { visible } from '../text/visible.js'
import { engineExplanation } from './engine-text.js'
import { foundEntryExplanation } from './found-entry-text.js'
import { guestExplanation } from './guest-finding-text.js'

/** Anchor of a code in the documents, relative to the repository. */
export function anchorOf(code: string): string {
  return `docs/troubleshooting.md#${code}`
}

/** The code under which a finding stands in docs/troubleshooting.md. */
export function codeOf(finding: Finding): string {
  return finding.kind === 'not-set-up' ? finding.code : finding.kind
}

/** What stands below the title of an annotation: what is so, what to do, and where that is explained. */
export function annotationText(what: string, todo: string, see: string): string {
  return `${what}\nTo do: ${todo}\nSee: ${see}`
}

/** A finding about a target (`aarch64`) in words: each one line, but for the reason of an error, which may list what was tried. */
export function explanation(finding: Finding, target: string): Explanation {
  if (finding.kind === 'not-set-up')
    return { title: `${target} is not set up`, reason: finding.reason, remedy: finding.hint }
  const { title, reason, remedy } = wordsOf(finding, target)
  // names and paths of the table are others'
  return { title: visible(title), reason: visible(reason), remedy: visible(remedy) }
}

function wordsOf(finding: Exclude<Finding, { kind: 'not-set-up' }>, target: string): Explanation {
  switch (finding.kind) {
    case 'no-handler':
      return noHandler(finding, target)
    case 'chroot-fails':
      return chrootFails(finding, target)
    case 'wrong-emulator':
      return wrongEmulator(finding, target)
    case 'wrong-version':
      return {
        title: `another QEMU version runs ${target} programs`,
        reason: `run ${place(finding.where)}: expected QEMU ${finding.expected}, got ${finding.got === null ? 'one that does not tell its version' : `QEMU ${finding.got}`} (${finding.path})`,
        remedy: 'choose an image or executable of that version, or another qemu-version',
      }
    case 'probe-crashed':
      return {
        title: `the ${target} probe did not end as it should`,
        reason: `run ${place(finding.where)} it ended with ${finding.ending}${said(finding.output)}`,
        remedy: /unable to find CPU model/.test(finding.output)
          ? 'QEMU_CPU in the environment names a CPU that this emulator does not know: unset it, or give one with cpu'
          : 'the emulator may be broken on this machine: try another QEMU version with qemu-version',
      }
    case 'probe-silent':
      return {
        title: `the ${target} probe hangs`,
        reason: `run ${place(finding.where)} it said nothing for ${finding.timeoutMs / 1000} s`,
        remedy: 'try another QEMU version with qemu-version, or look what the machine is busy with',
      }
    default:
      return lesserExplanation(finding, target)
  }
}

type ConfinedFinding = Extract<Finding, { kind: 'entry-unseen' | 'chroot-untried' | 'own-table' }>
type LesserFinding = Exclude<
  Finding,
  {
    kind:
      | 'not-set-up'
      | 'no-handler'
      | 'chroot-fails'
      | 'wrong-emulator'
      | 'wrong-version'
      | 'probe-crashed'
      | 'probe-silent'
  }
>

function lesserExplanation(finding: LesserFinding, target: string): Explanation {
  switch (finding.kind) {
    case 'arguments-shifted':
      return {
        title: `${target} programs get wrong arguments`,
        reason: `run ${place(finding.where)} the probe was given ${list(finding.expected)} and got ${list(finding.got)}`,
        remedy:
          'this emulator and this kernel disagree about the flag P: choose QEMU 7.2 or newer, on Linux 5.12 or newer',
      }
    case 'argv0-not-preserved':
      return {
        title: `argv[0] is not preserved for ${target}`,
        reason: 'under the flag P this emulator (or kernel) shifts the arguments, so the entry was made without it',
        remedy:
          'programs that look at their own name (busybox applets called by link) need QEMU 7.2 or newer, on Linux 5.12 or newer',
      }
    case 'shadows':
      return {
        title: `other entries for ${target} are shadowed`,
        reason: `our entry takes precedence over ${finding.names.join(', ')}, which ${finding.names.length === 1 ? 'stays as it is and applies' : 'stay as they are and apply'} again once ours is removed`,
        remedy: 'nothing needs to be done',
      }
    case 'entry-unseen':
    case 'chroot-untried':
    case 'own-table':
      return confinedExplanation(finding, target)
    case 'sysroot-fails':
    case 'slow-cpu':
    case 'cpu-unused':
    case 'known-problem':
      return guestExplanation(finding, target)
    case 'engine-elsewhere':
    case 'engine-fails':
    case 'engine-unproven':
      return engineExplanation(finding, target)
    case 'entry-differs':
      return {
        title: `the entry ${finding.entry} is not what was registered`,
        reason: `expected ${finding.expected}, got ${finding.got}`,
        remedy: 'somebody else changes the table on this machine at the same time: setup-qemu status',
      }
    default:
      return foundEntryExplanation(finding, target)
  }
}

function confinedExplanation(finding: ConfinedFinding, target: string): Explanation {
  switch (finding.kind) {
    case 'entry-unseen':
      return {
        title: `the entry for ${target} cannot be seen from here`,
        reason:
          'programs run, but the table that makes them run (of the host of this container) is not mounted here, so the name and the flags of the entry are not known',
        remedy: 'nothing needs to be done; setup-qemu status on the host shows the entry',
      }
    case 'chroot-untried':
      return {
        title: `the empty root was not tried for ${target}`,
        reason: `nobody may chroot here (${finding.errno}); ${finding.known === 'listed' ? 'that the entry has the flag F is known from the table alone' : 'that the kernel holds the emulator open (flag F) is known from its file, which is not in this root'}`,
        remedy: 'nothing needs to be done; with CAP_SYS_CHROOT it would be tried',
      }
    case 'own-table':
      return {
        title: `the entry for ${target} holds in this user namespace alone`,
        reason:
          'this container is in a user namespace, which has a kernel table of its own: programs run in it and in other containers of the same namespace (of one rootless engine), but not on the host, nor in its other containers',
        remedy: 'to serve these too, run setup-qemu on the host, or in a container of a rootful engine',
      }
  }
}

function noHandler({ where, errno }: Extract<Finding, { kind: 'no-handler' }>, target: string): Explanation {
  const reason = `the ${target} probe, run ${place(where)}, was refused by the kernel: ${errno}`
  if (where === 'marked')
    return {
      title: `${target} AppImages do not run`,
      reason: `${reason}; rules is wide, and the entry in force matches other programs alone`,
      remedy: 'take precedence over that entry (if-registered: shadow), or let rules be upstream',
    }
  return {
    title: `${target} programs do not run`,
    reason,
    remedy: 'look whether somebody removed or disabled the entry meanwhile: setup-qemu status',
  }
}

function chrootFails({ errno }: Extract<Finding, { kind: 'chroot-fails' }>, target: string): Explanation {
  if (errno === 'EPERM')
    return {
      title: `${target} programs could not be tried in a chroot`,
      reason: `the ${target} probe did not get into its empty root: ${errno}, which means that nobody may chroot here`,
      remedy: 'give this process CAP_SYS_CHROOT (docker and podman: --cap-add SYS_CHROOT)',
    }
  return {
    title: `${target} programs do not run in a chroot`,
    reason: `the ${target} probe was refused in an empty root: ${errno}; an entry without the flag F answers ENOENT there`,
    remedy: 'look which entry is in force: setup-qemu status',
  }
}

function wrongEmulator(finding: Extract<Finding, { kind: 'wrong-emulator' }>, target: string): Explanation {
  const version = finding.version === null ? '' : `, QEMU ${finding.version}`
  return {
    title: `another emulator runs ${target} programs`,
    reason: `run ${place(finding.where)}: expected the executable with SHA-256 ${finding.expected}, got ${finding.got} (${finding.path}${version})`,
    remedy: `${isHere(finding.where) ? '' : 'the containers are served by another table, or '}somebody registered a newer entry at the same time: setup-qemu status names it`,
  }
}

/** Whether a probe ran on the machine itself, not in a container. */
export function isHere(where: Where): boolean {
  return where === 'direct' || where === 'chroot' || where === 'marked'
}

function place(where: Where): string {
  const words = { direct: 'directly', chroot: 'in an empty root', marked: 'with the mark of an AppImage' } as const
  return where in words ? words[where as keyof typeof words] : `in a container of ${where}`
}

function said(output: string): string {
  return output.trim() === '' ? '' : ` and said: ${JSON.stringify(output.trim().slice(0, 300))}`
}

function list(words: readonly string[]): string {
  return JSON.stringify(words)
}
