// The parts of a container image reference: registry, repository, tag and digest. Source: the grammar of the distribution project,
// https://pkg.go.dev/github.com/distribution/reference, and its normalisation of the short names of docker.io.
import { SetupError } from './errors.js'
import { printable } from './targets.js'

export interface ImageReference {
  /** Host and port, as written: `docker.io`, `localhost:5000`. */
  readonly registry: string
  readonly repository: string
  readonly tag: string | null
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string | null
}

const dockerHub = 'docker.io'
const longestName = 255

const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const domain = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]{1,5})?$`)
const pathComponent = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const tagForm = /^\w[\w.-]{0,127}$/
const digestForm = /^sha256:[a-f0-9]{64}$/

/** Whether a text is a supported digest: `sha256:` and 64 hexadecimal digits in lower case. */
export function isDigest(text: string): boolean {
  return digestForm.test(text)
}

/**
 * A reference as people write it: `[HOST[:PORT]/]NAME[/NAME...][:TAG][@DIGEST]`. Without a host it is on docker.io, where a single name
 * means `library/NAME`. The tag is `latest` when neither tag nor digest is given, and null when only a digest is.
 * Throws `invalid-image`. Grammar: https://pkg.go.dev/github.com/distribution/reference
 */
export function parseImageReference(text: string): ImageReference {
  const words = text.trim()
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(words)?.[0]
  if (scheme !== undefined) throw invalid(text, `it begins with "${printable(scheme)}"; a reference has no scheme`)
  const [named = '', digest, ...more] = words.split('@')
  if (more.length > 0) throw invalid(text, 'it has more than one "@"')
  if (digest !== undefined && !isDigest(digest))
    throw invalid(text, `the digest "${printable(digest)}" is not sha256: and 64 hexadecimal digits in lower case`)
  const { name, tag } = tagOf(named)
  if (tag !== undefined && !tagForm.test(tag))
    throw invalid(text, `the tag "${printable(tag)}" is not 1 to 128 letters, digits, "_", "." and "-"`)
  const { registry, repository } = placeOf(text, name)
  return { registry, repository, tag: tag ?? (digest === undefined ? 'latest' : null), digest: digest ?? null }
}

/** The tag follows the last colon, unless a slash comes later: then that colon precedes a port. */
function tagOf(named: string): { name: string; tag?: string } {
  const colon = named.lastIndexOf(':')
  if (colon < 0 || named.includes('/', colon)) return { name: named }
  return { name: named.slice(0, colon), tag: named.slice(colon + 1) }
}

function placeOf(text: string, name: string): { registry: string; repository: string } {
  const slash = name.indexOf('/')
  const first = slash < 0 ? '' : name.slice(0, slash)
  const isHost = /[.:A-Z]/.test(first) || first === 'localhost'
  const host = isHost ? first : dockerHub
  if (!domain.test(host) || !URL.canParse(`https://${host}`))
    throw invalid(text, `"${printable(host)}" is no host name`)
  const registry = host === `index.${dockerHub}` ? dockerHub : host
  const path = isHost ? name.slice(slash + 1) : name
  checkPath(text, path, isHost)
  const repository = registry === dockerHub && !path.includes('/') ? `library/${path}` : path
  if (registry.length + 1 + repository.length > longestName)
    throw invalid(text, `its name is longer than ${longestName} characters`)
  return { registry, repository }
}

function checkPath(text: string, path: string, isHost: boolean): void {
  if (path === '') throw invalid(text, 'it names no repository')
  if (!isHost && /^[a-f0-9]{64}$/.test(path)) throw invalid(text, 'it is the ID of an image, not its name')
  const wrong = path.split('/').find((component) => !pathComponent.test(component))
  if (wrong === undefined) return
  const why = /[A-Z]/.test(wrong)
    ? 'has capital letters'
    : 'is not lower-case letters and digits, joined by ".", "_" or "-"'
  throw invalid(text, `the part "${printable(wrong)}" of the repository ${why}`)
}

function invalid(text: string, reason: string): SetupError {
  return new SetupError('invalid-image', `"${printable(text)}" is no image reference: ${reason}`, {
    hint: 'write it like docker.io/tonistiigi/binfmt:qemu-v10.2.3-68 or registry.example:5000/name@sha256:...',
  })
}

/** The reference in full: `docker.io/library/alpine:3.20`, `docker.io/a/b:tag@sha256:...`. */
export function referenceText({ registry, repository, tag, digest }: ImageReference): string {
  const named = `${registry}/${repository}${tag === null ? '' : `:${tag}`}`
  return digest === null ? named : `${named}@${digest}`
}

/** The reference with the digest that it resolved to: `docker.io/tonistiigi/binfmt:qemu-v10.2.3-68@sha256:...`. */
export function pinnedText(reference: ImageReference, digest: string): string {
  return referenceText({ ...reference, digest })
}
