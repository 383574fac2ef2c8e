// Reads the answers of container engines: docker, podman, nerdctl. Their messages are in English in any locale, and their exit status alone does not
// distinguish one failure from another. Sources: `docker info`, `podman info` and `image inspect` as JSON.
import { parseImageReference } from '../model/image-reference.js'
import { printable } from '../model/targets.js'
import { jsonValue, record } from '../text/json.js'
import { visible } from '../text/visible.js'

/** What an engine knows about an image. */
export interface EngineImage {
  readonly id: string
  readonly entrypoint: readonly string[]
  readonly cmd: readonly string[]
  /** The environment of its programs, `NAME=value` each. */
  readonly env: readonly string[]
  /** `repository@sha256:...` for each registry that it came from; empty for one that was built or loaded here. */
  readonly digests: readonly string[]
}

/** How a program ended: see CommandResult. */
export interface EngineAnswer {
  readonly status: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
  readonly errno?: string
}

/** Why an engine cannot be used. `refused`: this user may not talk to it. */
export type EngineRefusal = { readonly kind: 'refused' | 'silent' | 'elsewhere'; readonly reason: string }

/** What an engine says about itself and the kernel of its containers. */
export interface EngineInfo {
  readonly kind: 'info'
  /** The kernel's release; null if unknown. */
  readonly kernel: string | null
  /** As uname says it (docker, nerdctl: `x86_64`) or Go (podman: `amd64`). */
  readonly architecture: string | null
  readonly rootless: boolean
}

/** Reads an answer to `info --format {{json .}}`. */
export function engineInfo(answer: EngineAnswer): EngineInfo | EngineRefusal {
  const info = objectOf(answer.stdout)
  // docker 20.10 answers 0 when there is no daemon
  const errors = [...strings(info?.ServerErrors), answer.stderr].join('\n').trim()
  const broken = answer.status !== 0 || info === undefined || strings(info.ServerErrors).length > 0
  if (broken && /permission denied/i.test(errors)) return { kind: 'refused', reason: firstLine(errors) }
  if (broken) return { kind: 'silent', reason: errors === '' ? endingOf(answer) : firstLine(errors) }
  const host = record(info.host)
  const rootless =
    strings(info.SecurityOptions).some((option) => /\brootless\b/.test(option)) ||
    record(host?.security)?.rootless === true
  const kernel = textOf(info.KernelVersion ?? host?.kernel)
  return { kind: 'info', kernel, architecture: textOf(info.Architecture ?? host?.arch), rootless }
}

/**
 * What keeps an engine from registering anything in this machine's table, by its answer to `info --format {{json .}}`; undefined when nothing
 * does. `kernel` is this machine's release: an engine in a virtual machine or on another host says another one.
 */
export function engineRefusal(answer: EngineAnswer, kernel: string): EngineRefusal | undefined {
  const info = engineInfo(answer)
  if (info.kind !== 'info') return info
  if (info.kernel !== null && info.kernel !== kernel) {
    const reason = `it runs on another machine, with the kernel ${printable(info.kernel)} (here ${printable(kernel)})`
    return { kind: 'elsewhere', reason }
  }
  return info.rootless
    ? { kind: 'elsewhere', reason: 'it is rootless: its containers cannot reach the table of the whole machine' }
    : undefined
}

/** Reads `image inspect --format {{json .}}`, which podman 4 gives as a list of one; undefined for anything else. */
export function parseEngineImage(text: string): EngineImage | undefined {
  const image = objectOf(text)
  const config = record(image?.Config)
  if (typeof image?.Id !== 'string' || image.Id === '' || config === undefined) return undefined
  return {
    id: image.Id,
    entrypoint: strings(config.Entrypoint),
    cmd: strings(config.Cmd),
    env: strings(config.Env),
    digests: strings(image.RepoDigests).filter((name) => /^[^\s@]+@sha256:[0-9a-f]{64}$/.test(name)),
  }
}

/** Reads `docker context inspect --format {{json .}}`: the name of the context in use and where its engine is reached; undefined for anything else. */
export function parseDockerContext(text: string): { readonly name: string; readonly host: string } | undefined {
  const context = objectOf(text)
  const host = record(record(context?.Endpoints)?.docker)?.Host
  return typeof context?.Name === 'string' && typeof host === 'string' ? { name: context.Name, host } : undefined
}

/**
 * A reference with the digest that the engine knows for its repository, else with another of the same image; as it is when it knows none.
 * Docker writes those of docker.io in short, `tonistiigi/binfmt@sha256:...`, however they were pulled.
 */
export function pinnedName(reference: string, { digests }: EngineImage): string {
  if (isPinned(reference)) return reference
  const repository = repositoryOf(reference)
  return digests.find((name) => repositoryOf(name) === repository) ?? digests[0] ?? reference
}

/** `docker.io/library/alpine` for all ways to write it; the text itself when it is no reference. */
function repositoryOf(text: string): string {
  try {
    const { registry, repository } = parseImageReference(text)
    return `${registry}/${repository}`
  } catch {
    return text
  }
}

/** Whether a reference names its image by digest. */
export function isPinned(reference: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(reference)
}

/** Whether the machine itself lacks a capability that `--privileged` wants to give. */
export function lacksCapability(answer: EngineAnswer): boolean {
  return (
    answer.status !== 0 && /unable to apply caps|can't apply capabilities|set process capabilities/i.test(answer.stderr)
  )
}

/** Whether an engine that was to copy `path` out of a container says that it is not there; any other refusal says nothing about the file. */
export function saysNoFile({ stderr }: EngineAnswer, path: string): boolean {
  const isMissing = /could not find the file|no such container:path|no such file or directory|could not be found/i
  return stderr.includes(path) && isMissing.test(stderr)
}

/** The last lines of a program's output, safe for a message. */
export function lastLines(answer: EngineAnswer, count = 3): string {
  const lines = `${answer.stdout}\n${answer.stderr}`.split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) return 'it said nothing'
  return lines.slice(-count).map(sayable).join('; ')
}

/** A line of a program's output for a message, with control characters escaped. */
export function sayable(line: string): string {
  const text = line.trim()
  return visible(text.length > 300 ? `${text.slice(0, 300)}...` : text)
}

/** How a program ended, in words: `exit status 1`. */
export function endingOf({ status, signal, errno }: EngineAnswer): string {
  if (errno !== undefined) return `it could not be started: ${errno}`
  if (signal !== null) return `ended by ${signal}, over its time limit`
  return status === null ? 'ended by a signal' : `exit status ${status}`
}

function firstLine(text: string): string {
  return sayable(text.split('\n')[0] ?? '')
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  // the caller quotes an answer that is not JSON
  const value = jsonValue(text)
  return record(Array.isArray(value) && value.length === 1 ? value[0] : value)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** A list of strings; one string is a list of one. */
function strings(value: unknown): string[] {
  const list = typeof value === 'string' ? [value] : value
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
}
