// Notices and warnings that do not change the outcome.

import type { Restored } from '../journal/restored.js'
import { type ImageReference, referenceText } from '../model/image-reference.js'
import { printable } from '../model/targets.js'
import type { EmulatorSource } from '../request/emulator-source.js'

/** Inputs of docker/setup-qemu-action that are accepted and ignored, and why. */
export const unneededWords = {
  'cache-image':
    "no image is stored: only the emulator itself is kept, in the runner's tool cache and under its SHA-256. On runners that start empty, cache: true adds the GitHub cache",
  reset:
    'nothing has to be removed first: the entry of this job takes precedence over what is registered, and what is registered is in force again afterwards',
}

/** Where the entries of a private scope apply. */
export const privateWords =
  'these entries are in a private scope: they run the programs of commands under with-qemu, and of nothing else on the machine'

/** Whether the image of a container to run is named by a tag, which may lead to another image tomorrow. */
export function isUnpinned(source: EmulatorSource): source is Extract<EmulatorSource, { kind: 'container' }> {
  return source.kind === 'container' && source.image.digest === null
}

/** The warning for it. */
export function unpinnedWords({ image }: { image: ImageReference }): string {
  return `${referenceText(image)} is run with all rights and named without its digest: whoever moves the tag decides what runs on this machine. Name it with @sha256:... (the output image has the line)`
}

/** What others did to a job's entries while it ran: its results may come from another QEMU than the one that was proven at its start. */
export function interferenceWords({
  left,
  overtaken,
  forgotten,
}: Pick<Restored, 'left' | 'overtaken' | 'forgotten'>): string[] {
  const cause = 'programs that ran after that may have run under another QEMU, or under none'
  const gone = left.filter(({ why }) => why === 'gone' || why === 'changed').map(({ name, why }) => ({ name, why }))
  const lost = forgotten.flatMap(({ entries }) => entries)
  return [
    ...lost.map(
      (name) => `${printable(name)} went with the kernel's table, which was unmounted while this job ran: ${cause}`,
    ),
    ...gone.map(({ name, why }) =>
      why === 'gone'
        ? `${printable(name)} was removed while this job ran (systemctl restart systemd-binfmt removes everybody's entries): ${cause}. survive-restart: true keeps it over such a restart`
        : `${printable(name)} was replaced by somebody while this job ran: ${cause}`,
    ),
    ...overtaken.map(
      ({ name, by }) =>
        `${by.map((other) => printable(other)).join(', ')} took precedence over ${printable(name)} while this job ran: ${cause}. Jobs that need different emulators should not run side by side (on-conflict)`,
    ),
  ]
}
