// A small GitHub runner: the built dist as processes, with inputs, state and file commands as the real one hands them over, in a private table.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach } from 'vitest'
import { warmCache } from '../programs/emulators.js'
import { declaredInputs } from './declared-inputs.js'
import { node24 } from './node24.js'

export { node24 } from './node24.js'
/** The machine's own: under npm the first `node` on PATH is the Node 24 above. */
export const machineNode = process.env.npm_node_execpath ?? process.execPath
export const dist = resolve(process.env.SETUP_QEMU_DIST ?? 'dist')

/** Environment in which only this machine can be reached: nobody serves the proxy for everything else. */
export const noNetwork = {
  https_proxy: 'http://127.0.0.1:1',
  http_proxy: 'http://127.0.0.1:1',
  no_proxy: '127.0.0.1',
}

export interface StepResult {
  readonly status: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly path: string
  /** What the step set for later ones, of GITHUB_ENV. */
  readonly variables: Readonly<Record<string, string>>
  readonly summary: string
  readonly state: Readonly<Record<string, string>>
  /** By name the text of each entry; null when binfmt_misc is not mounted. */
  readonly table: Readonly<Record<string, string>> | null
  readonly journals: readonly string[]
}

export interface Step {
  readonly name: string
  readonly file: string
  readonly args: readonly string[]
  readonly env: Record<string, string>
  readonly action?: boolean
  readonly stateOf?: string
}

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-scenario-'))
  // steps may run as other users
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

function plainEnv(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'TERM']
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}

interface ActionOptions {
  readonly env?: Record<string, string>
  readonly nodeArgs?: readonly string[]
  /** A program that starts the step and ends with it, with its arguments: `timeout 60`. */
  readonly under?: readonly string[]
  /** Kill -9 as soon as the folder holds a name with this in it. */
  readonly kill?: readonly [folder: string, name: string]
}

/** The steps of a job have one folder. */
let runnerTemp: string | undefined
afterEach(() => {
  runnerTemp = undefined
})

function actionEnv(options: ActionOptions): Record<string, string> {
  runnerTemp ??= temporary()
  return {
    ...plainEnv(),
    RUNNER_TOOL_CACHE: warmCache,
    RUNNER_TEMP: runnerTemp,
    GITHUB_ACTIONS: 'true',
    ...options.env,
  }
}

/** Node and its arguments, under what is to start it. */
function commandOf(args: readonly string[], { under = [] }: ActionOptions): Pick<Step, 'file' | 'args'> {
  const [file = '', ...rest] = [...under, node24, ...args]
  return { file, args: rest }
}

/** Inputs as variables; those that are not given have their defaults. */
function inputEnv(file: string, inputs: Record<string, string>): Record<string, string> {
  const all = Object.entries({ ...declaredInputs(file), ...inputs })
  return Object.fromEntries(all.map(([input, value]) => [`INPUT_${input.toUpperCase()}`, value]))
}

/** The action's main step with some inputs; the others have their defaults. */
export function main(inputs: Record<string, string> = {}, options: ActionOptions = {}, name = 'main'): Step {
  const [folder, held] = options.kill ?? []
  const kill: Record<string, string> = folder === undefined ? {} : { KILL_FOLDER: folder, KILL_NAME: held ?? '' }
  const preload = folder === undefined ? [] : ['--import', resolve('test/support/runner/kill-at.mjs')]
  const args = [...preload, ...(options.nodeArgs ?? []), join(dist, 'main/index.js')]
  return {
    name,
    ...commandOf(args, options),
    env: { ...actionEnv(options), ...inputEnv('action.yml', inputs), ...kill },
    action: true,
  }
}

/** The step of the action `compare`. */
export function compare(inputs: Record<string, string>, options: ActionOptions = {}, name = 'compare'): Step {
  return {
    name,
    file: node24,
    args: [...(options.nodeArgs ?? []), join(dist, 'compare/index.js')],
    env: { ...actionEnv(options), ...inputEnv('compare/action.yml', inputs) },
    action: true,
  }
}

/** The action's post step for a main step. */
export function post(of = 'main', options: ActionOptions = {}): Step {
  return {
    name: `post of ${of}`,
    ...commandOf([join(dist, 'post/index.js')], options),
    env: actionEnv(options),
    action: true,
    stateOf: of,
  }
}

/** The command line, under the machine's node. */
export function cli(name: string, args: readonly string[], env: Record<string, string> = {}, node = machineNode): Step {
  return {
    name,
    file: node,
    args: [join(dist, 'cli/index.js'), ...args],
    env: { ...plainEnv(), XDG_CACHE_HOME: warmCache, ...env },
  }
}

/** A constant shell script with arguments. */
export function shell(name: string, script: string, ...args: string[]): Step {
  return { name, file: 'bash', args: ['-c', script, 'bash', ...args], env: plainEnv() }
}

/** Runs steps one after the other (a list: at once) in a namespace of their own; `wrapper` prepares it. */
export async function play(
  steps: readonly (Step | readonly Step[])[],
  options: { wrapper?: readonly string[]; env?: Record<string, string> } = {},
) {
  const base = join(temporary(), 'base')
  const wrapper = options.wrapper ?? ['test/support/kernel/private.sh']
  const [file = '', ...args] = [...wrapper, process.execPath, 'test/support/runner/scenario.mjs']
  const child = spawn(file, args, { stdio: 'pipe', env: { ...process.env, ...options.env } })
  const timer = setTimeout(() => child.kill('SIGKILL'), 100_000)
  child.stdin.end(JSON.stringify({ steps, base }))
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  clearTimeout(timer)
  if (status !== 0) throw new Error(`the scenario itself failed with ${status}: ${stderr}`)
  const { before, results } = JSON.parse(stdout) as {
    before: Record<string, string>
    results: Record<string, StepResult>
  }
  const result = (name: string): StepResult => {
    const found = results[name]
    if (found === undefined) throw new Error(`there is no step ${name}`)
    return found
  }
  return { before, result }
}

/** The annotations of a kind in a step's output, `%0A` decoded. */
export function annotations(
  kind: 'error' | 'warning' | 'notice',
  { stdout }: StepResult,
): { title: string; text: string }[] {
  const lines = stdout.split(/\r?\n/).filter((line) => line.startsWith(`::${kind}`))
  const decode = (text = '') =>
    text.replaceAll('%0A', '\n').replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%25', '%')
  return lines.map((line) => {
    const [, title, text] = /^::\w+(?: title=([^:]*))?::(.*)$/.exec(line) ?? []
    return { title: decode(title), text: decode(text) }
  })
}

/** What a step leaves for others to read; the mask command is for the runner alone. */
export function readable({ stdout, stderr, summary, outputs, state, path }: StepResult): string {
  const log = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return [...log, stderr, summary, JSON.stringify(outputs), JSON.stringify(state), path].join('\n')
}

/** Names of half-written files anywhere below a folder. */
export function halfWritten(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.part'))
}

/** The bytes of a real arm64 program: the probe. */
export function installProbe(folder: string): string {
  const script =
    'import p from "./src/data/probes.json" with {type:"json"};import{writeFileSync}from"node:fs";writeFileSync(process.argv[1],Buffer.from(p.probes.aarch64.base64,"base64"),{mode:0o755})'
  const path = join(folder, 'foreign')
  execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script, path])
  return path
}
