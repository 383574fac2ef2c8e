// Findings about entries of the kernel's table: our own, and those that were there before, of other jobs, or made by others meanwhile.
import type { LocatedEmulator } from '../model/emulator.js'
import type { FindingTable } from './finding-table.js'

export type EntryFinding =
  /** The usual name was taken, so our entry stands beside it and takes precedence. */
  | { readonly kind: 'shadows'; readonly names: readonly string[] }
  /** A kept entry cannot be seen: the table in force is not mounted here, as in a container without rights. */
  | { readonly kind: 'entry-unseen' }
  /** The table belongs to a user namespace, in a container: its entries apply neither on the host nor in containers beside it. */
  | { readonly kind: 'own-table' }
  /** The entry read back differs from the one written. */
  | { readonly kind: 'entry-differs'; readonly entry: string; readonly expected: string; readonly got: string }
  /** Somebody registered newer entries for the same programs after the proof. */
  | {
      readonly kind: 'overtaken'
      readonly entry: string
      readonly by: readonly { readonly name: string; readonly interpreter: string }[]
    }
  /** `if-registered: fail`, and there is one; `runs` is what runs under it, null when nothing does. */
  | { readonly kind: 'already-registered'; readonly names: readonly string[]; readonly runs: LocatedEmulator | null }
  /** `if-registered: keep`, and what there is differs from what is asked for. */
  | { readonly kind: 'kept-differs'; readonly entry: string; readonly differences: readonly string[] }
  /** A kept entry has the version asked for, in another build than the catalog's. */
  | { readonly kind: 'other-build'; readonly entry: string; readonly expected: string; readonly got: string }
  /** Another job that is still running uses these programs with another emulator or other flags. */
  | {
      readonly kind: 'other-job'
      readonly entry: string
      readonly theirs: { readonly owner: string; readonly has: string | null; readonly flags: string }
      readonly ours: { readonly owner: string; readonly wants: string | null; readonly flags: string }
    }

export const entryFindings = {
  shadows: {
    severity: 'note',
    explain: ({ names }, target) => ({
      title: `other entries for ${target} are shadowed`,
      reason: `our entry takes precedence over ${names.join(', ')}, which ${names.length === 1 ? 'stays as it is and applies' : 'stay as they are and apply'} again once ours is removed`,
      remedy: 'nothing needs to be done',
    }),
  },
  'entry-unseen': {
    severity: 'note',
    explain: (_, target) => ({
      title: `the entry for ${target} cannot be seen from here`,
      reason:
        'programs run, but the table that makes them run (of the host of this container) is not mounted here, so the name and the flags of the entry are not known',
      remedy: 'nothing needs to be done; setup-qemu status on the host shows the entry',
    }),
  },
  'own-table': {
    severity: 'note',
    explain: (_, target) => ({
      title: `the entry for ${target} holds in this user namespace alone`,
      reason:
        'this container is in a user namespace, which has a kernel table of its own: programs run in it and in other containers of the same namespace (of one rootless engine), but not on the host, nor in its other containers',
      remedy: 'to serve these too, run setup-qemu on the host, or in a container of a rootful engine',
    }),
  },
  'entry-differs': {
    severity: 'failure',
    explain: ({ entry, expected, got }) => ({
      title: `the entry ${entry} is not what was registered`,
      reason: `expected ${expected}, got ${got}`,
      remedy: 'somebody else changes the table on this machine at the same time: setup-qemu status',
    }),
  },
  overtaken: {
    severity: 'failure',
    explain: ({ entry, by }, target) => ({
      title: `another entry took over ${target} programs after the proof`,
      reason: `${entry} was proven, and then somebody registered ${by.map(({ name, interpreter }) => `${name} (interpreter ${interpreter})`).join(', ')}, which takes precedence`,
      remedy: 'do not run both at the same time on this machine: setup-qemu status shows every entry and who made it',
    }),
  },
  'already-registered': {
    severity: 'failure',
    explain: ({ names, runs }, target) => ({
      title: `${target} is registered already`,
      reason: `${names.length === 0 ? 'an entry that cannot be seen from here' : names.join(', ')} ${runsWords(runs)}, and if-registered is fail`,
      remedy: 'let it be (if-registered: keep), or take precedence over it for this job (shadow)',
    }),
  },
  'kept-differs': {
    severity: 'failure',
    explain: ({ entry, differences }, target) => ({
      title: `the entry for ${target} is not what is asked for`,
      reason: `${entry || 'an entry that cannot be seen from here'} is to be kept (if-registered: keep), but ${differences.join('; ')}`,
      remedy:
        'ask for what is there, or let if-registered be shadow, which takes precedence for this job and deletes nothing',
    }),
  },
  'other-build': {
    severity: 'note',
    explain: ({ entry, expected, got }, target) => ({
      title: `another build of this version runs ${target} programs`,
      reason: `${entry} was kept: the catalog's build is ${expected}, this one is ${got}`,
      remedy: 'nothing needs to be done; with if-registered: shadow the build of the catalog runs',
    }),
  },
  'other-job': {
    severity: 'failure',
    explain({ theirs, ours, entry }, target) {
      const qemu = (version: string | null) => (version === null ? 'another QEMU' : `QEMU ${version}`)
      return {
        title: `another job uses ${target} with another emulator`,
        reason: `${theirs.owner} has ${qemu(theirs.has)} with the flags ${theirs.flags} as ${entry}; ${ours.owner} asks for ${qemu(ours.wants)} with ${ours.flags}, and the newest entry would run the programs of both`,
        remedy:
          'ask for the same version, do not run the two at the same time, or set on-conflict to wait (or to take, if the other may break)',
      }
    },
  },
} satisfies FindingTable<EntryFinding>

function runsWords(runs: LocatedEmulator | null): string {
  if (runs === null) return 'matches its programs, though they do not run'
  return `runs its programs with QEMU ${runs.qemuVersion ?? 'of an unknown version'} (${runs.path})`
}
