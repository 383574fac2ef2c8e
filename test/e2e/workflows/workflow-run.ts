// Carries out a workflow file of this repository as GitHub's runners do: jobs in the order of `needs`, each in a folder of its own, and its steps one after
// the other. The lines of `run` are carried out unchanged. Other actions are replaced by functions that do what these document.
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseYaml, type Yaml } from '../../support/docs/yaml.js'
import type { GitHubApi, Rights } from '../../support/github-api/github-api.js'
import { repository } from '../../support/github-api/scene.js'
import { evaluated, filled, runs, type Scope } from './expression.js'

type Words = Record<string, string>
type Mapping = { [key: string]: Yaml }

/** What an attestation says. */
export interface Attested {
  readonly name: string
  readonly sha256: string
}

export interface Surroundings {
  readonly github: GitHubApi
  /** An empty folder for everything. */
  readonly folder: string
  /** By major version the program. */
  readonly nodes: Readonly<Record<string, string>>
  /** Of each job. */
  readonly env: Words
  /** Of single jobs besides. */
  readonly jobEnv?: Readonly<Record<string, Words>>
}

export interface Event {
  /** The workflow's file. */
  readonly file: string
  readonly name: 'workflow_dispatch' | 'push' | 'schedule'
  readonly inputs?: Words
}

export interface JobResult {
  readonly result: 'success' | 'failure' | 'skipped'
  readonly outputs: Words
  readonly log: string
}

/** A run of a workflow; its failed jobs can be run again. */
export class WorkflowRun {
  readonly results = new Map<string, JobResult>()
  readonly attested: Attested[] = []
  readonly #jobs: Record<string, Mapping>
  readonly #artifacts: string
  readonly #sha: string

  constructor(
    readonly around: Surroundings,
    readonly event: Event,
  ) {
    const parsed = parseYaml(readFileSync(event.file, 'utf8')) as Mapping
    this.#jobs = parsed.jobs as Record<string, Mapping>
    this.#artifacts = mkdtempSync(join(around.folder, 'artifacts-'))
    this.#sha = around.github.store.ref('heads/main') ?? ''
  }

  get ok(): boolean {
    return [...this.results.values()].every(({ result }) => result !== 'failure')
  }

  get log(): string {
    return [...this.results.values()].map(({ log }) => log).join('')
  }

  /** Of each job the result, in order: `check success`. */
  get summary(): string[] {
    return [...this.results].map(([name, { result }]) => `${name} ${result}`)
  }

  /** All jobs, or as "Re-run failed jobs" does those that are not green and what waits for them. */
  async play(): Promise<this> {
    for (const [name, job] of Object.entries(this.#jobs)) {
      if (this.results.get(name)?.result === 'success') continue
      const started = performance.now()
      const ended = await this.#job(name, job)
      this.results.set(name, ended)
      console.log(`       ${name} ${ended.result} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
    }
    return this
  }

  async #job(name: string, job: Mapping): Promise<JobResult> {
    const needs = typeof job.needs === 'string' ? [job.needs] : ((job.needs as string[] | undefined) ?? [])
    const needed = needs.map((need) => {
      const result = this.results.get(need)
      if (result === undefined) throw new Error(`${name} needs ${need}, which comes later in the file`)
      return [need, result] as const
    })
    const contexts = { needs: Object.fromEntries(needed), inputs: this.event.inputs ?? {}, github: {} }
    const success = needed.every(([, { result }]) => result === 'success')
    const scope = { contexts, success }
    if (!runs(job.if as string | undefined, scope)) return { result: 'skipped', outputs: {}, log: '' }
    const results: JobResult[] = []
    for (const matrix of combinations(job, scope))
      results.push(await new Job(this, name, job, { ...contexts, matrix }, this.#artifacts, this.#sha).play())
    const failed = results.find(({ result }) => result === 'failure')
    return {
      result: failed === undefined ? 'success' : 'failure',
      outputs: results.at(-1)?.outputs ?? {},
      log: results.map(({ log }) => log).join(''),
    }
  }
}

function combinations(job: Mapping, scope: Scope): Words[] {
  const matrix = (job.strategy as { matrix?: Mapping } | undefined)?.matrix
  let all: Words[] = [{}]
  for (const [name, given] of Object.entries(matrix ?? {})) {
    const values = (typeof given === 'string' ? evaluated(given, scope) : given) as string[]
    all = all.flatMap((one) => values.map((value) => ({ ...one, [name]: value })))
  }
  return all
}

class Job {
  readonly #workspace: string
  readonly #temp: string
  readonly #token = `ghs_${randomBytes(18).toString('hex')}`
  readonly #outputs: Record<string, { outputs: Words }> = {}
  readonly #permissions: Words
  #path: string
  #log = ''
  #success = true

  constructor(
    private readonly run: WorkflowRun,
    private readonly name: string,
    private readonly job: Mapping,
    private readonly contexts: Readonly<Record<string, unknown>>,
    private readonly artifacts: string,
    private readonly sha: string,
  ) {
    const place = mkdtempSync(join(run.around.folder, `${name}-`))
    this.#workspace = join(place, 'work')
    this.#temp = join(place, 'temp')
    for (const folder of [this.#workspace, this.#temp, join(place, 'home')]) mkdirSync(folder)
    this.#permissions = (job.permissions as Words | undefined) ?? {}
    run.around.github.grant(this.#token, this.#permissions as Rights)
    this.#path = run.around.env.PATH ?? ''
  }

  async play(): Promise<JobResult> {
    for (const step of this.job.steps as Mapping[]) {
      if (!runs(step.if as string | undefined, this.#scope())) continue
      const title = String(step.name ?? step.run ?? step.uses)
      this.#log += `\n[${this.name}] ${title.trimEnd()}\n`
      try {
        await (step.run === undefined ? this.#action(step) : this.#lines(step))
      } catch (error) {
        this.#log += `${error instanceof Error ? error.message : error}\n`
        this.#success = false
      }
    }
    const outputs = Object.entries((this.job.outputs as Words | undefined) ?? {}).map(([name, value]) => [
      name,
      filled(value, this.#scope()),
    ])
    if (this.#log.includes(this.#token)) throw new Error(`the token of ${this.name} is in its log`)
    rmSync(dirname(this.#workspace), { recursive: true, force: true })
    return { result: this.#success ? 'success' : 'failure', outputs: Object.fromEntries(outputs), log: this.#log }
  }

  #scope(): Scope {
    const github = { token: this.#token, sha: this.sha, ref: 'refs/heads/main', repository }
    return { contexts: { ...this.contexts, github, steps: this.#outputs }, success: this.#success }
  }

  #filledWords(words: Yaml | undefined): Words {
    const all = Object.entries((words as Words | undefined) ?? {})
    return Object.fromEntries(all.map(([name, value]) => [name, filled(value, this.#scope())]))
  }

  async #lines(step: Mapping): Promise<void> {
    if ((step.run as string).includes('${{')) throw new Error('a script has an expression in it')
    const folder = mkdtempSync(join(this.#temp, 'step-'))
    const [script, output] = [join(folder, 'lines.sh'), join(folder, 'output')]
    writeFileSync(script, step.run as string)
    writeFileSync(output, '')
    const { around, event } = this.run
    const env = {
      ...around.env,
      ...around.github.environment(),
      ...{ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: event.name, GITHUB_RUN_ID: '1' },
      ...{ GITHUB_REF: 'refs/heads/main', GITHUB_REF_NAME: 'main', GITHUB_SHA: this.sha },
      ...{ GITHUB_WORKSPACE: this.#workspace, GITHUB_OUTPUT: output, RUNNER_OS: 'Linux' },
      ...{
        RUNNER_TEMP: this.#temp,
        TMPDIR: this.#temp,
        HOME: join(dirname(this.#workspace), 'home'),
        PATH: this.#path,
      },
      ...around.jobEnv?.[this.name],
      ...this.#filledWords(step.env),
    }
    try {
      await this.#call('bash', ['-e', script], env)
    } finally {
      if (step.id !== undefined) this.#outputs[step.id as string] = { outputs: outputsIn(output) }
    }
  }

  async #action(step: Mapping): Promise<void> {
    const uses = (step.uses as string).replace(/@[0-9a-f]{40}$/, '')
    const given = this.#filledWords(step.with)
    const known: Record<string, () => void | Promise<void>> = {
      'actions/checkout': () => this.#checkout(given),
      'actions/setup-node': () => this.#setupNode(given),
      'actions/upload-artifact': () => this.#upload(given),
      'actions/download-artifact': () => this.#download(given),
      'actions/attest': () => this.#attest(given),
    }
    const carryOut = known[uses]
    if (carryOut === undefined) throw new Error(`nothing stands for the action ${step.uses}`)
    await carryOut()
  }

  /** In a container without git, actions/checkout fetches the files alone. */
  async #checkout({ 'fetch-depth': depth = '1', 'persist-credentials': persist = 'true' }: Words): Promise<void> {
    if (persist !== 'false') throw new Error('the token would stay in the checkout')
    if ((this.#permissions.contents ?? '') === '') throw new Error('the token may not read the repository')
    const all = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*']
    const fetched = depth === '0' ? ['origin', ...all] : [`--depth=${depth}`, '--no-tags', 'origin', this.sha]
    for (const words of [
      ['init', '--quiet', '--initial-branch=main'],
      ['remote', 'add', 'origin', `${this.run.around.github.server}/${repository}`],
      ['fetch', '--quiet', ...fetched],
      ['checkout', '--quiet', '-B', 'main', this.sha],
    ])
      await this.#call('git', words, { ...this.run.around.env, GIT_CONFIG_GLOBAL: '/dev/null' })
    if (this.job.container !== undefined) rmSync(join(this.#workspace, '.git'), { recursive: true })
  }

  /** Runs a program in the workspace to its end; the server that it may ask is in this process. */
  async #call(program: string, args: readonly string[], env: Words): Promise<void> {
    const child = spawn(program, args, { cwd: this.#workspace, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        this.#log += chunk
      })
    const status = await new Promise<number | null>((done) => child.on('close', done))
    if (status !== 0) throw new Error(`exit status ${status}`)
  }

  #setupNode({ 'node-version': version = '' }: Words): void {
    const node = this.run.around.nodes[version]
    if (node === undefined) throw new Error(`there is no Node ${version} here`)
    const bin = join(this.#temp, `node-${version}`)
    mkdirSync(bin)
    symlinkSync(node, join(bin, 'node'))
    this.#path = `${bin}:${this.#path}`
  }

  /** Files below the nearest folder that all paths have in common; hidden ones are left out, and executable bits are lost. */
  #upload({ name = '', path = '' }: Words): void {
    const paths = path.split('\n').filter((line) => line !== '')
    const missing = paths.filter((one) => !existsSync(join(this.#workspace, one)))
    if (missing.length > 0) throw new Error(`No files were found with the provided path: ${missing.join(', ')}`)
    const parts = paths.map((one) => (paths.length === 1 ? one : dirname(one)).split('/'))
    const [first = []] = parts
    const common = first.filter((part, at) => parts.every((one) => one[at] === part)).join('/')
    const place = join(this.artifacts, name)
    rmSync(place, { recursive: true, force: true })
    for (const one of paths)
      for (const file of filesBelow(join(this.#workspace, one))) {
        const to = join(place, relative(join(this.#workspace, common), file))
        mkdirSync(dirname(to), { recursive: true })
        writeFileSync(to, readFileSync(file), { mode: 0o644 })
      }
  }

  #download({ name = '', path = '.' }: Words): void {
    const place = join(this.artifacts, name)
    if (!existsSync(place)) throw new Error(`Artifact not found for name: ${name}`)
    cpSync(place, join(this.#workspace, path), { recursive: true })
  }

  #attest({ 'subject-checksums': checksums, 'subject-path': pattern }: Words): void {
    for (const right of ['id-token', 'attestations'])
      if (this.#permissions[right] !== 'write') throw new Error(`attesting needs ${right}: write`)
    const inPlace = (one: string) => join(this.#workspace, one)
    const subjects: Attested[] = []
    if (checksums !== undefined)
      for (const line of readFileSync(inPlace(checksums), 'utf8').trimEnd().split('\n')) {
        const [, sha256 = '', name = ''] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? []
        if (sha256 === '') throw new Error(`not a line of checksums: ${line}`)
        subjects.push({ name, sha256 })
      }
    for (const file of pattern === undefined ? [] : filesMatching(inPlace(pattern)))
      subjects.push({ name: relative(dirname(file), file), sha256: sha256Of(file) })
    if (subjects.length === 0 || subjects.length > 1024)
      throw new Error(`${subjects.length} subjects, expected 1 to 1024`)
    this.run.attested.push(...subjects)
  }
}

function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

/** Regular files by a pattern in which a star stands for one whole name that is not hidden. */
function filesMatching(pattern: string): string[] {
  const isVisible = (name: string) => !name.startsWith('.')
  let paths = ['']
  for (const part of pattern.split('/').slice(1))
    paths = paths.flatMap((folder) => {
      if (part !== '*') return [`${folder}/${part}`]
      return statSync(folder).isDirectory()
        ? readdirSync(folder)
            .filter(isVisible)
            .map((name) => `${folder}/${name}`)
        : []
    })
  return paths.filter((file) => existsSync(file) && statSync(file).isFile())
}

function filesBelow(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => filesBelow(join(path, name)))
}

function outputsIn(file: string): Words {
  const lines = readFileSync(file, 'utf8').split('\n')
  const pairs = lines
    .filter((line) => line.includes('='))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  return Object.fromEntries(pairs)
}
