// The input `verify-in`: a target's probe runs once more in a container of each engine, and must run under the same executable as it did directly.

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { judgeContainer, type KernelPlace, parsePlace } from '../core/containers/container-run.js'
import { probePath } from '../core/containers/probe-archive.js'
import { emulatorOfHash } from '../core/model/catalog.js'
import type { EngineName } from '../core/model/engine-name.js'
import { SetupError } from '../core/model/errors.js'
import type { Rules } from '../core/model/rule.js'
import type { Platform } from '../core/model/targets.js'
import { type Finding, isFailure } from '../core/outcome/finding.js'
import { enginesOf } from '../core/request/request.js'
import { ownerOf } from '../system/journal-file.js'
import type { Log } from '../system/log.js'
import { type Machine, thisMachine } from '../system/machine.js'
import { onEnding } from '../system/on-signal.js'
import { pidNamespace } from '../system/process.js'
import { toolOnPath } from '../system/program.js'
import { EngineCall } from './engine-cli.js'
import { EngineProbe, type ProbeKit, placeFiles } from './engine-probe.js'

export interface ProvenInside {
  /** By engine: whether the probe ran as expected. */
  readonly proven: Partial<Record<EngineName, boolean>>
  readonly findings: readonly Finding[]
}

/**
 * Opens engines for probes; the caller closes them. Throws `no-engine` if one is not on PATH, `engine-denied` or `engine-failed` if one does not
 * answer, and `probe-unrunnable` if this machine's own kernel cannot be identified.
 */
export async function openContainers(
  names: readonly EngineName[],
  machine: Machine,
  rules: Rules,
): Promise<Containers> {
  const kit = kitOf(machine, rules)
  const engines = await Promise.all(names.map(async (name) => [name, await openEngine(name, kit, machine)] as const))
  return new Containers(new Map(engines))
}

/** Removes what probes of killed processes left in these engines (the words of `verify-in`). Throws like `openContainers`. */
export async function sweepContainers(words: string, log: Log): Promise<void> {
  const machine = thisMachine({ cacheFolder: '', owner: ownerOf('action', process.pid), log })
  const kit = kitOf(machine, 'upstream')
  for (const name of enginesOf(words)) await (await openEngine(name, kit, machine)).sweep(false)
}

function kitOf({ host, probes, catalog }: Machine, rules: Rules): ProbeKit {
  const place = ownPlace()
  const { pid, start } = ownerOf('cli', process.pid)
  const owner = { bootId: place.bootId, pidNamespace: pidNamespace(), pid, start }
  const versionOf = (sha256: string) => emulatorOfHash(catalog, sha256)?.qemuVersion ?? null
  return { host, place, owner, probes, rules, versionOf }
}

function ownPlace(): KernelPlace {
  const text = placeFiles.map((path) => readFileSync(path, 'latin1')).join('')
  const place = parsePlace(text)
  if (place !== undefined) return place
  throw new SetupError(
    'probe-unrunnable',
    `${placeFiles.join(' and ')} do not show the boot id and the user ids of this machine`,
    {
      hint: 'leave verify-in out, or mount a whole /proc',
    },
  )
}

async function openEngine(name: EngineName, kit: ProbeKit, { log }: Machine): Promise<EngineProbe> {
  const file = toolOnPath(name)
  if (file === undefined)
    throw new SetupError('no-engine', `verify-in names ${name}, and PATH has no program of that name`, {
      hint: `install ${name}, or leave it out of verify-in`,
    })
  const engine = new EngineProbe(new EngineCall(name, file, log), kit)
  const refusal = await engine.refusal()
  if (refusal === undefined) return engine
  const isDenied = refusal.kind === 'refused'
  throw new SetupError(
    isDenied ? 'engine-denied' : 'engine-failed',
    `verify-in names ${name}, which is here, but: ${refusal.reason}`,
    {
      hint: isDenied
        ? `let this user talk to ${name} (docker: the group docker), or leave it out of verify-in`
        : `start ${name}, or leave it out of verify-in`,
    },
  )
}

/** Open engines. Until `close`, a signal that ends this process first removes what was made in them. */
export class Containers {
  readonly #engines: ReadonlyMap<EngineName, EngineProbe>
  /** Stops handling signals. */
  readonly close: () => void

  constructor(engines: ReadonlyMap<EngineName, EngineProbe>) {
    this.#engines = engines
    this.close = onEnding(() => Promise.allSettled([...engines.values()].map((engine) => engine.stop())))
  }

  /** Runs a target's probe in each engine. `sha256`: the executable that ran it directly; null if that failed, and then nothing runs. */
  async prove({ target, platform }: Platform, sha256: string | null): Promise<ProvenInside> {
    const names = [...this.#engines.keys()]
    if (sha256 === null) return { proven: Object.fromEntries(names.map((name) => [name, false])), findings: [] }
    const runs = names.map(async (engine) => {
      const argv = [probePath, randomBytes(4).toString('hex')] as const
      const work = { target: target.name, platform: platform ?? `linux/${target.name}`, argv }
      const run = await this.#engines.get(engine)?.run(work)
      return { engine, findings: run === undefined ? [] : judgeContainer(run, { engine, sha256, argv }) }
    })
    const all = await Promise.all(runs)
    return {
      proven: Object.fromEntries(all.map(({ engine, findings }) => [engine, !findings.some(isFailure)])),
      findings: all.flatMap(({ findings }) => findings),
    }
  }
}
