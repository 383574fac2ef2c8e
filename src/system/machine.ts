// What every command works with: the pinned data, the host, the cache folder, root, and the log.
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { Journal, Owner } from '../core/journal/journal.js'
import type { Catalog, Host } from '../core/model/catalog.js'
import { SetupError } from '../core/model/errors.js'
import { hostOf } from '../core/model/host.js'
import { type Links, plainLinks } from '../core/model/links.js'
import type { Rules } from '../core/model/rule.js'
import catalogData from '../data/emulators.json' with { type: 'json' }
import probeData from '../data/probes.json' with { type: 'json' }
import { errnoName } from './command.js'
import { Fingerprints } from './fingerprint.js'
import { temporaryParents } from './folder.js'
import type { Log } from './log.js'
import { ProbeFolder, type ProbeSet, ProgramsRefused } from './probe.js'
import { acquireRoot, type Root } from './root.js'

export interface Machine {
  readonly host: Host
  /** As uname names it: `x86_64`. */
  readonly hostName: string
  readonly catalog: Catalog
  readonly probes: ProbeSet
  /** The native program that runs another one and measures it. */
  readonly measurer: Uint8Array
  readonly cacheFolder: string
  readonly owner: Owner
  readonly log: Log
  /** What texts point to. */
  readonly links: Links
  /** Root's rights, acquired when first needed. */
  root(): Promise<Root>
  /** Called with each state of the journal after it is on disk. */
  onJournal(journal: Journal): void
}

/** The catalog of the repository. */
export const catalog = catalogData as unknown as Catalog

/** Targets that have a probe. */
export const provable: ReadonlySet<string> = new Set(Object.keys(probeData.probes))

/** This machine. Throws `not-linux` and `unsupported-host`. */
export function thisMachine(
  parts: Pick<Machine, 'cacheFolder' | 'owner' | 'log'> & Partial<Pick<Machine, 'onJournal' | 'links'>>,
): Machine {
  const { host, machine } = hostOf(process.platform, process.arch)
  let root: Promise<Root> | undefined
  return {
    onJournal: () => undefined,
    links: plainLinks,
    ...parts,
    host,
    hostName: machine,
    catalog,
    probes: probeSet(host),
    measurer: Buffer.from(probeData.measurers[host].base64, 'base64'),
    root: () => (root ??= acquireRoot(parts.cacheFolder)),
  }
}

function probeSet(host: Host): ProbeSet {
  const bytesOf = (base64: string) => Buffer.from(base64, 'base64')
  const probes = Object.entries(probeData.probes).map(([name, { base64 }]) => [name, bytesOf(base64)] as const)
  return {
    launcher: bytesOf(probeData.launchers[host].base64),
    reader: bytesOf(probeData.readers[host].base64),
    probes: new Map(probes),
  }
}

/**
 * Where the command line keeps emulators: `$XDG_CACHE_HOME`, root's /var/cache, or the user's ~/.cache. Variables that are empty or not an absolute path are
 * ignored. Throws `cache-unwritable` for a user without a home.
 */
export function defaultCacheFolder(): string {
  const named = process.env.XDG_CACHE_HOME
  if (named?.startsWith('/')) return named
  return process.geteuid?.() === 0 ? '/var/cache' : join(homeFolder(), '.cache')
}

function homeFolder(): string {
  const named = process.env.HOME
  if (named?.startsWith('/')) return named
  try {
    const { homedir } = userInfo()
    if (homedir.startsWith('/')) return homedir
  } catch {
    // no entry in the user database, as in containers
  }
  throw new SetupError(
    'cache-unwritable',
    'there is no folder for emulators: HOME is not set, and this user has no home',
    {
      hint: 'name one: --cache-dir, XDG_CACHE_HOME or HOME, as an absolute path',
    },
  )
}

/**
 * Calls `work` with a folder of probes of some targets, made for the rules, in which programs can be executed: in the temporary folder, or in the cache
 * folder if that is mounted noexec. If the first run of a probe shows that, `work` starts again there. Throws `probe-unrunnable`, and what `work` throws.
 */
export async function withProbeFolder<T>(
  targets: readonly string[],
  machine: Machine,
  rules: Rules,
  work: (folder: ProbeFolder) => Promise<T>,
): Promise<T> {
  const answers: string[] = []
  for (const parent of temporaryParents(machine.cacheFolder)) {
    const folder = makeFolder(parent, targets, machine, rules)
    if (typeof folder === 'string') {
      answers.push(`${parent}: ${folder}`)
      continue
    }
    try {
      return await work(folder)
    } catch (error) {
      if (!(error instanceof ProgramsRefused)) throw error
      answers.push(`${parent}: ${error.message}`)
    } finally {
      folder.close()
    }
  }
  throw new SetupError(
    'probe-unrunnable',
    `there is no folder in which the probes can be run; tried ${answers.join('; ')}`,
    {
      hint: 'let TMPDIR name a folder that is writable and not mounted noexec',
    },
  )
}

function makeFolder(parent: string, targets: readonly string[], machine: Machine, rules: Rules): ProbeFolder | string {
  try {
    return new ProbeFolder(parent, targets, machine.probes, new Fingerprints(machine.catalog), { rules })
  } catch (error) {
    return errnoName(error)
  }
}
