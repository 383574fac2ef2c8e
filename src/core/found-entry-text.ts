// The words for findings about entries that others made: those that were there before, of other jobs, and what a container registered.
import type { Finding } from './finding.js'
import type { Explanation } from './finding-text.js'
import type { Fingerprint } from './probe-run.js'

type FoundEntryFinding = Extract<
  Finding,
  {
    kind:
      | 'already-registered'
      | 'kept-differs'
      | 'other-build'
      | 'container-made-nothing'
      | 'wrong-flags'
      | 'other-job'
      | 'overtaken'
  }
>

/** A finding about a target (`aarch64`) in words. */
export function foundEntryExplanation(finding: FoundEntryFinding, target: string): Explanation {
  switch (finding.kind) {
    case 'already-registered':
      return {
        title: `${target} is registered already`,
        reason: `${finding.names.length === 0 ? 'an entry that cannot be seen from here' : finding.names.join(', ')} ${runsWords(finding.runs)}, and if-registered is fail`,
        remedy: 'let it be (if-registered: keep), or take precedence over it for this job (shadow)',
      }
    case 'kept-differs':
      return {
        title: `the entry for ${target} is not what is asked for`,
        reason: `${finding.entry || 'an entry that cannot be seen from here'} is to be kept (if-registered: keep), but ${finding.differences.join('; ')}`,
        remedy:
          'ask for what is there, or let if-registered be shadow, which takes precedence for this job and deletes nothing',
      }
    case 'other-build':
      return {
        title: `another build of this version runs ${target} programs`,
        reason: `${finding.entry} was kept: the catalog's build is ${finding.expected}, this one is ${finding.got}`,
        remedy: 'nothing needs to be done; with if-registered: shadow the build of the catalog runs',
      }
    case 'wrong-flags':
      return {
        title: `the container registered ${target} with other flags`,
        reason: `credentials is ${finding.credentials}, and the container made ${finding.entry} with the flags ${finding.flags}`,
        remedy:
          'change credentials, choose another image, or leave method out: then the same emulator is registered as you ask',
      }
    case 'overtaken':
      return {
        title: `another entry took over ${target} programs after the proof`,
        reason: `${finding.entry} was proven, and then somebody registered ${finding.by.map(({ name, interpreter }) => `${name} (interpreter ${interpreter})`).join(', ')}, which takes precedence`,
        remedy: 'do not run both at the same time on this machine: setup-qemu status shows every entry and who made it',
      }
    case 'other-job':
      return otherJobExplanation(finding, target)
    case 'container-made-nothing':
      return {
        title: `the container registered nothing for ${target}`,
        reason: `the container of ${finding.image} ended well and made no entry for ${target}${finding.names.length === 0 ? '' : `; ${finding.names.join(', ')} was there before it and is still in force`}`,
        remedy:
          finding.names.length === 0
            ? 'choose an image that has this emulator'
            : 'leave method out: then the emulator of the same image is registered with precedence over what is there',
      }
  }
}

function otherJobExplanation(finding: Extract<Finding, { kind: 'other-job' }>, target: string): Explanation {
  const { theirs, ours, entry } = finding
  const version = (word: string | null) => (word === null ? 'another QEMU' : `QEMU ${word}`)
  return {
    title: `another job uses ${target} with another emulator`,
    reason: `${theirs.owner} has ${version(theirs.has)} with the flags ${theirs.flags} as ${entry}; ${ours.owner} asks for ${version(ours.wants)} with ${ours.flags}, and the newest entry would run the programs of both`,
    remedy:
      'ask for the same version, do not run the two at the same time, or set on-conflict to wait (or to take, if the other may break)',
  }
}

function runsWords(runs: Fingerprint | null): string {
  if (runs === null) return 'matches its programs, though they do not run'
  return `runs its programs with QEMU ${runs.qemuVersion ?? 'of an unknown version'} (${runs.path})`
}
