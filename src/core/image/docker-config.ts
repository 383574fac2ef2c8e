// The credentials for a registry in a docker or podman configuration file. Sources: docker's cli/config/configfile, its credential helper
// protocol (https://github.com/docker/docker-credential-helpers), and containers-auth.json(5).
import { json, record } from '../text/json.js'

/** A user name and password, or a refresh token (`identitytoken`). */
export type Credential =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'identity'; readonly token: string }

/** What a configuration file has for one registry: a credential helper to ask first, and a credential in the file itself. */
export interface RegistryLogin {
  /** `NAME` of `docker-credential-NAME`, and the server address to ask it for. */
  readonly helper: { readonly name: string; readonly server: string } | null
  readonly credential: Credential | null
}

const hubKey = 'https://index.docker.io/v1/'
const hubNames = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io'])

/**
 * Looks up `registry` (`docker.io`, `localhost:5000`) and `repository` in the text of a `config.json` or `auth.json`; the most specific key wins.
 * Returns undefined when the text is not a JSON object. Helpers whose name could be a path are ignored.
 */
export function registryLoginIn(text: string, registry: string, repository: string): RegistryLogin | undefined {
  const config = json(text)
  if (config === undefined) return undefined
  const hosts = hubNames.has(registry) ? [...hubNames] : [registry]
  const helpers = record(config.credHelpers)
  const named = [hubNames.has(registry) ? hubKey : registry, ...hosts].map((host) => helpers?.[host]).find(isHelperName)
  const name = named ?? (isHelperName(config.credsStore) ? config.credsStore : undefined)
  const helper = name === undefined ? null : { name, server: hubNames.has(registry) ? hubKey : registry }
  return { helper, credential: credentialIn(record(config.auths) ?? {}, hosts, repository) }
}

function isHelperName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(value)
}

function credentialIn(
  auths: Readonly<Record<string, unknown>>,
  hosts: readonly string[],
  repository: string,
): Credential | null {
  let best: Credential | null = null
  let bestLength = -1
  for (const [key, value] of Object.entries(auths)) {
    const { host, path } = keyOf(key)
    const fits = hosts.includes(host) && (path === '' || `${repository}/`.startsWith(`${path}/`))
    const credential = fits && path.length > bestLength ? credentialOf(value) : null
    if (credential === null) continue
    best = credential
    bestLength = path.length
  }
  return best
}

/** Docker's keys are addresses, some with a scheme and an API version; podman's may also contain a part of the repository. */
function keyOf(key: string): { host: string; path: string } {
  const [host = '', ...path] = key.replace(/^https?:\/\//, '').split('/')
  return { host, path: path.join('/').replace(/^v[12]\/?$|\/$/, '') }
}

function credentialOf(value: unknown): Credential | null {
  const entry = record(value)
  if (entry === undefined) return null
  if (typeof entry.identitytoken === 'string' && entry.identitytoken !== '')
    return { kind: 'identity', token: entry.identitytoken }
  const [username, password] =
    typeof entry.auth === 'string' && entry.auth !== '' ? decodedAuth(entry.auth) : [entry.username, entry.password]
  if (typeof username !== 'string' || typeof password !== 'string' || username === '') return null
  return { kind: 'password', username, password }
}

function decodedAuth(auth: string): [string?, string?] {
  try {
    const bytes = Uint8Array.from(atob(auth), (character) => character.charCodeAt(0))
    const text = new TextDecoder().decode(bytes)
    const colon = text.indexOf(':')
    // docker pads passwords with NULs
    return colon < 0 ? [] : [text.slice(0, colon), text.slice(colon + 1).replace(/\0+$/, '')]
  } catch {
    return []
  }
}

/** The credential in the output of `docker-credential-NAME get`; null when there is none. The user name `<token>` marks a refresh token. */
export function helperCredential(output: string): Credential | null {
  const answer = json(output)
  const username = answer?.Username
  const secret = answer?.Secret
  if (typeof username !== 'string' || typeof secret !== 'string' || secret === '') return null
  return username === '<token>' ? { kind: 'identity', token: secret } : { kind: 'password', username, password: secret }
}
