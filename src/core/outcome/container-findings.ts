// Findings about containers: those of an image that registers by itself (method: container), and those of the engines in verify-in.
import type { ImageEmulator } from '../model/emulator.js'
import type { EngineName } from '../model/engine-name.js'
import type { Entry } from '../model/entry.js'
import { printable } from '../model/targets.js'
import type { FindingTable } from './finding-table.js'

/** An entry by its name, and the emulator that it names. */
type NamedEmulator = Pick<Entry, 'name' | 'interpreter'>

/** How an engine's kernel is known to be another one. */
export interface Difference {
  readonly what: 'architecture' | 'release' | 'boot id'
  readonly theirs: string
  readonly ours: string
}

export type ContainerFinding =
  /**
   * A container ran to its end and registered nothing for this target. `names`: entries from before that match or have its name; `differences`: why
   * they do not count as the image's own, or why there is none. `said`: the lines of its output about the target.
   */
  | {
      readonly kind: 'container-made-nothing'
      readonly image: string
      readonly names: readonly string[]
      readonly differences: readonly string[]
      readonly said: readonly string[]
      readonly inImage: ImageEmulator['kind']
      readonly reset: boolean
    }
  /** Of two entries that a container made, the one with the target's emulator is hidden behind the other, which matches the same programs. */
  | {
      readonly kind: 'hidden-in-image'
      readonly image: string
      readonly own: NamedEmulator
      readonly by: NamedEmulator
    }
  /** A container registered with other flags than are asked for. */
  | { readonly kind: 'wrong-flags'; readonly entry: string; readonly flags: string; readonly credentials: boolean }
  /** An engine runs its containers under another kernel, which this machine's table does not serve; `at`: where it is reached, if known. */
  | {
      readonly kind: 'engine-elsewhere'
      readonly engine: EngineName
      readonly at: string | null
      readonly difference: Difference
    }
  /** The probe does not run in an engine's containers, though they run under this kernel. */
  | {
      readonly kind: 'engine-fails'
      readonly engine: EngineName
      readonly ending: string
      readonly output: string
      /** They are in another user namespace than this process, which may have a table of its own. */
      readonly ownNamespace: boolean
    }
  /** What runs the probe in an engine's container could not be found out. */
  | { readonly kind: 'engine-unproven'; readonly engine: EngineName; readonly reason: string }

export const containerFindings = {
  'container-made-nothing': {
    severity: 'failure',
    explain({ image, names, differences, said, inImage, reset }, target) {
      const standing = names.length === 0 ? '' : `; ${names.join(', ')} was there before it and stays`
      const joint = names.length === 0 ? '; ' : ', but does not count: '
      const why = differences.length === 0 ? '' : `${joint}${differences.join('; ')}`
      const words = said.length === 0 ? '' : `. About it the container said: ${said.join(' / ')}`
      const otherImage = 'choose an image that has this emulator'
      const removeFirst =
        'set reset: true, which removes what is there for this job and puts it back at the end; or accept what is there with if-registered: keep and qemu-version or sha256'
      const registerOurselves =
        'leave method out: then the emulator of the same image is registered with precedence over what is there'
      return {
        title: `the container registered nothing for ${target}`,
        reason: `the container of ${image} ended well and made no entry for ${target}${standing}${why}${words}`,
        remedy: inImage === 'lacks' ? otherImage : names.length > 0 && !reset ? removeFirst : registerOurselves,
      }
    },
  },
  'hidden-in-image': {
    severity: 'failure',
    explain({ image, own, by }, target) {
      const words = ({ name, interpreter }: NamedEmulator) => `${name} (${interpreter})`
      return {
        title: `another entry of the image runs ${target} programs`,
        reason: `the container of ${image} made ${words(own)} for ${target}, and after it ${words(by)}, which matches the same programs and takes precedence: that one runs them`,
        remedy: `leave method out: then ${own.name} of the same image is registered alone, with a rule that tells the two apart`,
      }
    },
  },
  'wrong-flags': {
    severity: 'failure',
    explain: ({ entry, flags, credentials }, target) => ({
      title: `the container registered ${target} with other flags`,
      reason: `credentials is ${credentials}, and the container made ${entry} with the flags ${flags}`,
      remedy:
        'change credentials, choose another image, or leave method out: then the same emulator is registered as you ask',
    }),
  },
  'engine-elsewhere': {
    severity: 'failure',
    explain({ engine, at, difference: { what, theirs, ours } }) {
      const address = at === null ? '' : ` (${at})`
      return {
        title: `containers of ${engine} do not run on this machine`,
        reason: `${engine}${address} runs its containers under another kernel: its ${what} is ${theirs}, here it is ${ours}. The entries of this machine do not hold there`,
        remedy: `run setup-qemu on the machine of ${engine}, or let ${engine} use an engine of this machine (${whereSet[engine]})`,
      }
    },
  },
  'engine-fails': {
    severity: 'failure',
    explain({ engine, ending, output, ownNamespace }, target) {
      const said = output.trim() === '' ? ' and said nothing' : ` and said: "${printable(output.trim(), 300)}"`
      return {
        title: `${target} programs do not run in containers of ${engine}`,
        reason: `a container of ${engine} runs native programs under this kernel, but the one for the ${target} probe ended with ${ending}${said}${ownNamespace ? '; its containers are in another user namespace than setup-qemu, which may have a table of its own' : ''}`,
        remedy: ownNamespace
          ? `use a rootful engine, or run setup-qemu in a privileged container of ${engine}, whose entries then hold in its other containers`
          : 'look which entry is in force and whether it has the flag F: setup-qemu status',
      }
    },
  },
  'engine-unproven': {
    severity: 'failure',
    explain: ({ engine, reason }, target) => ({
      title: `what runs ${target} programs in containers of ${engine} is not known`,
      reason,
      remedy: `see whether ${engine} can run a container here at all, and load an image; or leave ${engine} out of verify-in`,
    }),
  },
} satisfies FindingTable<ContainerFinding>

/** What tells an engine's client which engine it speaks to. */
const whereSet: Readonly<Record<EngineName, string>> = {
  docker: 'DOCKER_HOST, docker context use',
  podman: 'CONTAINER_HOST, podman system connection',
  nerdctl: 'CONTAINERD_ADDRESS',
}
