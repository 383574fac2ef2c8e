// Walks over zstd frames while their bytes come, to see how much memory each asks for before a decoder gives it. Source: RFC 8878, 3.1.

/** What `zstd -d` takes without being told: 128 MiB, the window of its highest level. */
export const largestWindow = 2 ** 27

const magic = 0xfd2fb528
const headerPrefix = 6

/** One walk over a stream of frames; bytes in pieces of any size. */
export class ZstdFrames {
  /** Bytes that are not yet understood: of a header, never more than a few. */
  #held: number[] = []
  /** Bytes of content that are passed over. */
  #skip = 0
  #next: 'frame' | 'block' = 'frame'
  #checksum = 0
  /** Whether the bytes make no sense: the decoder says what is wrong with them. */
  #lost = false

  /** Takes the next bytes; the window of the first frame among them that asks for more than `largestWindow`, in bytes. */
  excess(bytes: Uint8Array): number | undefined {
    for (let at = 0; at < bytes.length && !this.#lost; ) {
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, bytes.length - at)
        this.#skip -= passed
        at += passed
        continue
      }
      this.#held.push(bytes[at++] ?? 0)
      const window = this.#next === 'frame' ? this.#frame() : this.#block()
      if (window !== undefined && window > largestWindow) return window
    }
    return undefined
  }

  #number(start: number, size: number): number {
    return this.#held.slice(start, start + size).reduceRight((sum, byte) => sum * 256 + byte, 0)
  }

  /** The window of a frame whose header is complete. */
  #frame(): number | undefined {
    if (this.#held.length < headerPrefix) return undefined
    if ((this.#number(0, 4) & 0xfffffff0) >>> 0 === 0x184d2a50) {
      if (this.#held.length === 8) this.#end(this.#number(4, 4), 'frame')
      return undefined
    }
    const descriptor = this.#held[4] ?? 0
    const single = (descriptor >> 5) & 1
    const start = headerPrefix - single + ([0, 1, 2, 4][descriptor & 3] ?? 0)
    const sizeBytes = descriptor >> 6 === 0 ? single : 2 ** (descriptor >> 6)
    this.#lost = this.#number(0, 4) !== magic
    if (this.#lost || this.#held.length < start + sizeBytes) return undefined
    const exponent = 2 ** (10 + ((this.#held[5] ?? 0) >> 3))
    const window = exponent + (exponent / 8) * ((this.#held[5] ?? 0) & 7)
    const size = this.#number(start, sizeBytes) + (sizeBytes === 2 ? 256 : 0)
    this.#checksum = descriptor & 4
    this.#end(0, 'block')
    return single === 1 ? size : window
  }

  #block(): undefined {
    if (this.#held.length < 3) return
    const header = this.#number(0, 3)
    const isLast = (header & 1) === 1
    const isOneByte = ((header >> 1) & 3) === 1
    const content = isOneByte ? 1 : header >> 3
    this.#end(content + (isLast ? this.#checksum : 0), isLast ? 'frame' : 'block')
  }

  #end(skip: number, next: 'frame' | 'block'): void {
    this.#held = []
    this.#skip = skip
    this.#next = next
  }
}
