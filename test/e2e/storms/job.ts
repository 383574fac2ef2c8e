// One job of the stress part: a small runner's worker, which carries out main, waits, and carries out post. It is killed as a whole by whoever
// started it; with a time given it kills main itself, as a runner does that cancels a step.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { node24 } from '../../support/runner/node24.js'

export interface JobWish {
  readonly dist: string
  readonly inputs: Readonly<Record<string, string>>
  readonly cache: string
  /** The runner's temporary folder; by default one of the job's own. */
  readonly temporary?: string
  readonly workMs: number
  /** Kill main with SIGKILL after so many milliseconds. */
  readonly killMainMs: number | null
  /** Where the job writes what came of it. */
  readonly report: string
}

export interface JobReport {
  readonly main: number | null
  readonly status: string
  readonly log: string
  readonly post: number | null
  readonly postLog: string
}

const fileNames = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY']

/** NAME<<DELIMITER blocks of the runner's file commands. */
function parsed(text: string): Record<string, string> {
  const blocks = [...text.matchAll(/^([^=\n]+?)<<(.+)\n([\s\S]*?)\n?\2$/gm)]
  return Object.fromEntries(blocks.map(([, name = '', , value = '']) => [name, value]))
}

function step(file: string, folder: string, env: Record<string, string>, killMs: number | null) {
  for (const name of fileNames) writeFileSync(join(folder, name), '')
  const files = Object.fromEntries(fileNames.map((name) => [`GITHUB_${name}`, join(folder, name)]))
  return new Promise<{ status: number | null; log: string }>((resolve) => {
    const child = spawn(node24, [file], { env: { ...env, ...files }, stdio: ['ignore', 'pipe', 'pipe'] })
    let log = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        log += data
      })
    const timer = killMs === null ? undefined : setTimeout(() => child.kill('SIGKILL'), killMs)
    child.on('close', (status) => {
      clearTimeout(timer)
      resolve({ status, log })
    })
  })
}

async function work(wish: JobWish): Promise<void> {
  const folder = mkdtempSync(join(wish.temporary === undefined ? tmpdir() : dirname(wish.temporary), 'setup-qemu-job-'))
  try {
    const inputs = Object.entries(wish.inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
    const plain = {
      PATH: process.env.PATH ?? '',
      RUNNER_TOOL_CACHE: wish.cache,
      RUNNER_TEMP: wish.temporary ?? folder,
      HOME: folder,
    }
    const main = await step(
      join(wish.dist, 'main/index.js'),
      folder,
      { ...plain, ...Object.fromEntries(inputs) },
      wish.killMainMs,
    )
    const state = parsed(readFileSync(join(folder, 'STATE'), 'utf8'))
    const status = parsed(readFileSync(join(folder, 'OUTPUT'), 'utf8')).status ?? ''
    await new Promise((resolve) => setTimeout(resolve, wish.workMs))
    const saved = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
    const post = await step(join(wish.dist, 'post/index.js'), folder, { ...plain, ...saved }, null)
    const report: JobReport = { main: main.status, status, log: main.log, post: post.status, postLog: post.log }
    // whoever reads it finds a whole one, whenever this job is killed
    writeFileSync(`${wish.report}.part`, JSON.stringify(report))
    renameSync(`${wish.report}.part`, wish.report)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await work(JSON.parse(process.argv[2] ?? '{}') as JobWish)
