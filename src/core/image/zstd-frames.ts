// Scans zstd frames while their bytes arrive, to limit the memory and work that they ask for before the decoder spends it. Source: RFC 8878, 3.1.

/** The largest window in bytes: 128 MiB, the default limit of `zstd -d` and the window of its highest level. */
export const largestWindow = 2 ** 27

/**
 * How much work all frames together may cause, in bytes moved; about half a minute on a typical machine. The decoder moves a frame's whole window
 * for each block of up to 128 KiB, so this allows 2 GiB of content with the usual window of 8 MiB, and 128 MiB with the largest one.
 */
export const largestWork = 2 ** 37

/** Each frame allocates a new window, which costs about this many times as much as moving it. */
const windowCost = 16

const magic = 0xfd2fb528
const headerPrefix = 6

/** The result of `take`. */
export interface Taken {
  /** How many bytes were taken: all, or those up to the end of a frame. */
  readonly bytes: number
  /** Which limit the frames exceed, in words. */
  readonly excess?: string
}

/** Scans a stream of frames, which it takes in chunks of any size. */
export class ZstdFrames {
  /** The bytes of an incomplete header; never more than a few. */
  #pending: number[] = []
  /** Bytes of content still to be skipped. */
  #skip = 0
  #next: 'frame' | 'block' = 'frame'
  #checksum = 0
  #window = 0
  #work = 0
  /** The bytes are not valid zstd; the decoder will say what is wrong with them. */
  #isInvalid = false

  /** The window of the current or just completed frame, in bytes. */
  get window(): number {
    return this.#window
  }

  /** Takes bytes, at most up to the end of a frame. */
  take(bytes: Uint8Array): Taken {
    for (let at = 0; at < bytes.length && !this.#isInvalid; ) {
      const isInside = this.#next === 'block' || this.#skip > 0
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, bytes.length - at)
        this.#skip -= passed
        at += passed
      } else {
        this.#pending.push(bytes[at++] ?? 0)
        if (this.#next === 'frame') this.#frame()
        else this.#block()
        const excess = this.#excess()
        if (excess !== undefined) return { bytes: at, excess }
      }
      if (isInside && this.#next === 'frame' && this.#skip === 0) return { bytes: at }
    }
    return { bytes: bytes.length }
  }

  #excess(): string | undefined {
    if (this.#window > largestWindow)
      return `a frame asks for a window of ${this.#window} bytes, at most ${largestWindow} are given`
    if (this.#work > largestWork)
      return `its frames take more work than is done for them without zlib's own zstd (Node 22.15 and newer have it)`
    return undefined
  }

  #number(start: number, size: number): number {
    return this.#pending.slice(start, start + size).reduceRight((sum, byte) => sum * 256 + byte, 0)
  }

  /** Reads the header of a frame once it is complete. */
  #frame(): void {
    if (this.#pending.length < headerPrefix) return
    if ((this.#number(0, 4) & 0xfffffff0) >>> 0 === 0x184d2a50) {
      if (this.#pending.length === 8) this.#end(this.#number(4, 4), 'frame')
      return
    }
    const descriptor = this.#pending[4] ?? 0
    const single = (descriptor >> 5) & 1
    const start = headerPrefix - single + ([0, 1, 2, 4][descriptor & 3] ?? 0)
    const sizeBytes = descriptor >> 6 === 0 ? single : 2 ** (descriptor >> 6)
    this.#isInvalid = this.#number(0, 4) !== magic
    if (this.#isInvalid || this.#pending.length < start + sizeBytes) return
    const exponent = 2 ** (10 + ((this.#pending[5] ?? 0) >> 3))
    const window = exponent + (exponent / 8) * ((this.#pending[5] ?? 0) & 7)
    const size = this.#number(start, sizeBytes) + (sizeBytes === 2 ? 256 : 0)
    this.#checksum = descriptor & 4
    this.#window = single === 1 ? size : window
    this.#work += windowCost * this.#window
    this.#end(0, 'block')
  }

  #block(): void {
    if (this.#pending.length < 3) return
    const header = this.#number(0, 3)
    const isLast = (header & 1) === 1
    const isOneByte = ((header >> 1) & 3) === 1
    const content = isOneByte ? 1 : header >> 3
    this.#work += this.#window
    this.#end(content + (isLast ? this.#checksum : 0), isLast ? 'frame' : 'block')
  }

  #end(skip: number, next: 'frame' | 'block'): void {
    this.#pending = []
    this.#skip = skip
    this.#next = next
  }
}
