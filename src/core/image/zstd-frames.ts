// Walks over zstd frames while their bytes come, to see how much memory and work they ask for before a decoder gives it. Source: RFC 8878, 3.1.

/** What `zstd -d` takes without being told: 128 MiB, the window of its highest level. */
export const largestWindow = 2 ** 27

/**
 * What all frames together may cost, in bytes that are moved: half a minute of a usual machine. The library moves a frame's whole window for
 * each block of up to 128 KiB, so this is 2 GiB of content with the usual window of 8 MiB, and 128 MiB with the largest one.
 */
export const largestWork = 2 ** 37

/** Each frame has a new window, and new memory costs about so many times what moving it does. */
const windowCost = 16

const magic = 0xfd2fb528
const headerPrefix = 6

/** What was taken of some bytes. */
export interface Taken {
  /** So many of the bytes: all of them, or those up to the end of a frame. */
  readonly bytes: number
  /** What the frames ask for beyond what is given, in words. */
  readonly excess?: string
}

/** One walk over a stream of frames; bytes in pieces of any size. */
export class ZstdFrames {
  /** Bytes that are not yet understood: of a header, never more than a few. */
  #held: number[] = []
  /** Bytes of content that are passed over. */
  #skip = 0
  #next: 'frame' | 'block' = 'frame'
  #checksum = 0
  #window = 0
  #work = 0
  /** Whether the bytes make no sense: the decoder says what is wrong with them. */
  #lost = false

  /** The window of the frame that the walk is in or has just left, in bytes. */
  get window(): number {
    return this.#window
  }

  /** Takes bytes up to the end of a frame at most. */
  take(bytes: Uint8Array): Taken {
    for (let at = 0; at < bytes.length && !this.#lost; ) {
      const isInside = this.#next === 'block' || this.#skip > 0
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, bytes.length - at)
        this.#skip -= passed
        at += passed
      } else {
        this.#held.push(bytes[at++] ?? 0)
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
    return this.#held.slice(start, start + size).reduceRight((sum, byte) => sum * 256 + byte, 0)
  }

  /** Reads the header of a frame once it is complete. */
  #frame(): void {
    if (this.#held.length < headerPrefix) return
    if ((this.#number(0, 4) & 0xfffffff0) >>> 0 === 0x184d2a50) {
      if (this.#held.length === 8) this.#end(this.#number(4, 4), 'frame')
      return
    }
    const descriptor = this.#held[4] ?? 0
    const single = (descriptor >> 5) & 1
    const start = headerPrefix - single + ([0, 1, 2, 4][descriptor & 3] ?? 0)
    const sizeBytes = descriptor >> 6 === 0 ? single : 2 ** (descriptor >> 6)
    this.#lost = this.#number(0, 4) !== magic
    if (this.#lost || this.#held.length < start + sizeBytes) return
    const exponent = 2 ** (10 + ((this.#held[5] ?? 0) >> 3))
    const window = exponent + (exponent / 8) * ((this.#held[5] ?? 0) & 7)
    const size = this.#number(start, sizeBytes) + (sizeBytes === 2 ? 256 : 0)
    this.#checksum = descriptor & 4
    this.#window = single === 1 ? size : window
    this.#work += windowCost * this.#window
    this.#end(0, 'block')
  }

  #block(): void {
    if (this.#held.length < 3) return
    const header = this.#number(0, 3)
    const isLast = (header & 1) === 1
    const isOneByte = ((header >> 1) & 3) === 1
    const content = isOneByte ? 1 : header >> 3
    this.#work += this.#window
    this.#end(content + (isLast ? this.#checksum : 0), isLast ? 'frame' : 'block')
  }

  #end(skip: number, next: 'frame' | 'block'): void {
    this.#held = []
    this.#skip = skip
    this.#next = next
  }
}
