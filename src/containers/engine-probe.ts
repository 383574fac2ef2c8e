// Runs a target's probe in a container of an engine. The image is made here and loaded, so nothing is pulled. A native reader in the image shows which
// kernel the container runs under and which executable runs the probe. This works wherever the engine runs: its processes need not be visible here.

import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { release } from 'node:os'
import { type ContainerRun, differenceOf, type KernelPlace, parsePlace } from '../core/containers/container-run.js'
import { type EngineRefusal, lastLines } from '../core/containers/engine-answer.js'
import { probeArchive, readerPath } from '../core/containers/probe-archive.js'
import { isLeftBehind, ownerIn, type ProbeNames, type ProbeOwner, probeNames } from '../core/containers/probe-name.js'
import { fitted, type Rules, ruleOf } from '../core/model/rule.js'
import { targetNamed } from '../core/model/targets.js'
import type { Difference } from '../core/outcome/container-findings.js'
import type { CommandResult } from '../system/command.js'
import { Conversation, endingText } from '../system/conversation.js'
import type { ProbeSet } from '../system/probe.js'
import { startOfProcess } from '../system/process.js'
import type { EngineCall } from './engine-cli.js'

/** The files that identify the kernel and user namespace of a container. */
export const placeFiles = ['/proc/sys/kernel/random/boot_id', '/proc/self/uid_map'] as const

/** What the probes of all engines share. */
export interface ProbeKit {
  /** This machine's architecture in Debian's words: `amd64`. */
  readonly host: string
  readonly place: KernelPlace
  readonly owner: ProbeOwner
  readonly probes: ProbeSet
  /** The rules of the entries; the probe is changed to match them. */
  readonly rules: Rules
  /** The QEMU version of an emulator in the catalog; null for others. */
  readonly versionOf: (sha256: string) => string | null
}

/** One run of a target's probe: the platform of its image, and the arguments it must receive; argv[0] is the probe's path. */
export interface ContainerWork {
  readonly target: string
  /** `linux/arm64` */
  readonly platform: string
  readonly argv: readonly [string, string]
}

export class EngineProbe {
  readonly #engine: EngineCall
  readonly #kit: ProbeKit
  #difference: Difference | undefined
  #place: KernelPlace | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #current: Promise<unknown> = Promise.resolve()
  #client: ChildProcess | undefined
  #stopped = false

  constructor(engine: EngineCall, kit: ProbeKit) {
    this.#engine = engine
    this.#kit = kit
  }

  /** Why the engine cannot be used; undefined if it answers. */
  async refusal(): Promise<EngineRefusal | undefined> {
    const info = await this.#engine.info()
    if (info.kind !== 'info') return info
    this.#difference = differenceOf(info, this.#kit.host, release())
    return undefined
  }

  /** Runs a target's probe in a container, one at a time, and removes its image and container afterwards. */
  run(work: ContainerWork): Promise<ContainerRun> {
    const run = this.#turn.then(async () => {
      if (this.#stopped) return await never
      const current = this.#run(work)
      this.#current = current
      const result = await current
      return this.#stopped ? await never : result
    })
    this.#turn = run.catch(() => undefined)
    return run
  }

  /** Kills the current run and removes its image and container. Promises of runs do not settle after this. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#client?.kill('SIGKILL')
    await this.#current.catch(() => undefined)
  }

  /** Removes images and containers that earlier runs left behind. On an engine with another kernel, only those of this machine. */
  async sweep(ofThisKernel: boolean): Promise<void> {
    const { owner: us } = this.#kit
    const left = (name: string) => {
      const owner = ownerIn(name)
      if (owner === undefined || (!ofThisKernel && owner.bootId !== us.bootId.slice(0, 8))) return false
      return isLeftBehind(owner, us, startOfProcess)
    }
    for (const [list, removal] of [
      [
        ['ps', '--all', '--format', '{{.Names}}'],
        ['rm', '--force'],
      ],
      [
        ['images', '--format', '{{.Repository}}:{{.Tag}}'],
        ['image', 'rm'],
      ],
    ] as const) {
      const { stdout } = await this.#engine.call(list)
      for (const name of stdout.split('\n').filter(left)) {
        await this.#engine.remove([...removal, name])
        this.#engine.log.info(`${this.#engine.name}: ${name} was left behind by a run that has ended`)
      }
    }
  }

  async #run(work: ContainerWork): Promise<ContainerRun> {
    if (this.#difference !== undefined) return await this.#elsewhere(this.#difference)
    const names = probeNames(work.target, this.#kit.owner, randomBytes(4).toString('hex'))
    try {
      const reason = (await this.#load(names, work)) ?? (await this.#look(names, work))
      if (reason !== undefined) return { kind: 'unproven', reason }
      if (this.#stopped) return { kind: 'unproven', reason: 'it was stopped' }
      const { place: here } = this.#kit
      const there = this.#place ?? here
      if (there.bootId !== here.bootId)
        return await this.#elsewhere({ what: 'boot id', theirs: there.bootId, ours: here.bootId })
      return await this.#probe(names, work, there.uidMap !== here.uidMap)
    } finally {
      await this.#engine.remove(['image', 'rm', names.image])
    }
  }

  async #load({ image }: ProbeNames, { target, platform }: ContainerWork): Promise<string | undefined> {
    const { probes, rules } = this.#kit
    const program = probes.probes.get(target)
    if (program === undefined) throw new Error(`there is no probe for ${target}`)
    const probe = fitted(program, ruleOf(targetNamed(target), rules))
    const archive = probeArchive({ reference: image, platform, probe, reader: probes.reader }, sha256Of)
    // without --platform, nerdctl only loads images for its own host
    const words = this.#engine.name === 'nerdctl' ? ['load', '--platform', platform] : ['load']
    const answer = await this.#engine.callWithBytes(words, { input: archive })
    return answer.status === 0 ? undefined : this.#engine.refusalText(`load of an image for ${platform}`, answer)
  }

  /** Finds out, once, which kernel containers run under; returns why not if that fails. */
  async #look({ looker, image }: ProbeNames, { platform }: ContainerWork): Promise<string | undefined> {
    if (this.#place !== undefined) return undefined
    const options = [...this.#options(looker, platform), '--entrypoint', readerPath]
    const answer = await this.#engine.call(['run', ...options, image, ...placeFiles], this.#engine.limits.run)
    if (isUnfinished(answer.status)) await this.#engine.remove(['rm', '--force', looker])
    if (answer.status !== 0)
      return this.#engine.refusalText(`run of a native program in a container for ${platform}`, answer)
    this.#place = parsePlace(answer.stdout)
    if (this.#place === undefined)
      return `a container of ${this.#engine.name} does not show the boot id of its kernel; it said: ${lastLines(answer)}`
    await this.sweep(this.#place.bootId === this.#kit.place.bootId)
    return undefined
  }

  async #probe(names: ProbeNames, { target, platform, argv }: ContainerWork, ownNamespace: boolean) {
    const child = this.#engine.start(['run', ...this.#options(names.container, platform), names.image, argv[1]])
    this.#client = child
    const conversation = new Conversation(child, target)
    try {
      return await this.#talk(conversation, child, names, ownNamespace)
    } finally {
      // the probe exits at the end of its input, and the container with it
      child.stdin.end()
      const { status } = await conversation.ended
      this.#client = undefined
      if (isUnfinished(status)) await this.#engine.remove(['rm', '--force', names.container])
    }
  }

  async #talk(
    conversation: Conversation,
    child: ChildProcessWithoutNullStreams,
    { container }: ProbeNames,
    ownNamespace: boolean,
  ): Promise<ContainerRun> {
    const started = await conversation.started
    if (started.kind === 'ended') {
      if (started.timedOut) return { kind: 'silent', timeoutMs: this.#engine.limits.run }
      const output = `${started.stdout.toString('latin1')}${started.stderr}`
      return { kind: 'failed', ending: endingText(started), output, ownNamespace }
    }
    const read = await this.#hashIn(container)
    if ('answer' in read)
      return { kind: 'unproven', reason: this.#engine.refusalText('exec of a reader of /proc/1/exe', read.answer) }
    const question = randomInt(64, 121)
    child.stdin.end(Buffer.from([question ^ 0x5a]))
    const end = await conversation.ended
    const qemuVersion = this.#kit.versionOf(read.sha256)
    const answerRight = end.status === question
    return { kind: 'answered', argv: started.argv, ...read, qemuVersion, answerRight, ending: endingText(end) }
  }

  /** SHA-256 of the executable of a container's first process, read by a program inside the container. */
  async #hashIn(container: string): Promise<{ sha256: string } | { answer: CommandResult }> {
    const hash = createHash('sha256')
    let [size, stdout] = [0, '']
    const take = (chunk: Uint8Array) => {
      hash.update(chunk)
      size += chunk.length
      // docker prints its own errors here as well
      if (stdout === '') stdout = new TextDecoder('latin1').decode(chunk.subarray(0, 1000))
    }
    const answer = await this.#engine.callWithBytes(['exec', container, readerPath, '/proc/1/exe'], { take })
    return answer.status === 0 && size > 0 ? { sha256: hash.digest('hex') } : { answer: { ...answer, stdout } }
  }

  async #elsewhere(difference: Difference): Promise<ContainerRun> {
    return { kind: 'elsewhere', at: await this.#engine.address(), difference }
  }

  #options(name: string, platform: string): string[] {
    // the probe must be process 1, whatever the engine's configuration says
    const own = this.#engine.name === 'podman' ? ['--pid', 'private'] : []
    const quiet = ['--pull', 'never', '--network', 'none']
    return ['--rm', '--interactive', '--name', name, ...quiet, '--init=false', ...own, '--platform', platform]
  }
}

/** Never settles: the result of a run that was stopped. */
const never = new Promise<never>(() => undefined)

/** Whether the container may still exist: its client was killed, or the engine itself failed (125). */
function isUnfinished(status: number | null): boolean {
  return status === null || status === 125
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
