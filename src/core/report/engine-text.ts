// The words for findings about containers of an engine: what was seen there, and the one thing to do.
import type { EngineName } from '../model/engine-name.js'
import type { Explanation, Finding } from '../model/finding.js'
import { printable } from '../model/targets.js'

type EngineFinding = Extract<Finding, { kind: 'engine-elsewhere' | 'engine-fails' | 'engine-unproven' }>

const whereSet: Readonly<Record<EngineName, string>> = {
  docker: 'DOCKER_HOST, docker context use',
  podman: 'CONTAINER_HOST, podman system connection',
  nerdctl: 'CONTAINERD_ADDRESS',
}

/** A finding about the containers of an engine in words. */
export function engineExplanation(finding: EngineFinding, target: string): Explanation {
  const { engine } = finding
  switch (finding.kind) {
    case 'engine-elsewhere': {
      const { what, theirs, ours } = finding.difference
      const at = finding.at === null ? '' : ` (${finding.at})`
      return {
        title: `containers of ${engine} do not run on this machine`,
        reason: `${engine}${at} runs its containers under another kernel: its ${what} is ${theirs}, here it is ${ours}. The entries of this machine do not hold there`,
        remedy: `run setup-qemu on the machine of ${engine}, or let ${engine} use an engine of this machine (${whereSet[engine]})`,
      }
    }
    case 'engine-fails':
      return {
        title: `${target} programs do not run in containers of ${engine}`,
        reason: `a container of ${engine} runs native programs under this kernel, but the one for the ${target} probe ended with ${finding.ending}${said(finding.output)}${finding.ownNamespace ? '; its containers are in another user namespace than setup-qemu, which may have a table of its own' : ''}`,
        remedy: finding.ownNamespace
          ? `use a rootful engine, or run setup-qemu in a privileged container of ${engine}, whose entries then hold in its other containers`
          : 'look which entry is in force and whether it has the flag F: setup-qemu status',
      }
    case 'engine-unproven':
      return {
        title: `what runs ${target} programs in containers of ${engine} is not known`,
        reason: finding.reason,
        remedy: `see whether ${engine} can run a container here at all, and load an image; or leave ${engine} out of verify-in`,
      }
  }
}

function said(output: string): string {
  return output.trim() === '' ? ' and said nothing' : ` and said: "${printable(output.trim(), 300)}"`
}
