// The house as docs/development.md describes it: small drawers, no circles, and tests that stand where their subject does and run in some project.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

const sources = filesUnder('src').filter((file) => file.endsWith('.ts'))
const tests = filesUnder('test')

/** How many files lie directly in each folder. */
function drawers(files: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  return counts
}

/** What each file imports of `sources`, types and dynamic imports too. */
function imports(): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>()
  for (const file of sources) {
    const text = readFileSync(file, 'utf8')
    const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
      ([, specifier]) => specifier ?? '',
    )
    const named = specifiers.map((specifier) => normalize(join(dirname(file), specifier.replace(/\.js$/, '.ts'))))
    graph.set(file, new Set(named.filter((name) => sources.includes(name))))
  }
  return graph
}

/** The same for folders; a room does not import itself. */
function rooms(graph: ReadonlyMap<string, ReadonlySet<string>>): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>()
  for (const [file, others] of graph) {
    const mine = folders.get(dirname(file)) ?? new Set()
    for (const other of others) if (dirname(other) !== dirname(file)) mine.add(dirname(other))
    folders.set(dirname(file), mine)
  }
  return folders
}

/** One circle of a graph, as the way round; undefined when it has none. */
function circleIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>()
  const walk = (node: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node]
    if (done.has(node)) return undefined
    for (const next of graph.get(node) ?? []) {
      const circle = walk(next, [...way, node])
      if (circle !== undefined) return circle
    }
    done.add(node)
    return undefined
  }
  for (const node of graph.keys()) {
    const circle = walk(node, [])
    if (circle !== undefined) return circle
  }
  return undefined
}

/** The step of each room, from the two lines of the documents: what comes later is below. */
function levels(): Map<string, number> {
  const lines = readFileSync('docs/development.md', 'utf8').split('\n')
  const line = (start: string) => lines.find((text) => text.startsWith(start))?.slice(start.length) ?? ''
  const steps = [
    ['src'],
    ...line('entry points >')
      .replace(/> core$/, '')
      .split('>')
      .map((step) =>
        step
          .trim()
          .split(' ')
          .map((room) => `src/${room}`),
      ),
    ...line('core:')
      .split('>')
      .map((step) =>
        step
          .trim()
          .split(' ')
          .map((room) => `src/core/${room}`),
      ),
  ]
  return new Map(steps.flatMap((step, at) => step.map((room) => [room, at] as const)))
}

describe('the layout', () => {
  it('keeps only entry points loose in src', () => {
    expect(sources.filter((file) => dirname(file) === 'src').length).toBeLessThanOrEqual(8)
  })

  it('has no folder of more than 25 files', () => {
    const all = [...sources, ...tests, ...filesUnder('scripts'), ...filesUnder('bench')]
    expect([...drawers(all)].filter(([, count]) => count > 25)).toEqual([])
  })

  it('gives core one level of folders, and no loose files', () => {
    const core = sources.filter((file) => file.startsWith('src/core/'))
    expect(core.length).toBeGreaterThan(50)
    expect(core.filter((file) => file.split('/').length !== 4)).toEqual([])
  })

  it('has no circle of imports, neither of files nor of folders', () => {
    const graph = imports()
    expect(circleIn(graph)).toBeUndefined()
    const folders = rooms(graph)
    // the entry points are wired to everything, and nothing is to import one of them
    expect(circleIn(folders)).toBeUndefined()
    expect([...folders].filter(([, others]) => others.has('src'))).toEqual([])
  })

  it('lets imports go only the way that docs/development.md shows', () => {
    const places = levels()
    const isUp = (from: string, to: string) => {
      const [a, b] = [places.get(from), places.get(to)]
      return a === undefined || b === undefined || a >= b
    }
    const arrows = [...rooms(imports())].flatMap(([from, others]) => [...others].map((to) => [from, to] as const))
    expect(arrows.length).toBeGreaterThan(100)
    expect(arrows.filter(([from, to]) => isUp(from, to))).toEqual([])
  })

  it('would see a circle', () => {
    const graph = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c'])],
      ['c', new Set(['b'])],
    ])
    expect(circleIn(graph)).toEqual(['b', 'c', 'b'])
  })

  it('lets every test file run in one project', () => {
    const suites = tests.filter((file) => /^(describe|it|test)[(.]/m.test(readFileSync(file, 'utf8')))
    expect(suites.length).toBeGreaterThan(100)
    expect(suites.filter((file) => !/\/[a-z0-9-]+(\.system|\.action)?\.test\.ts$/.test(file))).toEqual([])
  })

  it('lets tests mirror the sources', () => {
    const others = ['data', 'docs', 'e2e', 'layout', 'scripts', 'support']
    const folders = tests
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => dirname(file).replace('test', 'src'))
    const known = new Set(sources.map(dirname))
    expect([...new Set(folders)].filter((f) => !known.has(f) && !others.includes(f.split('/')[1] ?? ''))).toEqual([])
  })
})
