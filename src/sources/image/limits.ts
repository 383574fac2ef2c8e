// How much an image may be, and how long a registry may take: bounds for whatever a stranger says. Tests make them small.
import { type Pauses, usualPauses } from '../../core/sources/retry.js'
import { idleMs } from '../minimum-rate.js'

export interface ImageLimits extends Pauses {
  /** Bytes of an image's layers when unpacked. */
  readonly imageBytes: number
  /** Bytes of one executable. */
  readonly executableBytes: number
  /** Bytes of one manifest, index or config. */
  readonly manifestBytes: number
  /** Characters of all paths of the layers that are looked at before the last. */
  readonly pathCharacters: number
  /** So long may an answer take to begin, and so long may nothing of it come. */
  readonly silenceMs: number
}

export const usualLimits: ImageLimits = {
  imageBytes: 2 ** 30,
  executableBytes: 2 ** 28,
  manifestBytes: 2 ** 22,
  pathCharacters: 2 ** 25,
  silenceMs: idleMs,
  ...usualPauses,
}
