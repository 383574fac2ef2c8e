// The endpoints of an image: the user's mirrors, then the image's own registry, each as a base address of the registry's HTTP API.
// Source: the OCI distribution specification, https://github.com/opencontainers/distribution-spec/blob/main/spec.md
import { SetupError } from '../model/errors.js'
import type { ImageReference } from '../model/image-reference.js'
import { printable } from '../model/targets.js'

/** One registry or mirror for an image's repository. */
export interface RegistryEndpoint {
  /** Host and port, under which credentials are stored. */
  readonly registry: string
  /** The repository there, including a mirror's prefix. */
  readonly repository: string
  /** `https://registry-1.docker.io/v2/tonistiigi/binfmt`, to which `/manifests/...` and `/blobs/...` are appended. */
  readonly base: string
  /** Whether this is the image's own registry and not a mirror. */
  readonly own: boolean
}

const apiHosts: Readonly<Record<string, string>> = { 'docker.io': 'registry-1.docker.io' }

/**
 * The endpoints of an image in the order in which they are tried: `mirrors` (`https://mirror.example/prefix`, `mirror.example`), then its own
 * registry. Plain http is used for loopback hosts and for mirrors written as `http://`. Throws `invalid-input` for a mirror that is not a valid
 * address.
 */
export function endpointsOf({ registry, repository }: ImageReference, mirrors: readonly string[]): RegistryEndpoint[] {
  const host = apiHosts[registry] ?? registry
  const scheme = isLoopback(new URL(`http://${host}`).hostname) ? 'http' : 'https'
  const own = { registry, repository, base: `${scheme}://${host}/v2/${repository}`, own: true }
  return [...mirrors.map((mirror) => mirrorEndpoint(mirror, repository)), own]
}

function mirrorEndpoint(mirror: string, repository: string): RegistryEndpoint {
  const words = mirror.trim()
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(words) ? words : `https://${words}`
  const url = URL.canParse(address) ? new URL(address) : undefined
  const secret = url !== undefined && (url.username !== '' || url.password !== '')
  if (url === undefined || !/^https?:$/.test(url.protocol) || secret || url.search !== '' || url.hash !== '')
    // a password must not appear in a message
    throw new SetupError(
      'invalid-input',
      `the registry mirror ${secret ? '' : `"${printable(mirror)}" `}is no plain web address`,
      {
        hint: 'write it like https://mirror.example or https://mirror.example/prefix, without a user name',
      },
    )
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '')
  const path = prefix === '' ? repository : `${prefix}/${repository}`
  return { registry: url.host, repository: path, base: `${url.origin}/v2/${path}`, own: false }
}

/** Whether a URL's host name is on the loopback interface: `localhost`, 127.0.0.0/8, `[::1]`. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

/** Why a redirect or token service `to`, named by the address `from`, is refused; undefined when it is allowed. */
export function refusalOf(to: URL, from: URL): string | undefined {
  if (to.protocol === 'https:') return undefined
  if (from.protocol === 'https:') return 'which is not https'
  return to.host === from.host || isLoopback(to.hostname) ? undefined : 'which is plain http on another host'
}
