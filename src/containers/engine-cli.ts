// The command line of a container engine, called as this user: its address, and its answers when it refuses.

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

/** Time limits in milliseconds: `ask` for a query, `run` for a container. */
export const usualLimits = { ask: 60_000, run: 120_000 }

/** How many times a removal is tried, ten times a second, while docker removes the container itself. */
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

  /** Runs one command of the engine. */
  call(args: readonly string[], timeoutMs = this.limits.ask): Promise<CommandResult> {
    return runProgram(this.#file, args, { timeoutMs })
  }

  /** Runs one that reads bytes on standard input or writes them to standard output: @actions/exec supports neither (docs/development.md). */
  callWithBytes(
    args: readonly string[],
    bytes: { readonly input: Uint8Array } | { readonly take: (chunk: Uint8Array) => void },
  ): Promise<CommandResult> {
    return command(this.#file, args, { timeoutMs: this.limits.ask, ...bytes })
  }

  /** Starts a client to talk to; it is killed after the time limit of a container. */
  start(args: readonly string[]): ChildProcessWithoutNullStreams {
    const env = { ...forOthers(process.env), LC_ALL: 'C' }
    const child = withStreams(spawn(this.#file, args, { stdio: 'pipe', env }))
    killAfter(child, this.limits.run)
    return child
  }

  async info(): Promise<EngineInfo | EngineRefusal> {
    return engineInfo(await this.call(['info', ...asJson]))
  }

  /** The engine's address in words; null if it is unknown. */
  async address(): Promise<string | null> {
    const variable = addressVariables[this.name]
    const value = process.env[variable] ?? ''
    if (value !== '') return `${variable}=${addressWords(value)}`
    if (this.name !== 'docker') return null
    const context = parseDockerContext((await this.call(['context', 'inspect', ...asJson])).stdout)
    return context === undefined ? null : `context ${addressWords(context.name)}, ${addressWords(context.host)}`
  }

  /** Removes images or containers by `rm` or `image rm`; logs a warning for one that could not be removed. */
  async remove(args: readonly string[]): Promise<void> {
    let answer = await this.call(args)
    // while docker removes a container that has exited, it rejects a second removal; and the image can only be removed after the container
    for (let tries = 1; tries < mostRemovals && /already in progress/i.test(answer.stderr); tries++) {
      await sleep(100)
      answer = await this.call(args)
    }
    if (answer.status !== 0 && !/no such|not known|no container with/i.test(answer.stderr))
      this.log.info(`warning: ${this.refusalText(args.join(' '), answer)}`)
  }

  /** What was tried and how the engine answered, in one line. */
  refusalText(what: string, answer: CommandResult): string {
    return `${this.name} ${what}: ${endingOf(answer)}; it said: ${lastLines(answer)}`
  }
}
