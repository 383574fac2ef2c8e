// A small runner for the documents' workflows: the steps of each job one after the other, as GitHub's runner carries them out, with this
// checkout's bundle for `uses: OWNER/setup-qemu@<commit>`, whatever the owner and the release. Runs as whom `wrap` says.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYaml, type Yaml } from '../../support/docs/yaml.js'
import { declaredInputs } from '../../support/runner/declared-inputs.js'

type Words = Record<string, string>
type Mapping = { [key: string]: Yaml }

export interface Surroundings {
  /** The Node that runs actions. */
  readonly node: string
  /** Where the steps run, and where the bundle is in `dist`. */
  readonly workspace: string
  readonly env: Words
  /** Program and arguments that run a program as the runner's user. */
  readonly wrap: (file: string, args: readonly string[]) => readonly [string, ...string[]]
  /** Shell lines in place of other actions, by what stands behind `uses`. */
  readonly actions: Words
  /** More inputs of our own. */
  readonly inputs: Words
  readonly vars: Words
}

export interface Played {
  /** Of the first step that failed; 0 when none did. */
  readonly status: number
  readonly log: string
}

const fileNames = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY'] as const

/** The runner's file commands: NAME=VALUE, or NAME<<DELIMITER and lines up to that. */
function fileCommands(path: string): Words {
  const values: Words = {}
  const lines = readFileSync(path, 'utf8').split('\n')
  for (let at = 0; at < lines.length; at++) {
    const [, name, delimiter] = /^([^=]+?)<<(.+)$/.exec(lines[at] ?? '') ?? []
    const equals = (lines[at] ?? '').indexOf('=')
    if (name !== undefined && delimiter !== undefined) {
      const end = lines.indexOf(delimiter, at + 1)
      values[name] = lines.slice(at + 1, end).join('\n')
      at = end
    } else if (equals > 0) values[(lines[at] ?? '').slice(0, equals)] = (lines[at] ?? '').slice(equals + 1)
  }
  return values
}

/** Every combination of a matrix, in order; one without a name where there is none. */
function combinations(matrix: Mapping): Words[] {
  let all: Words[] = [{}]
  for (const [name, values] of Object.entries(matrix))
    all = all.flatMap((one) => (values as string[]).map((value) => ({ ...one, [name]: value })))
  return all
}

class Job {
  #log = ''
  #status = 0
  readonly #outputs: Record<string, Words> = {}
  readonly #posts: (() => void)[] = []
  #env: Words

  constructor(
    private readonly around: Surroundings,
    private readonly matrix: Words,
  ) {
    this.#env = around.env
  }

  play(steps: readonly Mapping[]): Played {
    for (const step of steps) {
      if (this.#status !== 0 || !this.#isWanted(step.if)) continue
      const status = step.uses === undefined ? this.#lines(step) : this.#action(step)
      if (status !== 0) this.#status = status
    }
    for (const post of this.#posts.reverse()) post()
    return { status: this.#status, log: this.#log }
  }

  /** `${{ a.b }}` by what it stands for. */
  #filled(text: string): string {
    return text.replace(/\$\{\{ *([\w.-]+) *\}\}/g, (_, path: string) => this.#value(path))
  }

  #value(path: string): string {
    const steps = Object.fromEntries(Object.entries(this.#outputs).map(([id, outputs]) => [id, { outputs }]))
    const context = { steps, matrix: this.matrix, vars: this.around.vars, runner: { os: 'Linux' } }
    let value: unknown = context
    for (const name of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[name]
    return typeof value === 'string' ? value : ''
  }

  #isWanted(condition: Yaml | undefined): boolean {
    if (condition === undefined) return true
    const [, path, expected] = /^([\w.-]+) == '(.*)'$/.exec(condition as string) ?? []
    if (path === undefined) throw new Error(`this condition is more than is read here: ${condition}`)
    return this.#value(path) === expected
  }

  #lines(step: Mapping): number {
    const file = join(mkdtempSync(join(this.around.env.RUNNER_TEMP ?? '', 'step-')), 'lines.sh')
    writeFileSync(file, this.#filled(step.run as string))
    this.#opened(file)
    const words = ((step.shell as string | undefined) ?? 'bash -e {0}').split(' ')
    const own: Words = {}
    for (const [name, value] of Object.entries((step.env as Words | undefined) ?? {})) own[name] = this.#filled(value)
    const [program = '', ...args] = words.map((word) => (word === '{0}' ? file : word))
    return this.#call(step, program, args, own).status
  }

  #action(step: Mapping): number {
    const uses = step.uses as string
    const standIn = this.around.actions[uses]
    if (standIn !== undefined) return this.#lines({ ...step, run: standIn })
    const [, folder] = /^\w+\/setup-qemu(\/compare)?@(?:<commit>|v[\d.]+)$/.exec(uses) ?? [uses, uses]
    if (folder !== undefined && folder !== '/compare') throw new Error(`nothing stands for the action ${uses}`)
    const isCompare = folder === '/compare'
    const declared = declaredInputs(isCompare ? 'compare/action.yml' : 'action.yml')
    const inputs: Words = { ...declared }
    for (const [name, value] of Object.entries((step.with as Words | undefined) ?? {})) {
      if (!(name in declared)) throw new Error(`${uses} has no input ${name}`)
      inputs[name] = this.#filled(value)
    }
    const env: Words = {}
    for (const [name, value] of Object.entries({ ...inputs, ...(isCompare ? {} : this.around.inputs) }))
      env[`INPUT_${name.toUpperCase()}`] = value
    const bundle = (name: string) => join(this.around.workspace, 'dist', name, 'index.js')
    const { status, state } = this.#call(step, this.around.node, [bundle(isCompare ? 'compare' : 'main')], env)
    const saved = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
    if (!isCompare) this.#posts.push(() => void this.#call({}, this.around.node, [bundle('post')], saved))
    return status
  }

  #call(step: Mapping, file: string, args: readonly string[], env: Words): { status: number; state: Words } {
    const folder = mkdtempSync(join(this.around.env.RUNNER_TEMP ?? '', 'files-'))
    this.#opened(folder)
    const files = Object.fromEntries(fileNames.map((name) => [`GITHUB_${name}`, join(folder, name)]))
    for (const path of Object.values(files)) {
      writeFileSync(path, '')
      chmodSync(path, 0o666)
    }
    const [program, ...words] = this.around.wrap(file, args)
    const { status, stdout, stderr, error }: SpawnSyncReturns<string> = spawnSync(program, words, {
      encoding: 'utf8',
      cwd: this.around.workspace,
      env: { ...this.#env, ...env, ...files },
      input: '',
      maxBuffer: 1 << 26,
    })
    this.#log += `${stdout}${stderr}${error ?? ''}`
    const read = (name: (typeof fileNames)[number]) => join(folder, name)
    if (step.id !== undefined) this.#outputs[step.id as string] = fileCommands(read('OUTPUT'))
    const path = readFileSync(read('PATH'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
    // the last line comes first
    this.#env = { ...this.#env, ...fileCommands(read('ENV')), PATH: [...path.reverse(), this.#env.PATH].join(':') }
    this.#log += readFileSync(read('STEP_SUMMARY'), 'utf8')
    return { status: status ?? 128, state: fileCommands(read('STATE')) }
  }

  #opened(path: string): void {
    chmodSync(path, 0o755)
    chmodSync(join(path, '..'), 0o755)
  }
}

/** Plays the steps or jobs of a block, each combination of a matrix; `before` is told the matrix. The status is of the first that failed. */
export function playWorkflow(
  text: string,
  around: Surroundings,
  before: (matrix: Words) => void = () => undefined,
): Played {
  const parsed = parseYaml(text)
  const jobs: readonly Mapping[] = Array.isArray(parsed)
    ? [{ steps: parsed }]
    : (Object.values((parsed as Mapping).jobs as Mapping) as Mapping[])
  const played: Played[] = []
  for (const job of jobs) {
    const strategy = job.strategy as { matrix?: Mapping } | undefined
    for (const matrix of combinations(strategy?.matrix ?? {})) {
      before(matrix)
      played.push(new Job(around, matrix).play(job.steps as Mapping[]))
    }
  }
  const red = played.find(({ status }) => status !== 0)
  return { status: red?.status ?? 0, log: played.map(({ log }) => log).join('') }
}
