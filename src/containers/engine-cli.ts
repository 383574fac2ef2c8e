// A container engine as this user calls it: its command line, where it is reached, and what it says when it refuses.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { addressWords } from '../core/containers/container-run.js'
import {
  type EngineInfo,
  type EngineRefusal,
  endingOf,
  engineInfo,
  lastLines,
  parseDockerContext,
} from '../core/containers/engine-answer.js'
import { forOthers } from '../core/machine/step-environment.js'
import type { EngineName } from '../core/model/engine-name.js'
import { type CommandResult, command, killAfter } from '../system/command.js'
import { runProgram } from '../system/exec.js'
import type { Log } from '../system/log.js'
import { withStreams } from '../system/open-files.js'

/** Time limits in milliseconds: a question, a container. */
export const usualLimits = { ask: 60_000, run: 120_000 }

/** How often a removal that docker itself has begun is asked for again, ten times a second. */
const mostRemovals = 100

const asJson = ['--format', '{{json .}}']
const addressVariables = { docker: 'DOCKER_HOST', podman: 'CONTAINER_HOST', nerdctl: 'CONTAINERD_ADDRESS' } as const

export class EngineCall {
  readonly name: EngineName
  readonly limits: typeof usualLimits
  readonly log: Log
  readonly #file: string

  constructor(name: EngineName, file: string, log: Log, limits = usualLimits) {
    this.name = name
    this.log = log
    this.limits = limits
    this.#file = file
  }

  /** One call to its end. */
  call(args: readonly string[], timeoutMs = this.limits.ask): Promise<CommandResult> {
    return runProgram(this.#file, args, { timeoutMs })
  }

  /** The same for one that is given bytes, or whose bytes are taken as they are: @actions/exec can do neither (docs/development.md). */
  callWithBytes(
    args: readonly string[],
    bytes: { readonly input: Uint8Array } | { readonly take: (chunk: Uint8Array) => void },
  ): Promise<CommandResult> {
    return command(this.#file, args, { timeoutMs: this.limits.ask, ...bytes })
  }

  /** A client that is spoken with, within the time of a container. */
  start(args: readonly string[]): ChildProcessWithoutNullStreams {
    const env = { ...forOthers(process.env), LC_ALL: 'C' }
    const child = withStreams(spawn(this.#file, args, { stdio: 'pipe', env }))
    killAfter(child, this.limits.run)
    return child
  }

  async info(): Promise<EngineInfo | EngineRefusal> {
    return engineInfo(await this.call(['info', ...asJson]))
  }

  /** Where the engine is reached, in words; null where nothing says it. */
  async address(): Promise<string | null> {
    const variable = addressVariables[this.name]
    const value = process.env[variable] ?? ''
    if (value !== '') return `${variable}=${addressWords(value)}`
    if (this.name !== 'docker') return null
    const context = parseDockerContext((await this.call(['context', 'inspect', ...asJson])).stdout)
    return context === undefined ? null : `context ${addressWords(context.name)}, ${addressWords(context.host)}`
  }

  /** Removes images or containers by `rm` or `image rm`; one that stays is told. */
  async remove(args: readonly string[]): Promise<void> {
    let answer = await this.call(args)
    // docker removes a container that has ended by itself, and refuses to be told so meanwhile; until it is gone, its image cannot go
    for (let tries = 1; tries < mostRemovals && /already in progress/i.test(answer.stderr); tries++) {
      await sleep(100)
      answer = await this.call(args)
    }
    if (answer.status !== 0 && !/no such|not known|no container with/i.test(answer.stderr))
      this.log.info(`warning: ${this.refusalText(args.join(' '), answer)}`)
  }

  /** What was tried and what came back, in one line. */
  refusalText(what: string, answer: CommandResult): string {
    return `${this.name} ${what}: ${endingOf(answer)}; it said: ${lastLines(answer)}`
  }
}
