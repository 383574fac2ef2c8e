// Plans the HTTP range requests that bring several emulators out of one package. A package decodes only in whole xz blocks (xz-blocks.ts), and
// one block may hold parts of two or three executables: requesting each executable separately would transfer such a block several times.
import type { CatalogEmulator, Package } from '../model/catalog.js'
import { blocksFor, padded, type XzBlock } from './xz-blocks.js'

/** One request for consecutive blocks of a package, and the executables in its decoded bytes, in their order. */
export interface RangeRequest {
  readonly package: Package
  /** Offsets in the package of the first byte and of the byte after the last. */
  readonly start: number
  readonly end: number
  readonly blocks: readonly XzBlock[]
  readonly members: readonly Member[]
}

/** An executable that a range request brings; `start`: its offset in the request's decoded bytes. */
export interface Member {
  readonly emulator: CatalogEmulator
  readonly start: number
}

/** How many range requests run at the same time. */
export const requestsAtOnce = 4

/**
 * Gap, in bytes, up to which one request is cheaper than two: a second connection costs some round trips, in which as much would arrive.
 * A larger gap does not pay, because separate requests are also decoded in parallel.
 */
export const maxGap = 1 << 19

/**
 * The range requests that bring these emulators, the longest first. Executables that share a block, or are at most `maxGap` bytes apart, share
 * a request, so no byte is requested twice. Long requests are not split, though each is decoded by a single xz: for all OCI platforms none has
 * more than five blocks.
 */
export function rangeRequestsFor(emulators: readonly CatalogEmulator[]): RangeRequest[] {
  const packages = [...new Set(emulators.map((emulator) => emulator.package))]
  const groups = packages.flatMap((from) => neighbours(emulators.filter((emulator) => emulator.package === from)))
  return groups.map(requestFor).sort((one, other) => other.blocks.length - one.blocks.length)
}

/** The emulators of one package by offset, grouped into those that share a request. */
function neighbours(emulators: readonly CatalogEmulator[]): CatalogEmulator[][] {
  const groups: CatalogEmulator[][] = []
  for (const emulator of emulators.toSorted((one, other) => one.offset - other.offset)) {
    const group = groups.at(-1)
    const before = group?.at(-1)
    if (group !== undefined && before !== undefined && gapBetween(before, emulator) <= maxGap) group.push(emulator)
    else groups.push([emulator])
  }
  return groups
}

/**
 * Estimated bytes that one request for two executables transfers and two requests would not: the rest of the first one's last block, as if a
 * block were compressed evenly, and the blocks in between. Negative when they share a block.
 */
function gapBetween(one: CatalogEmulator, other: CatalogEmulator): number {
  const range = blockRange(one)
  const between = blockRange(other).start - range.end
  return between < 0 ? between : bytesAfter(range.blocks, range.skip + one.size) + between
}

/** Estimated compressed bytes of `blocks` that follow the first `end` decoded bytes; `end` lies in the last block. */
function bytesAfter(blocks: readonly XzBlock[], end: number): number {
  const last = blocks.at(-1)
  const decoded = blocks.reduce((sum, { uncompressed }) => sum + uncompressed, 0)
  return last === undefined ? 0 : ((decoded - end) / last.uncompressed) * last.unpadded
}

/** Estimated bytes of a request that arrive before its last executable is complete, where reading stops. */
export function expectedBytes({ start, end, blocks, members }: RangeRequest): number {
  const last = Math.max(...members.map((member) => member.start + member.emulator.size))
  return end - start - Math.round(bytesAfter(blocks, last))
}

function blockRange({ package: from, offset, size }: CatalogEmulator): ReturnType<typeof blocksFor> {
  return blocksFor(from.blocks, offset, size)
}

function requestFor(group: readonly CatalogEmulator[]): RangeRequest {
  const [first] = group
  if (first === undefined) throw new Error('a range request for no emulator')
  const end = Math.max(...group.map(({ offset, size }) => offset + size))
  const { skip, ...range } = blocksFor(first.package.blocks, first.offset, end - first.offset)
  const members = group.map((emulator) => ({ emulator, start: skip + emulator.offset - first.offset }))
  return { package: first.package, ...range, members }
}

/** Bytes from the network that are counted for one emulator. */
export interface AccountedBytes {
  readonly emulator: CatalogEmulator
  readonly bytes: number
}

/**
 * For which emulators the received bytes of a package from `start` to `end` (offsets in it) are counted. A block that several executables share
 * is counted once, for the first one. What a server without ranges sends before or after the request is counted with the nearest block, so
 * the sum is always what was received.
 */
export function accountBytes(request: RangeRequest, start: number, end: number): AccountedBytes[] {
  let blockEnd = request.start
  let at = 0
  let decoded = 0
  return request.blocks.flatMap(({ unpadded, uncompressed }, index) => {
    blockEnd += padded(unpadded)
    const next = index === request.blocks.length - 1 ? request.package.size : blockEnd
    const bytes = Math.min(end, next) - Math.max(start, at)
    const from = decoded
    at = next
    decoded += uncompressed
    if (bytes <= 0) return []
    const endsAfter = ({ emulator, start: first }: Member) => first + emulator.size > from
    const owner = request.members.find(endsAfter) ?? request.members.at(-1)
    return owner === undefined ? [] : [{ emulator: owner.emulator, bytes }]
  })
}
