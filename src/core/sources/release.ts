// Our own releases of emulators: one release for each build of QEMU, and in it one file for each executable. From the build follows the tag, from the
// emulator the file's name, so that no list has to be fetched to find one. The layout is the same at GitHub, in a mirror and in a folder:
// `<place>/<tag>/<file>`.
import type { CatalogEmulator } from '../model/catalog.js'
import { targets } from '../model/targets.js'

/**
 * The tag of the release that has the emulators of a build: `Debian 1:11.1.3+ds-1~bpo13+1` is `qemu-11.1.3+ds-1_bpo13+1`. Different builds have
 * different tags. Throws RangeError for a build that is not Debian's, or whose epoch is not QEMU's.
 *
 * Source: DEP-14 (https://dep-team.pages.debian.net/deps/dep14/), which writes `~` as `_`, because git allows no tilde in a tag and Debian no
 * underscore in a version. It keeps the epoch as `1%`; here it is left out, as all of Debian's QEMU have this one.
 */
export function releaseTag(build: string): string {
  const version = /^Debian 1:([0-9][A-Za-z0-9.+~-]*)$/.exec(build)?.[1]
  if (version === undefined || version.includes('..') || version.endsWith('.'))
    throw new RangeError(`no tag for the build "${build}"`)
  return `qemu-${version.replaceAll('~', '_')}`
}

/** The name of an emulator's file in its release: `qemu-aarch64-11.1.3-linux-amd64.br`; it runs on that host, and is packed by brotli (RFC 7932). */
export function assetName({
  binary,
  qemuVersion,
  host,
}: Pick<CatalogEmulator, 'binary' | 'qemuVersion' | 'host'>): string {
  return `${binary}-${qemuVersion}-linux-${host}.br`
}

/** Whether releases have a file of this emulator: those of targets that OCI has no name for come in their package only. */
export function hasAsset({ binary }: Pick<CatalogEmulator, 'binary'>): boolean {
  // several targets may share one
  const those = targets.filter((target) => target.binary === binary)
  return those.length === 0 || those.some(({ oci }) => oci.length > 0)
}

/** A repository on a server that speaks as GitHub does. */
export interface Repository {
  /** Without a trailing slash: `https://github.com`. */
  readonly server: string
  /** `owner/name`. */
  readonly name: string
}

/** The placeholder in package.json and the documents for the account that the repository belongs to, until a release fills it in. */
export const placeholderOwner = 'OWNER'

/**
 * The repository that package.json's `repository` names (`github:owner/name`, or the https address, as npm allows both); undefined for anything else, and
 * for the placeholder.
 */
export function repositoryOf(field: unknown): Repository | undefined {
  const text = typeof field === 'object' && field !== null && 'url' in field ? field.url : field
  if (typeof text !== 'string') return undefined
  const short = /^github:([^/]+\/[^/]+)$/.exec(text)?.[1]
  const found = /^(?:git\+)?(https:\/\/[^/@\s]+)\/([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(
    short === undefined ? text : `https://github.com/${short}`,
  )
  return found === null ? undefined : repositoryFrom(found[1] ?? '', found[2] ?? '')
}

/** The repository that a running action comes from, by the variables that the runner sets; undefined where they name none (`uses: ./`). */
export function actionRepository({
  GITHUB_SERVER_URL: server = '',
  GITHUB_ACTION_REPOSITORY: name = '',
}: Readonly<Record<string, string | undefined>>): Repository | undefined {
  // the name of a host may have underscores in networks of containers
  const isServer = /^https?:\/\/(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?\/*$/.test(server)
  return isServer ? repositoryFrom(server.replace(/\/+$/, ''), name) : undefined
}

/** undefined unless `name` is `owner/name` in the letters that GitHub, Gitea and Forgejo allow, and not the placeholder's. */
function repositoryFrom(server: string, name: string): Repository | undefined {
  const [owner = '', repository = '', ...more] = name.split('/')
  const isName = (word: string) => /^[A-Za-z0-9_.-]{1,100}$/.test(word) && !/^\.+$/.test(word)
  if (!isName(owner) || !isName(repository) || more.length > 0 || owner === placeholderOwner) return undefined
  return { server, name }
}

/** The place that has a repository's releases, each in a folder named by its tag. */
export function releasesOf({ server, name }: Repository): string {
  return `${server}/${name}/releases/download`
}

/** The address of an emulator's file in a place that has releases; a `+` in the tag is encoded, because some servers read it as a space. */
export function assetAddress(
  place: string,
  emulator: Pick<CatalogEmulator, 'binary' | 'qemuVersion' | 'host' | 'build'>,
): string {
  return `${place}/${encodeURIComponent(releaseTag(emulator.build))}/${encodeURIComponent(assetName(emulator))}`
}
