// src/core imports nothing but itself and knows nothing of the world: each way out is planted in a tree of its own, and the project's real
// linter has to refuse it.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const from = (specifier: string) => `import { x } from '${specifier}'\nx()\n`
const value = (expression: string) => `export const value = ${expression}\n`

/** Imports in a file of src/core itself, and in one of a folder there. */
const allowed: Record<string, readonly string[]> = {
  'src/core': ['./x.js', './folder/x.js', '../data/targets.json'],
  'src/core/folder': ['./x.js', '../x.js', '../other/x.js', '../../data/targets.json'],
}
const everywhere = [
  'node:fs',
  'fs',
  'fzstd',
  '@actions/core',
  '#x',
  '/x.js',
  'file:///x.js',
  'data:text/javascript,1',
  '.',
  '..',
]
const forbidden: Record<string, readonly string[]> = {
  'src/core': [
    ...everywhere,
    ...['../system/command.js', '../restore.js', '../data/emulators.json', '../data/../system/x.js', '../core/x.js'],
    ...['./../system/x.js', './/../system/x.js', './folder/../../system/x.js', '../../package.json', './..'],
  ],
  'src/core/folder': [
    ...everywhere,
    ...['../../system/command.js', '../../restore.js', '../../data/emulators.json', '../../../package.json'],
    ...['./../../system/x.js', '../other/../../system/x.js', '.././../system/x.js', '../../core/x.js', '../..'],
  ],
  // deeper than core is: what leaves a folder and the one above it is refused, even where that would still be core
  'src/core/folder/deeper': ['../../../system/command.js', '../../x.js', 'node:fs'],
}

/** Ways to name a module; S is what it is called. */
const statements = [
  "import { x } from 'S'\nx()\n",
  "import x from 'S'\nx()\n",
  "import * as x from 'S'\nx.y()\n",
  "import 'S'\n",
  "import type { X } from 'S'\nexport type Y = X\n",
  "import x from 'S' with { type: 'json' }\nx()\n",
  "import x = require('S')\nx()\n",
  "export { x } from 'S'\n",
  "export * from 'S'\n",
  "export * as x from 'S'\n",
  "export type { X } from 'S'\n",
].flatMap((text) => ['node:fs', '../system/command.js'].map((name) => text.replace('S', name)))

const forms = [
  ...["await import('./x.js')", "await import('node:fs')", 'await import(`../system/x.js`)'].map(value),
  'export const load = (name: string) => import(name)\n',
  "export type X = import('../system/x.js').X\n",
  "export type X = typeof import('node:fs')\n",
  "declare module 'node:fs' {}\n",
  ...['import.meta.dirname', "import.meta.resolve('node:fs')"].map(value),
  ...['Date.now()', 'new Date()', 'Date()', 'Math.random()'].map(value),
]

const globals = [
  ...[
    'process.exit()',
    'process.env.X',
    'typeof process',
    'globalThis.process',
    'global.process',
    "globalThis['fetch']",
  ],
  ...["Buffer.from('')", "require('node:fs')", "module.require('node:fs')", '__dirname', '__filename', 'exports.x'],
  ...["fetch('')", "new WebSocket('')", 'navigator.platform', 'self.fetch', 'window.fetch', 'crypto.randomUUID()'],
  ...['performance.now()', 'setTimeout(() => 1)', 'setInterval(() => 1)', 'setImmediate(() => 1)'],
  ...['queueMicrotask(() => 1)', "new Function('1')", "Function('1')"],
].map(value)

interface Planted {
  readonly file: string
  readonly text: string
}

const plant = (folder: string, kind: string, texts: readonly string[]): Planted[] =>
  texts.map((text, at) => ({ file: `${folder}/${kind}-${at}.ts`, text }))
const planted = (kind: string, specifiers: Record<string, readonly string[]>) =>
  Object.entries(specifiers).flatMap(([folder, names]) => plant(folder, kind, names.map(from)))

const good = [
  ...planted('allowed', allowed),
  // what is the same everywhere and at every time
  ...plant(
    'src/core',
    'pure',
    ["new URL('a:b').href", 'new TextDecoder()', "Date.parse('1 May')", 'new Date(0)'].map(value),
  ),
]
const bad = {
  noRestrictedImports: [...planted('forbidden', forbidden), ...plant('src/core', 'statement', statements)],
  plugin: plant('src/core', 'form', forms),
  noRestrictedGlobals: plant('src/core', 'global', globals),
  noGlobalEval: plant('src/core', 'eval', [value("eval('1')")]),
  noConsole: plant('src/core', 'console', [value("console.log('1')")]),
}

const biome = resolve('node_modules/.bin/biome')
let tree = ''
let found: ReadonlyMap<string, readonly string[]>

/** By file the names of the rules that refuse it. */
function linted(folder: string): Map<string, string[]> {
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', '--vcs-enabled=false', '.']
  const { stdout, stderr } = spawnSync(biome, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (!stdout.startsWith('{')) throw new Error(`biome did not report: ${stdout}${stderr}`)
  const rules = new Map<string, string[]>()
  for (const { location, category, severity } of JSON.parse(stdout).diagnostics) {
    const file = location.path.replace(/^\.\//, '')
    if (severity === 'error') rules.set(file, [...(rules.get(file) ?? []), category.split('/').at(-1)])
  }
  return rules
}

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'setup-qemu-purity-'))
  for (const name of ['biome.json', 'scripts/pure-core.grit']) cpSync(name, join(tree, name))
  for (const { file, text } of [...good, ...Object.values(bad).flat()]) {
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    writeFileSync(join(tree, file), text)
  }
  found = linted(tree)
})
afterAll(() => rmSync(tree, { recursive: true, force: true }))

describe('the linter, in src/core', () => {
  it.each(good)('takes $text ($file)', ({ file }) => {
    expect(found.get(file)).toBeUndefined()
  })

  describe.each(Object.entries(bad))('refuses by %s', (rule, files) => {
    it.each(files)('$text ($file)', ({ file }) => {
      expect(found.get(file)).toContain(rule)
    })
  })

  it('is nowhere told to look away', () => {
    const files = readdirSync('src/core', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    expect(files.length).toBeGreaterThan(50)
    const silent = files.filter((name) =>
      /biome-ignore|@ts-(ignore|nocheck)|<reference/.test(readFileSync(join('src/core', name), 'utf8')),
    )
    expect(silent).toEqual([])
  })
})
