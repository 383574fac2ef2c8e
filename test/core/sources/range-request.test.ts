import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Catalog, CatalogEmulator, Package } from '../../../src/core/model/catalog.js'
import { accountBytes, expectedBytes, maxGap, rangeRequestsFor } from '../../../src/core/sources/range-request.js'
import { blocksFor } from '../../../src/core/sources/xz-blocks.js'

const catalog = JSON.parse(readFileSync('src/data/emulators.json', 'utf8')) as Catalog

function emulatorsOf(from: Package): CatalogEmulator[] {
  return from.emulators.map(([binary, offset, size, sha256]) => ({
    ...{ binary, offset, size, sha256, package: from },
    ...{ qemuVersion: from.version, build: from.build, host: 'amd64' as const },
  }))
}

/** A package of blocks of 1000 bytes that take `packed` bytes each, and emulators at these places. */
function pretended(packed: number, places: readonly (readonly [offset: number, size: number])[]): CatalogEmulator[] {
  const blocks = Array.from({ length: 10 }, (_, at) => [12 + at * packed, packed, 1000] as const)
  const emulators = places.map(([offset, size], at) => [`qemu-m${at}`, offset, size, ''] as const)
  return emulatorsOf({ ...(catalog.packages[0] as Package), blocks, emulators })
}

const big = 4 * maxGap
const namesOf = (emulators: readonly CatalogEmulator[]) =>
  rangeRequestsFor(emulators).map(({ members }) => members.map(({ emulator }) => emulator.binary.slice(5)).join(' '))

describe('range requests', () => {
  it.each<[string, number, (readonly [number, number])[], string[]]>([
    [
      'one for what shares a block',
      big,
      [
        [0, 400],
        [400, 900],
        [1300, 100],
      ],
      ['m0 m1 m2'],
    ],
    [
      'two where much lies between',
      big,
      [
        [0, 400],
        [1400, 100],
      ],
      ['m0', 'm1'],
    ],
    [
      'two where only the end of a block lies between, but much of it',
      big,
      [
        [0, 700],
        [1000, 100],
      ],
      ['m0', 'm1'],
    ],
    [
      'one where a little of a block lies between',
      big,
      [
        [0, 800],
        [1000, 100],
      ],
      ['m0 m1'],
    ],
    [
      'one where whole small blocks lie between',
      maxGap / 4,
      [
        [0, 900],
        [2100, 100],
      ],
      ['m0 m1'],
    ],
    [
      'two where too many of them do',
      maxGap / 4,
      [
        [0, 900],
        [6100, 100],
      ],
      ['m0', 'm1'],
    ],
    [
      'whatever order they are asked for in',
      big,
      [
        [1300, 100],
        [0, 400],
        [400, 900],
      ],
      ['m1 m2 m0'],
    ],
    [
      'the longest first',
      big,
      [
        [0, 100],
        [2000, 1900],
        [5000, 900],
      ],
      ['m1', 'm0', 'm2'],
    ],
    ['none for none', big, [], []],
  ])('are %s', (_, packed, places, expected) => {
    expect(namesOf(pretended(packed, places))).toEqual(expected)
  })

  it('of packages are apart', () => {
    const [one, other] = [pretended(big, [[0, 100]]), pretended(big, [[0, 100]])]
    expect(rangeRequestsFor([...one, ...other])).toHaveLength(2)
  })

  it.each(catalog.packages.map((from) => [`${from.build} ${from.host}`, from] as const))(
    'of %s bring each byte once',
    (_, from) => {
      const all = emulatorsOf(from)
      for (const step of [1, 2, 3, 5]) {
        const some = all.filter((__, at) => at % step === 0)
        const requests = rangeRequestsFor(some)
        const fetched = requests.flatMap(({ members }) => members.map(({ emulator }) => emulator))
        expect(new Set(fetched)).toEqual(new Set(some))
        expect(fetched).toHaveLength(some.length)
        const inOrder = requests.toSorted((one, two) => one.start - two.start)
        for (const [at, request] of inOrder.entries())
          expect(request.start).toBeGreaterThanOrEqual(inOrder[at - 1]?.end ?? 0)
        for (const { start, end, members } of requests) {
          for (const { emulator, start: first } of members) {
            const alone = blocksFor(from.blocks, emulator.offset, emulator.size)
            expect(alone.start).toBeGreaterThanOrEqual(start)
            expect(alone.end).toBeLessThanOrEqual(end)
            expect(first - (members[0]?.start ?? 0)).toBe(emulator.offset - (members[0]?.emulator.offset ?? 0))
          }
        }
      }
    },
  )
})

describe('accounted bytes', () => {
  const [request] = rangeRequestsFor(
    pretended(1000, [
      [100, 300],
      [400, 1000],
      [1500, 100],
      [3000, 900],
    ]),
  )
  const accounted = (start: number, end: number) =>
    accountBytes(request as NonNullable<typeof request>, 12 + start, 12 + end).map(({ emulator, bytes }) => [
      emulator.binary,
      bytes,
    ])

  it.each<[string, number, number, [string, number][]]>([
    ['a block on the first that needs it', 0, 1000, [['qemu-m0', 1000]]],
    ['the next block on the one that goes on in it', 1000, 2000, [['qemu-m1', 1000]]],
    ['a block that nobody needs on the next one', 2000, 3000, [['qemu-m3', 1000]]],
    [
      'a chunk over a border on both',
      900,
      1100,
      [
        ['qemu-m0', 100],
        ['qemu-m1', 100],
      ],
    ],
    ['nothing of nothing', 500, 500, []],
    ['what comes before on the first', -12, 10, [['qemu-m0', 22]]],
    ['what comes after on the last', 3990, 4100, [['qemu-m3', 110]]],
  ])('are %s', (_, start, end, expected) => expect(accounted(start, end)).toEqual(expected))

  it('are together what came', () => {
    const sum = accounted(7, 3989).reduce((total, [, bytes]) => total + Number(bytes), 0)
    expect(sum).toBe(3982)
  })
})

describe('the expected bytes of a request', () => {
  it('ends with its last executable, as if its last block were packed evenly', () => {
    const expected = (places: readonly (readonly [number, number])[]) =>
      rangeRequestsFor(pretended(100, places)).map((request) => [request.end - request.start, expectedBytes(request)])
    expect(expected([[0, 1000]])).toEqual([[100, 100]])
    expect(expected([[0, 250]])).toEqual([[100, 25]])
    expect(expected([[500, 1000]])).toEqual([[200, 150]])
    expect(
      expected([
        [0, 400],
        [400, 900],
      ]),
    ).toEqual([[200, 130]])
  })
})
