// Findings about how the probe ran: on the machine itself, or in a container of an engine.
import type { EngineName } from '../model/engine-name.js'
import type { FindingTable } from './finding-table.js'

/** Directly, in an empty root, directly with the mark of an AppImage in its header, or in a container of an engine. */
export type Where = 'direct' | 'chroot' | 'marked' | EngineName

export type ProbeFinding =
  /** The kernel has no handler for the probe: errno of execve. */
  | { readonly kind: 'no-handler'; readonly where: Where; readonly errno: string }
  /** The probe ran, but under another executable than the one asked for. */
  | {
      readonly kind: 'wrong-emulator'
      readonly where: Where
      readonly expected: string
      readonly got: string
      readonly path: string
      readonly version: string | null
    }
  /** The probe ran under an emulator of another version than the one asked for. */
  | {
      readonly kind: 'wrong-version'
      readonly where: Where
      readonly expected: string
      readonly got: string | null
      readonly path: string
    }
  /** It works directly, but not in an empty root: the entry has no F. */
  | { readonly kind: 'chroot-fails'; readonly errno: string }
  /** This process may not chroot, so the empty root was not tried; the kept entry is known to have F. */
  | { readonly kind: 'chroot-untried'; readonly errno: string; readonly known: 'listed' | 'held-open' }
  /** The emulator (or the probe) did not end as the probe should. */
  | { readonly kind: 'probe-crashed'; readonly where: Where; readonly ending: string; readonly output: string }
  | { readonly kind: 'probe-silent'; readonly where: Where; readonly timeoutMs: number }
  /** The arguments that arrived are not the ones given. */
  | {
      readonly kind: 'arguments-shifted'
      readonly where: Where
      readonly expected: readonly string[]
      readonly got: readonly string[]
    }
  /** P could not be used: argv[0] does not arrive under this emulator or kernel. */
  | { readonly kind: 'argv0-not-preserved'; readonly got: readonly string[] }

export const probeFindings = {
  'no-handler': {
    severity: 'failure',
    explain({ where, errno }, target) {
      const reason = `the ${target} probe, run ${whereWords(where)}, was refused by the kernel: ${errno}`
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
    },
  },
  'wrong-emulator': {
    severity: 'failure',
    explain({ where, expected, got, path, version }, target) {
      const qemu = version === null ? '' : `, QEMU ${version}`
      return {
        title: `another emulator runs ${target} programs`,
        reason: `run ${whereWords(where)}: expected the executable with SHA-256 ${expected}, got ${got} (${path}${qemu})`,
        remedy: `${isOnMachine(where) ? '' : 'the containers are served by another table, or '}somebody registered a newer entry at the same time: setup-qemu status names it`,
      }
    },
  },
  'wrong-version': {
    severity: 'failure',
    explain: ({ where, expected, got, path }, target) => ({
      title: `another QEMU version runs ${target} programs`,
      reason: `run ${whereWords(where)}: expected QEMU ${expected}, got ${got === null ? 'one that does not tell its version' : `QEMU ${got}`} (${path})`,
      remedy: 'choose an image or executable of that version, or another qemu-version',
    }),
  },
  'chroot-fails': {
    severity: 'failure',
    explain({ errno }, target) {
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
    },
  },
  'chroot-untried': {
    severity: 'note',
    explain: ({ errno, known }, target) => ({
      title: `the empty root was not tried for ${target}`,
      reason: `nobody may chroot here (${errno}); ${known === 'listed' ? 'that the entry has the flag F is known from the table alone' : 'that the kernel holds the emulator open (flag F) is known from its file, which is not in this root'}`,
      remedy: 'nothing needs to be done; with CAP_SYS_CHROOT it would be tried',
    }),
  },
  'probe-crashed': {
    severity: 'failure',
    explain: ({ where, ending, output }, target) => ({
      title: `the ${target} probe did not end as it should`,
      reason: `run ${whereWords(where)} it ended with ${ending}${output.trim() === '' ? '' : ` and said: ${JSON.stringify(output.trim().slice(0, 300))}`}`,
      remedy: /unable to find CPU model/.test(output)
        ? 'QEMU_CPU in the environment names a CPU that this emulator does not know: unset it, or give one with cpu'
        : 'the emulator may be broken on this machine: try another QEMU version with qemu-version',
    }),
  },
  'probe-silent': {
    severity: 'failure',
    explain: ({ where, timeoutMs }, target) => ({
      title: `the ${target} probe hangs`,
      reason: `run ${whereWords(where)} it said nothing for ${timeoutMs / 1000} s`,
      remedy: 'try another QEMU version with qemu-version, or look what the machine is busy with',
    }),
  },
  'arguments-shifted': {
    severity: 'failure',
    explain: ({ where, expected, got }, target) => ({
      title: `${target} programs get wrong arguments`,
      reason: `run ${whereWords(where)} the probe was given ${JSON.stringify(expected)} and got ${JSON.stringify(got)}`,
      remedy:
        'this emulator and this kernel disagree about the flag P: choose QEMU 7.2 or newer, on Linux 5.12 or newer',
    }),
  },
  'argv0-not-preserved': {
    severity: 'note',
    explain: (_, target) => ({
      title: `argv[0] is not preserved for ${target}`,
      reason: 'under the flag P this emulator (or kernel) shifts the arguments, so the entry was made without it',
      remedy:
        'programs that look at their own name (busybox applets called by link) need QEMU 7.2 or newer, on Linux 5.12 or newer',
    }),
  },
} satisfies FindingTable<ProbeFinding>

/** Whether a probe ran on the machine itself, not in a container. */
export function isOnMachine(where: Where): boolean {
  return where === 'direct' || where === 'chroot' || where === 'marked'
}

function whereWords(where: Where): string {
  switch (where) {
    case 'direct':
      return 'directly'
    case 'chroot':
      return 'in an empty root'
    case 'marked':
      return 'with the mark of an AppImage'
    default:
      return `in a container of ${where}`
  }
}
