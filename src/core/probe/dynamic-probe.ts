// A probe that needs a dynamic loader and a C library: a target's static probe plus the program headers and the dynamic section that the loaders
// of glibc and musl read. Sources: the System V gABI, chapters 4 and 5, its MIPS supplement, and probes/README.md.

/** What a dynamic program needs. */
export interface Wants {
  /** Path of its loader: `/lib/ld-linux-aarch64.so.1`. */
  readonly loader: string
  /** Its library: `libc.so.6`. */
  readonly library: string
}

const segment = { load: 1, dynamic: 2, interpreter: 3, headers: 6, stack: 0x6474e551 } as const
const readWrite = 6
const readWriteExecute = 7
const tag = {
  end: 0,
  needed: 1,
  pltGot: 3,
  hash: 4,
  strings: 5,
  symbols: 6,
  stringBytes: 10,
  symbolBytes: 11,
  debug: 21,
  gnuHash: 0x6ffffef5,
  mipsLocalGot: 0x7000000a,
  mipsSymbols: 0x70000011,
  mipsGotSymbol: 0x70000013,
} as const
const mips = 8
const mostTags = 14
const segmentCount = 5

/** Offsets and sizes in bytes that differ between 32 and 64 bits: of the header, of a program header, of the rest. */
const layouts = {
  32: { tableAt: 28, tableCountAt: 44, end: 52, row: 32, rowFlagsAt: 24, rowAlignAt: 28, number: 4, symbol: 16 },
  64: { tableAt: 32, tableCountAt: 56, end: 64, row: 56, rowFlagsAt: 4, rowAlignAt: 48, number: 8, symbol: 24 },
} as const

/** Reads and writes numbers in the class and byte order of an ELF header. */
class Numbers {
  readonly layout: (typeof layouts)[32 | 64]
  readonly #view: DataView
  readonly #little: boolean

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.layout = bytes[4] === 2 ? layouts[64] : layouts[32]
    this.#little = bytes[5] === 1
  }

  half(at: number): number {
    return this.#view.getUint16(at, this.#little)
  }

  native(at: number): number {
    return this.layout.number === 8
      ? Number(this.#view.getBigUint64(at, this.#little))
      : this.#view.getUint32(at, this.#little)
  }

  setHalf(at: number, value: number): void {
    this.#view.setUint16(at, value, this.#little)
  }

  /** 32 bits each, one after the other. */
  setWords(at: number, values: readonly number[]): void {
    for (const [place, value] of values.entries()) this.#view.setUint32(at + 4 * place, value, this.#little)
  }

  /** Of the class's width, one after the other. */
  setNatives(at: number, values: readonly number[]): void {
    if (this.layout.number === 4) this.setWords(at, values)
    else
      for (const [place, value] of values.entries())
        this.#view.setBigUint64(at + 8 * place, BigInt(value), this.#little)
  }
}

/** Offsets of the parts in the file, in bytes. */
interface Places {
  readonly table: number
  readonly dynamic: number
  readonly hash: number
  readonly gnuHash: number
  readonly got: number
  readonly symbols: number
  readonly strings: number
  readonly loader: number
  readonly end: number
}

function placesOf(probe: Uint8Array, stringBytes: number, loaderBytes: number): Places {
  const { layout } = new Numbers(probe)
  const table = (probe.length + 15) & ~15
  const dynamic = table + segmentCount * layout.row
  const hash = dynamic + mostTags * 2 * layout.number
  // one bucket, one symbol, and the empty chain of both
  const gnuHash = hash + 16
  // four words, one word of its filter, one empty bucket
  const got = gnuHash + 32
  const symbols = got + 2 * layout.number
  const strings = symbols + layout.symbol
  const loader = strings + stringBytes
  return { table, dynamic, hash, gnuHash, got, symbols, strings, loader, end: loader + loaderBytes }
}

/**
 * A program that behaves like `probe`, but is started by the loader that `wants` names, and only if that finds the library. Its arguments may get
 * lost, because the loaders of some targets pass them in registers. `probe`: a static probe of one segment, as in
 * src/data/probes.json.
 */
export function dynamicProbe(probe: Uint8Array, { loader, library }: Wants): Uint8Array {
  const text = new TextEncoder()
  const strings = text.encode(`\0${library}\0`)
  const path = text.encode(`${loader}\0`)
  const places = placesOf(probe, strings.length, path.length)
  const bytes = new Uint8Array(places.end)
  bytes.set(probe)
  bytes.set(strings, places.strings)
  bytes.set(path, places.loader)
  const numbers = new Numbers(bytes)
  const { layout } = numbers
  // the address of the first segment follows its type, its flags (64 bits only) and its offset
  const base = numbers.native(layout.end + 2 * layout.number)
  writeDynamic(numbers, places, base, strings.length)
  writeTable(numbers, places, base)
  return bytes
}

/** One segment holds everything, so an address is always base plus offset. */
function writeTable(numbers: Numbers, places: Places, base: number): void {
  const { layout } = numbers
  const rows = [
    [segment.headers, places.table, segmentCount * layout.row, readWriteExecute],
    [segment.interpreter, places.loader, places.end - places.loader, readWriteExecute],
    [segment.load, 0, places.end, readWriteExecute],
    [segment.dynamic, places.dynamic, mostTags * 2 * layout.number, readWriteExecute],
    // without this one loaders make the stack executable, which some kernels forbid
    [segment.stack, 0, 0, readWrite],
  ] as const
  numbers.setNatives(layout.tableAt, [places.table])
  numbers.setHalf(layout.tableCountAt, segmentCount)
  for (const [row, [type, offset, size, flags]] of rows.entries()) {
    const at = places.table + row * layout.row
    numbers.setWords(at, [type])
    numbers.setNatives(at + layout.number, [offset, base + offset, base + offset, size, size])
    numbers.setWords(at + layout.rowFlagsAt, [flags])
    numbers.setNatives(at + layout.rowAlignAt, [type === segment.load ? 0x10000 : layout.number])
  }
}

function writeDynamic(numbers: Numbers, places: Places, base: number, stringBytes: number): void {
  const { layout } = numbers
  const machine = numbers.half(18)
  const entries: [number, number][] = [
    [tag.needed, 1],
    [tag.hash, base + places.hash],
    [tag.strings, base + places.strings],
    [tag.symbols, base + places.symbols],
    [tag.stringBytes, stringBytes],
    [tag.symbolBytes, layout.symbol],
    [tag.debug, 0],
  ]
  if (machine === mips) {
    // its loaders require a global offset table and do not know the GNU hash
    entries.push([tag.pltGot, base + places.got], [tag.mipsLocalGot, 2], [tag.mipsSymbols, 1], [tag.mipsGotSymbol, 1])
  } else {
    // loaders prefer this one; the older one has 64-bit words on s390x and alpha
    entries.push([tag.gnuHash, base + places.gnuHash])
  }
  numbers.setNatives(places.dynamic, [...entries, [tag.end, 0]].flat())
  numbers.setWords(places.hash, [1, 1])
  numbers.setWords(places.gnuHash, [1, 1, 1])
}
