// The part of the benchmark that tells what a warm set-up costs beside the floor; inside test/support/kernel/private.sh. Writes its result as JSON.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { emulatorPath, warmCache } from '../test/support/programs/emulators.js'
import { hyperfined } from './clock.js'
import { type Series, sum } from './series.js'

export interface Warm {
  /** Of node: `v24.21.0`. */
  readonly version: string
  readonly floor: Series
  readonly rows: readonly (readonly [name: string, series: Series])[]
}

const [results = '', folder = ''] = process.argv.slice(2)
const cli = resolve('dist/cli/index.js')
const nodes = [
  process.env.npm_node_execpath ?? process.execPath,
  resolve(`node_modules/node-linux-${process.arch}/bin/node`),
]

function warm(node: string, interpreter: string, program: string): Warm {
  const setup = [node, cli, 'setup', 'arm64', '--cache-dir', warmCache]
  const restore = [node, cli, 'restore', '--all']
  const found = hyperfined(
    {
      node: { words: [node, '-e', '0'] },
      true: { words: [interpreter, program, 'true'] },
      'first call': { words: setup, prepare: restore },
      'second call, which keeps the entry': { words: setup },
      'setup --dry-run': { words: [...setup, '--dry-run'] },
      status: { words: [node, cli, 'status'] },
    },
    5,
    6,
  )
  execFileSync(node, [cli, 'restore', '--all'], { stdio: 'ignore' })
  const of = (name: string) => found.get(name) as Series
  const names = ['first call', 'second call, which keeps the entry', 'setup --dry-run', 'status']
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  return { version, floor: sum(of('node'), of('true')), rows: names.map((name) => [name, of(name)]) }
}

const program = join(
  folder,
  execFileSync('find', ['busybox', '-path', '*bin/busybox'], { cwd: folder, encoding: 'utf8' }).trim(),
)
const interpreter = await emulatorPath('aarch64')
writeFileSync(results, JSON.stringify(nodes.map((node) => warm(node, interpreter, program))))
