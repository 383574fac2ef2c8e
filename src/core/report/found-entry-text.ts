// The words for findings about entries that others made: those that were there before, of other jobs, and what a container registered.
import type { Fingerprint } from '../model/emulator.js'
import type { Explanation, Finding } from '../model/finding.js'

type FoundEntryFinding = Extract<
  Finding,
  {
    kind:
      | 'already-registered'
      | 'kept-differs'
      | 'other-build'
      | 'container-made-nothing'
      | 'hidden-in-image'
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
      return madeNothing(finding, target)
    case 'hidden-in-image': {
      const [own, by] = [finding.own, finding.by].map(({ name, interpreter }) => `${name} (${interpreter})`)
      return {
        title: `another entry of the image runs ${target} programs`,
        reason: `the container of ${finding.image} made ${own} for ${target}, and after it ${by}, which matches the same programs and takes precedence: that one runs them`,
        remedy: `leave method out: then ${finding.own.name} of the same image is registered alone, with a rule that tells the two apart`,
      }
    }
  }
}

function madeNothing(finding: Extract<Finding, { kind: 'container-made-nothing' }>, target: string): Explanation {
  const { image, names, differences, said } = finding
  const standing = names.length === 0 ? '' : `; ${names.join(', ')} was there before it and stays`
  const joint = names.length === 0 ? '; ' : ', but does not count: '
  const why = differences.length === 0 ? '' : `${joint}${differences.join('; ')}`
  const words = said.length === 0 ? '' : `. About it the container said: ${said.join(' / ')}`
  return {
    title: `the container registered nothing for ${target}`,
    reason: `the container of ${image} ended well and made no entry for ${target}${standing}${why}${words}`,
    remedy: remedyOf(finding),
  }
}

function remedyOf({ names, inImage, reset }: Extract<Finding, { kind: 'container-made-nothing' }>): string {
  if (inImage === 'lacks') return 'choose an image that has this emulator'
  return names.length > 0 && !reset
    ? 'set reset: true, which removes what is there for this job and puts it back at the end; or accept what is there with if-registered: keep and qemu-version or sha256'
    : 'leave method out: then the emulator of the same image is registered with precedence over what is there'
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
