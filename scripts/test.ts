// What `npm test` does: brings the tools that the tests need, then checks types (the build before this), form, dist, and runs all tests.
// The counts go to build/counts, for .ci/run to add up. A test that did not run counts as failed. SETUP_QEMU_TEST=form,core does those alone.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { linterTools } from './linters/workflow-linters.js'
import { bringTools, type Tool } from './tools.js'

interface Counts {
  readonly passed: number
  readonly failed: number
}

const tools: readonly Tool[] = [
  ['unshare', 'util-linux'],
  ['script', 'bsdutils'],
  ['mount', 'mount'],
  ['xz', 'xz-utils'],
  ['zstd', 'zstd'],
  ['openssl', 'openssl'],
  ['skopeo', 'skopeo'],
  ['docker-registry', 'docker-registry'],
  ['sudo', 'sudo'],
  ['ps', 'procps'],
  ['apt-get', 'apt'],
  ['dpkg-deb', 'dpkg'],
  ['zsh', 'zsh'],
  ...linterTools,
]

const countsFolder = 'build/counts'

function run(name: string, program: string, args: readonly string[]): boolean {
  console.log(`\n== ${name}`)
  return spawnSync(program, args, { stdio: 'inherit' }).status === 0
}

function check(name: string, program: string, args: readonly string[]): Counts {
  return run(name, program, args) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** Runs one vitest project; the counts are vitest's own. */
function project(name: string, before: readonly string[] = []): Counts {
  const file = join(countsFolder, `vitest-${name}.json`)
  const vitest = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]
  const [program = '', ...args] = [...before, process.execPath, ...vitest]
  const green = run(`tests: ${name}`, program, args)
  const { numPassedTests, numTotalTests } = readReport(file)
  const failed = numTotalTests - numPassedTests
  // red with no failed test: a file that could not be loaded
  return { passed: numPassedTests, failed: green ? failed : Math.max(1, failed) }
}

function readReport(file: string): { numPassedTests: number; numTotalTests: number } {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    console.error(`vitest left no report: ${error}`)
    return { numPassedTests: 0, numTotalTests: 0 }
  }
}

/** What is done, in order. */
const parts = new Map<string, () => Counts>([
  ['form', () => check('form and purity', 'node_modules/.bin/biome', ['check', '--error-on-warnings'])],
  ['dist', () => check('dist is current', process.execPath, ['build/scripts/dist.js', '--check'])],
  ['core', () => project('core')],
  ['system', () => project('system', ['test/support/kernel/private.sh'])],
  ['action', () => project('action')],
])

function wantedParts(named = process.env.SETUP_QEMU_TEST ?? ''): (() => Counts)[] {
  if (named === '') return [...parts.values()]
  return named.split(',').map((name) => {
    const part = parts.get(name)
    if (part === undefined)
      throw new Error(`SETUP_QEMU_TEST: there is no ${name}; there are ${[...parts.keys()].join(', ')}`)
    return part
  })
}

rmSync(countsFolder, { recursive: true, force: true })
mkdirSync(countsFolder, { recursive: true })
bringTools(tools)
const counts = wantedParts().map((part) => part())
const total = counts.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }))
writeFileSync(join(countsFolder, 'test.json'), JSON.stringify(total))
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
