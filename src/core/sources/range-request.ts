// Which requests bring several emulators out of one package. Blocks (xz.ts) are what can be decoded on its own, and one may hold parts of two or
// three executables: fetched for each of them it would come twice or thrice.
import type { CatalogEmulator, Package } from '../model/catalog.js'
import { blocksFor, padded, type XzBlock } from './xz-blocks.js'

/** One request, for consecutive blocks of a package, and the executables that its decoded bytes hold, in their order. */
export interface Haul {
  readonly package: Package
  /** Offsets in the package of the first byte and of the byte after the last. */
  readonly start: number
  readonly end: number
  readonly blocks: readonly XzBlock[]
  readonly pieces: readonly Piece[]
}

/** An executable in a haul; `start`: its offset in the haul's decoded bytes. */
export interface Piece {
  readonly emulator: CatalogEmulator
  readonly start: number
}

/** How many hauls go on at once. */
export const haulsAtOnce = 4

/**
 * Bytes that are rather fetched in vain than asked around: connecting and asking takes some round trips, in which as much would come. More
 * would not pay: separate hauls are also decoded at the same time, and of the last block of each what follows the executable is left.
 */
export const mostInVain = 1 << 19

/**
 * The hauls that bring these emulators, the longest first. Executables that share a block are in one haul, so no byte is in two; others are
 * where no more than `mostInVain` bytes lie between what each of them needs. A long haul is not cut, though one xz works on it: of all OCI platforms
 * none has more than five blocks, and four go on at once.
 */
export function haulsOf(emulators: readonly CatalogEmulator[]): Haul[] {
  const packages = [...new Set(emulators.map((emulator) => emulator.package))]
  const hauls = packages.flatMap((from) => chainsOf(emulators.filter((emulator) => emulator.package === from)))
  return hauls.map(haulOf).sort((one, other) => other.blocks.length - one.blocks.length)
}

/** Emulators of one package in the order of their place, those that belong together in one list. */
function chainsOf(emulators: readonly CatalogEmulator[]): CatalogEmulator[][] {
  const chains: CatalogEmulator[][] = []
  for (const emulator of emulators.toSorted((one, other) => one.offset - other.offset)) {
    const chain = chains.at(-1)
    const before = chain?.at(-1)
    if (chain !== undefined && before !== undefined && inVain(before, emulator) <= mostInVain) chain.push(emulator)
    else chains.push([emulator])
  }
  return chains
}

/**
 * About how many bytes come between two executables of a package that are fetched by one request and would not by two: the end of the first
 * one's last block, as if a block were packed evenly, and the blocks between. Negative where they share a block.
 */
function inVain(one: CatalogEmulator, other: CatalogEmulator): number {
  const range = rangeOf(one)
  const between = rangeOf(other).start - range.end
  return between < 0 ? between : leftOver(range.blocks, range.skip + one.size) + between
}

/** About how many packed bytes of blocks follow the one in which `end` decoded bytes are reached. */
function leftOver(blocks: readonly XzBlock[], end: number): number {
  const last = blocks.at(-1)
  const decoded = blocks.reduce((sum, { uncompressed }) => sum + uncompressed, 0)
  return last === undefined ? 0 : ((decoded - end) / last.uncompressed) * last.unpadded
}

/** About how many bytes of a haul come before its last executable is complete, where reading ends. */
export function neededBytes({ start, end, blocks, pieces }: Haul): number {
  const last = Math.max(...pieces.map((piece) => piece.start + piece.emulator.size))
  return end - start - Math.round(leftOver(blocks, last))
}

function rangeOf({ package: from, offset, size }: CatalogEmulator): ReturnType<typeof blocksFor> {
  return blocksFor(from.blocks, offset, size)
}

function haulOf(chain: readonly CatalogEmulator[]): Haul {
  const [first] = chain
  if (first === undefined) throw new Error('a haul of nothing')
  const end = Math.max(...chain.map(({ offset, size }) => offset + size))
  const { start, end: stop, skip, blocks } = blocksFor(first.package.blocks, first.offset, end - first.offset)
  const pieces = chain.map((emulator) => ({ emulator, start: skip + emulator.offset - first.offset }))
  return { package: first.package, start, end: stop, blocks, pieces }
}

/** Bytes of the network that are booked on an emulator. */
export interface Booking {
  readonly emulator: CatalogEmulator
  readonly bytes: number
}

/**
 * On whom the bytes of a package from `start` to `end` (offsets in it) are booked when they came for a haul: a block on the first executable
 * that needs it, what a server without ranges sends before or after it with the nearest block. All bookings together are what came.
 */
export function bookings(haul: Haul, start: number, end: number): Booking[] {
  let border = haul.start
  let at = 0
  let decoded = 0
  return haul.blocks.flatMap(({ unpadded, uncompressed }, place) => {
    border += padded(unpadded)
    const next = place === haul.blocks.length - 1 ? haul.package.size : border
    const bytes = Math.min(end, next) - Math.max(start, at)
    const from = decoded
    at = next
    decoded += uncompressed
    if (bytes <= 0) return []
    const owner = haul.pieces.find(({ emulator, start: first }) => first + emulator.size > from) ?? haul.pieces.at(-1)
    return owner === undefined ? [] : [{ emulator: owner.emulator, bytes }]
  })
}
