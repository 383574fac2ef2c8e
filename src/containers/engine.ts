// A container engine of this machine, called by its command line: docker as this user, podman and nerdctl as root, because only root's containers are
// in the machine's initial user namespace and see its table.

import { randomBytes } from 'node:crypto'
import { release } from 'node:os'
import {
  type EngineImage,
  type EngineRefusal,
  endingOf,
  engineRefusal,
  isPinned,
  lacksCapability,
  lastLines,
  parseEngineImage,
  sayable,
} from '../core/containers/engine-answer.js'
import { type EngineName, engineNames } from '../core/model/engine-name.js'
import { SetupError } from '../core/model/errors.js'
import { printable } from '../core/model/targets.js'
import type { CommandResult } from '../system/command.js'
import { runProgram } from '../system/exec.js'
import type { Log } from '../system/log.js'
import { toolOnPath } from '../system/program.js'
import type { Root } from '../system/root.js'

/** Time limits in milliseconds: `ask` for a query, `pull` for an image, `run` for a container that registers. */
const usualLimits = { ask: 30_000, pull: 600_000, run: 120_000 }

const asJson = ['--format', '{{json .}}']

export class Engine {
  readonly name: EngineName
  readonly #file: string
  readonly #root: Root
  readonly #log: Log
  readonly #limits: typeof usualLimits

  constructor(name: EngineName, file: string, root: Root, log: Log, limits = usualLimits) {
    this.name = name
    this.#file = file
    this.#root = root
    this.#log = log
    this.#limits = limits
  }

  /** Why it cannot register emulators on this machine; undefined if it can. */
  async refusal(): Promise<EngineRefusal | undefined> {
    return engineRefusal(await this.#call(['info', ...asJson], this.#limits.ask), release())
  }

  /**
   * Pulls an image, unless it is here already and named by digest. `offline`: pulls nothing. `reference` must be checked before, as it stands among
   * the options. Throws `engine-failed`, and `offline` if the image is not here.
   */
  async pull(reference: string, offline: boolean): Promise<void> {
    const there = (await this.inspect(reference)) !== undefined
    if (there && (offline || isPinned(reference))) return
    const name = printable(reference, 300)
    if (offline)
      throw new SetupError('offline', `${this.name} does not have the image ${name}, and nothing may be fetched`, {
        hint: `bring it beforehand: ${this.name} pull ${name}`,
      })
    const answer = await this.#call(['pull', '--quiet', reference], this.#limits.pull)
    this.#show(answer)
    if (answer.status === 0) return
    throw new SetupError(
      'engine-failed',
      `${this.name} pull ${name}: ${endingOf(answer)}; it said: ${lastLines(answer)}`,
      {
        hint: there
          ? 'an image of that name is here: set offline to use it as it is, or name one that can be pulled'
          : 'look at the name of the image, and whether its registry can be reached from here and wants a login',
      },
    )
  }

  /** What the engine knows about an image; undefined if it does not have it. */
  async inspect(reference: string): Promise<EngineImage | undefined> {
    const inspect = (name: string) => this.#call(['image', 'inspect', ...asJson, name], this.#limits.ask)
    const answer = await inspect(reference)
    if (answer.status === 0) return parseEngineImage(answer.stdout)
    // nerdctl 2 looks up NAME@DIGEST as NAME:latest, and does not find an image pulled by digest
    const digest = this.name === 'nerdctl' ? /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1] : undefined
    const again = digest === undefined ? answer : await inspect(digest)
    return again.status === 0 ? parseEngineImage(again.stdout) : undefined
  }

  /**
   * Lets `work` copy files of an image to this machine, out of a container that is never started and is removed afterwards. Each copy returns the
   * engine's answer. Throws `engine-failed`.
   */
  async copying<T>(
    reference: string,
    { id }: EngineImage,
    work: (copy: (path: string, to: string) => Promise<CommandResult>) => Promise<T>,
  ): Promise<T> {
    const name = containerName()
    const image = this.name === 'nerdctl' ? reference : id
    const options = ['--name', name, '--pull', 'never', '--network', 'none']
    const answer = await this.#call(['create', ...options, image], this.#limits.ask)
    try {
      if (answer.status !== 0)
        throw new SetupError(
          'engine-failed',
          `${this.name} create ${printable(reference, 300)}: ${endingOf(answer)}; it said: ${lastLines(answer)}`,
          {
            hint: `see whether ${this.name} can make a container of it: ${this.name} create ${printable(reference, 300)}`,
          },
        )
      // podman always follows links
      const follow = this.name === 'podman' ? [] : ['--follow-link']
      return await work((path, to) => this.#call(['cp', ...follow, `${name}:${path}`, to], this.#limits.run))
    } finally {
      await this.#remove(name)
    }
  }

  /** Runs an image privileged and without a network. Returns its output; throws `engine-failed`. */
  async run(reference: string, { id }: EngineImage, args: readonly string[]): Promise<string> {
    // run the very image that was inspected; nerdctl cannot run one by id
    const image = this.name === 'nerdctl' ? reference : id
    const first = await this.#run(['--privileged'], image, args)
    const answer = lacksCapability(first) ? await this.#run(almostPrivileged, image, args) : first
    if (answer.status === 0) return `${answer.stdout}\n${answer.stderr}`
    throw new SetupError(
      'engine-failed',
      `${this.name} run ${printable([reference, ...args].join(' '), 300)}: ${endingOf(answer)}; it said: ${lastLines(answer)}`,
      {
        hint: `run it by hand to see all it says: ${this.name} run --rm --privileged ${printable(reference, 300)} ${args.join(' ')}`,
      },
    )
  }

  async #run(rights: readonly string[], image: string, args: readonly string[]): Promise<CommandResult> {
    const name = containerName()
    const options = ['--rm', '--name', name, '--pull', 'never', '--network', 'none', ...rights]
    // a daemon with userns-remap refuses privileged containers without this
    const namespace = this.name === 'docker' ? ['--userns', 'host'] : []
    const answer = await this.#call(['run', ...options, ...namespace, image, ...args], this.#limits.run)
    this.#show(answer)
    // killing the client does not stop the container
    if (answer.status === null) await this.#remove(name)
    return answer
  }

  /** Shows the output of an image or its registry in the log. */
  #show({ stdout, stderr }: CommandResult): void {
    for (const line of `${stdout}\n${stderr}`.split('\n'))
      if (line.trim() !== '') this.#log.output(`${this.name}: ${sayable(line)}`)
  }

  async #remove(name: string): Promise<void> {
    await this.#call(['rm', '--force', '--volumes', name], this.#limits.ask)
  }

  #call(args: readonly string[], timeoutMs: number): Promise<CommandResult> {
    const run = this.name === 'docker' ? runProgram : this.#root.run
    return run(this.#file, args, { timeoutMs })
  }
}

function containerName(): string {
  return `setup-qemu-${process.pid}-${randomBytes(4).toString('hex')}`
}

/** `--privileged` without CAP_SYS_RESOURCE, for a machine that lacks it itself: an engine cannot grant what it does not have. */
const almostPrivileged = ['--cap-add', 'ALL', '--cap-drop', 'SYS_RESOURCE', '--security-opt', 'seccomp=unconfined']

/**
 * The engine of that name, or the first on PATH that can register on this machine. Throws `no-engine`, `engine-denied`, `engine-failed`; the message
 * lists each engine found and its answer.
 */
export async function findEngine(wanted: EngineName | null, root: Root, log: Log): Promise<Engine> {
  const refusals: { name: EngineName; refusal: EngineRefusal }[] = []
  for (const name of wanted === null ? engineNames : [wanted]) {
    const file = toolOnPath(name)
    if (file === undefined) continue
    const engine = new Engine(name, file, root, log)
    const refusal = await engine.refusal()
    if (refusal === undefined) return engine
    refusals.push({ name, refusal })
  }
  throw refusals.length === 0 ? noEngine(wanted) : noUsableEngine(refusals)
}

function noEngine(wanted: EngineName | null): SetupError {
  const looked = wanted ?? engineNames.join(', ')
  return new SetupError('no-engine', `method container needs a container engine, and PATH has none of: ${looked}`, {
    hint: `install ${wanted ?? 'docker or podman'}, or choose another method: the default needs no engine`,
  })
}

function noUsableEngine(refusals: readonly { name: EngineName; refusal: EngineRefusal }[]): SetupError {
  const denied = refusals.some(({ refusal }) => refusal.kind === 'refused')
  const message = refusals.map(({ name, refusal }) => `${name} is here, but: ${refusal.reason}`).join('; ')
  return new SetupError(denied ? 'engine-denied' : 'engine-failed', message, {
    hint: denied
      ? 'let this user talk to the engine (group docker), or run setup-qemu as root'
      : 'start an engine of this machine that runs as root (systemctl start docker), or choose another method',
  })
}
