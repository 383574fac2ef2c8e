// Runs the probes: tiny programs of another architecture, directly or in an empty root, and finds out what runs them while they wait.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { forOthers } from '../core/machine/step-environment.js'
import type { EmulatorEnvironment, LocatedEmulator } from '../core/model/emulator.js'
import { fitted, marked, type Rules, ruleOf } from '../core/model/rule.js'
import { targetNamed } from '../core/model/targets.js'
import { dynamicProbe, type Wants } from '../core/probe/dynamic-probe.js'
import { isUntried, type ProbeRun } from '../core/probe/probe-run.js'
import { type CommandResult, command, errnoName, killAfter } from './command.js'
import { Conversation, endedRun, endingText } from './conversation.js'
import { type Fingerprints, isElsewhere } from './fingerprint.js'
import { throwIfNoFileLeft, withStreams } from './open-files.js'
import { lastDescendant } from './process.js'
import type { Root } from './root.js'
import { goingFolder, makeTemporary } from './temporary-folder.js'

/** The native helper that calls chroot and execve and reports the errno, and the probes; see probes/README.md. */
export interface ProbeSet {
  readonly launcher: Uint8Array
  /** The native program that prints files of a container from inside. */
  readonly reader: Uint8Array
  /** By target. */
  readonly probes: ReadonlyMap<string, Uint8Array>
}

interface Probe {
  readonly target: string
  readonly bytes: Uint8Array
  readonly sha256: string
}

/** The probe's argv[0] in a direct run. It differs from its path, so only an entry with P passes it on. */
const argv0 = 'setup-qemu-argv0'

/** A run, and the arguments and path that were passed. */
export interface ProbeResult {
  readonly run: ProbeRun
  readonly argv: readonly string[]
  readonly path: string
}

/** The errno with which this machine refuses to execute the programs of a folder (`EACCES`: it is mounted noexec). */
export class ProgramsRefused extends Error {
  readonly errno: string

  constructor(errno: string) {
    super(`executing a program there answered ${errno}`)
    this.errno = errno
  }
}

/** A folder with the probes of some targets, made for the given rules, each in its own otherwise empty root. */
export class ProbeFolder {
  readonly #folder: string
  readonly #forget: () => void
  readonly #probes = new Map<string, Probe>()
  readonly #fingerprints: Fingerprints
  readonly #timeoutMs: number
  readonly #rules: Rules
  /** A program of the folder has been executed. */
  #isRunnable = false

  /** Makes the folder in `parent`; `close` removes it. Throws node's file system errors. */
  constructor(
    parent: string,
    targets: readonly string[],
    set: ProbeSet,
    fingerprints: Fingerprints,
    { timeoutMs = 30_000, rules = 'upstream' }: { readonly timeoutMs?: number; readonly rules?: Rules } = {},
  ) {
    this.#fingerprints = fingerprints
    this.#timeoutMs = timeoutMs
    this.#rules = rules
    const { folder, forget } = goingFolder(() => makeTemporary(parent, 'probe'))
    this.#folder = folder
    this.#forget = forget
    try {
      this.#fill(targets, set)
    } catch (error) {
      this.close()
      throw error
    }
  }

  #fill(targets: readonly string[], set: ProbeSet): void {
    writeFileSync(join(this.#folder, 'launch'), set.launcher, { mode: 0o755 })
    for (const target of targets) {
      const probe = probeOf(target, set, this.#rules)
      this.#probes.set(target, probe)
      mkdirSync(join(this.#folder, target), { mode: 0o755 })
      writeFileSync(join(this.#folder, target, 'probe'), probe.bytes, { mode: 0o755 })
      if (this.#rules === 'wide') writeFileSync(this.#markedPath(target), marked(probe.bytes), { mode: 0o755 })
    }
  }

  close(): void {
    this.#forget()
    try {
      rmSync(this.#folder, { recursive: true, force: true })
    } catch (error) {
      throwIfNoFileLeft(error)
      throw error
    }
  }

  /** Throws ProgramsRefused where programs of the folder cannot be executed. What the first run shows is enough, unless it says nothing of the launcher. */
  async #assureRunnable(run: ProbeRun): Promise<void> {
    if (this.#isRunnable) return
    const hasLaunched = run.kind === 'answered' || (run.kind === 'refused' && run.stage !== 'spawn')
    const errno = hasLaunched ? undefined : await this.#launcherErrno()
    if (errno !== undefined) throw new ProgramsRefused(errno)
    this.#isRunnable = true
  }

  async #launcherErrno(): Promise<string | undefined> {
    const { stderr, errno } = await command(join(this.#folder, 'launch'), ['-', '-', '', '', ''])
    // the launcher rejects the empty path, which shows that it ran
    return stderr.startsWith('setup-qemu: exec') ? undefined : (errno ?? 'EIO')
  }

  probe(target: string): Probe {
    const probe = this.#probes.get(target)
    if (probe === undefined) throw new Error(`there is no probe for ${target}`)
    return probe
  }

  /** Runs the target's probe as this user; `environment` is added to ours. Throws ProgramsRefused. */
  async direct(target: string, environment: EmulatorEnvironment = {}): Promise<ProbeResult> {
    const result = await this.#direct(this.probe(target), join(this.#folder, target, 'probe'), argv0, environment)
    await this.#assureRunnable(result.run)
    return result
  }

  /** The same with the mark of an AppImage in the probe; undefined unless the rules are wide. */
  async marked(target: string, environment: EmulatorEnvironment = {}): Promise<ProbeResult | undefined> {
    if (this.#rules !== 'wide') return undefined
    const bytes = marked(this.probe(target).bytes)
    return await this.#direct({ target, bytes, sha256: sha256Of(bytes) }, this.#markedPath(target), argv0, environment)
  }

  /** Runs the target's probe as a dynamic program that finds its loader and library by `environment`. */
  async dynamic(target: string, wants: Wants, environment: EmulatorEnvironment): Promise<ProbeRun> {
    const folder = mkdtempSync(join(this.#folder, 'dynamic-'))
    const path = join(folder, 'probe')
    const bytes = dynamicProbe(this.probe(target).bytes, wants)
    writeFileSync(path, bytes, { mode: 0o755 })
    const { run } = await this.#direct({ target, bytes, sha256: sha256Of(bytes) }, path, path, environment)
    return run
  }

  /** The output of the target's emulator until it ends. A probe that starts gets no answer. */
  outputOf(target: string, environment: EmulatorEnvironment): Promise<CommandResult> {
    const path = join(this.#folder, target, 'probe')
    return command(join(this.#folder, 'launch'), ['-', '-', '', path, argv0], {
      environment,
      timeoutMs: this.#timeoutMs,
    })
  }

  #markedPath(target: string): string {
    return join(this.#folder, `${target}.marked`)
  }

  #direct(probe: Probe, path: string, name: string, environment: EmulatorEnvironment): Promise<ProbeResult> {
    return this.#run(probe, path, name, [join(this.#folder, 'launch'), ['-', '-', '', path]], environment)
  }

  /**
   * Runs the target's probe in an empty root, as this user; root's rights are only used for chroot. Without them it is tried in a user namespace,
   * where the same table is in force as long as it has none of its own. sudo does not pass `environment` on.
   */
  async chroot(target: string, root: Root | undefined, environment: EmulatorEnvironment = {}): Promise<ProbeResult> {
    const folder = join(this.#folder, target)
    const probe = this.probe(target)
    const asRoot = await this.#run(probe, '/probe', '/probe', this.#chrootLine(folder, root), environment)
    if (!isUntried(asRoot.run)) return asRoot
    const launch = [join(this.#folder, 'launch'), '-', '-', folder, '/probe']
    const line = ['unshare', ['--user', '--map-root-user', ...launch]] as const
    const inside = await this.#run(probe, '/probe', '/probe', line, environment)
    const isTried = inside.run.kind === 'answered' || (inside.run.kind === 'refused' && inside.run.stage === 'exec')
    return isTried ? inside : asRoot
  }

  #chrootLine(folder: string, root: Root | undefined): readonly [string, readonly string[]] {
    const launch = join(this.#folder, 'launch')
    if (root === undefined) return [launch, ['-', '-', folder, '/probe']]
    const ids = root.kind === 'direct' ? ['-', '-'] : [String(process.getuid?.()), String(process.getgid?.())]
    return root.commandLine(launch, [...ids, folder, '/probe'])
  }

  async #run(
    probe: Probe,
    path: string,
    name: string,
    [file, args]: readonly [string, readonly string[]],
    environment: EmulatorEnvironment,
  ): Promise<ProbeResult> {
    const argv = [name, randomBytes(4).toString('hex')]
    let run = await this.#once(probe, file, [...args, ...argv], environment)
    // a file just written is busy while a process that was forked in between still has it open
    for (let tries = 0; run.kind === 'refused' && run.errno === 'ETXTBSY' && tries < 20; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 10))
      run = await this.#once(probe, file, [...args, ...argv], environment)
    }
    return { run, argv, path }
  }

  async #once(
    { target, sha256 }: Probe,
    file: string,
    args: readonly string[],
    environment: EmulatorEnvironment,
  ): Promise<ProbeRun> {
    // with the user's environment on purpose: a QEMU_CPU that breaks every program must break the proof too
    let child: ChildProcessWithoutNullStreams
    try {
      const env = { ...forOthers(process.env), ...environment }
      child = withStreams(spawn(file, args, { stdio: 'pipe', cwd: '/', env }))
      killAfter(child, this.#timeoutMs)
    } catch (error) {
      return { kind: 'refused', stage: 'spawn', errno: errnoName(error) }
    }
    const conversation = new Conversation(child, target)
    const started = await conversation.started
    if (started.kind === 'ended')
      return started.timedOut ? { kind: 'silent', timeoutMs: this.#timeoutMs } : endedRun(started)
    const looked = await this.#look(child.pid ?? 0, sha256)
    const answer = randomInt(64, 121)
    child.stdin.end(Buffer.from([answer ^ 0x5a]))
    const end = await conversation.ended
    const ending = endingText(end)
    if (typeof looked === 'string')
      return { kind: 'ended', ending: `/proc/PID/exe could not be read: ${looked}`, output: end.stderr }
    const native = looked.fingerprint.sha256 === sha256
    return {
      kind: 'answered',
      argv: started.argv,
      native,
      fingerprint: looked.fingerprint,
      ...(looked.heldOpen ? { heldOpen: true as const } : {}),
      answerRight: end.status === answer,
      ending,
    }
  }

  async #look(pid: number, native: string): Promise<{ fingerprint: LocatedEmulator; heldOpen: boolean } | string> {
    try {
      const program = lastDescendant(pid)
      const fingerprint = await this.#fingerprints.of(program, native)
      return { fingerprint, heldOpen: isElsewhere(program, fingerprint.path) }
    } catch (error) {
      throwIfNoFileLeft(error)
      return error instanceof Error ? error.message : String(error)
    }
  }
}

function probeOf(target: string, set: ProbeSet, rules: Rules): Probe {
  const program = set.probes.get(target)
  if (program === undefined) throw new Error(`there is no probe for ${target}`)
  const bytes = fitted(program, ruleOf(targetNamed(target), rules))
  return { target, bytes, sha256: sha256Of(bytes) }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
