// Where the documents of a running version are: in the repository that it came from, at the ref by which it was asked for. What the runner says of
// both may come from anybody (the ref is what a workflow writes), so only what is known to be harmless gets into an address.
import { actionRepository, type Repository } from '../sources/release.js'

/** What a running action knows of where it came from. */
export interface ActionSource {
  /** The variables that the runner sets. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The path of the running bundle, as the runner gave it. */
  readonly bundle: string
  /** What package.json says of itself. */
  readonly own: OwnPackage
}

/** What package.json says; undefined is what it does not say, or a placeholder. */
export interface OwnPackage {
  readonly repository: Repository | undefined
  readonly version: string | undefined
}

/**
 * The documents in the repository of a running action; undefined if neither the runner nor the package names one. The runner names the server of the
 * job, which need not be the action's: GitHub Enterprise, Gitea and Forgejo also run actions of github.com. So where the package names the same
 * repository, its server counts.
 */
export function actionDocuments(source: ActionSource): string | undefined {
  const { env, own } = source
  const named = pathSource(source) ?? environmentSource(source)
  const isOwn = named !== undefined && named.name.toLowerCase() === own.repository?.name.toLowerCase()
  const server = isOwn ? own.repository?.server : env.GITHUB_SERVER_URL
  const repository = actionRepository({ GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: named?.name })
  if (named === undefined || repository === undefined) return packageDocuments(own)
  return documentsAt(repository, named.ref, !isOwn && isGitea(env) ? 'src' : 'blob')
}

/** The documents of a released version in the repository that its package names; undefined if it names none. */
export function packageDocuments({ repository, version }: OwnPackage): string | undefined {
  if (repository === undefined) return undefined
  return documentsAt(repository, version === undefined ? '' : `v${version}`, 'blob')
}

/** `page`: where a server shows a file; HEAD is the default branch. */
function documentsAt({ server, name }: Repository, ref: string, page: 'blob' | 'src'): string {
  return `${server}/${name}/${page}/${refPath(ref) ?? 'HEAD'}/docs`
}

/** Whether the job's server is a Gitea or a Forgejo, which have no pages named `blob`, and on `src` find out what kind of ref it is. */
function isGitea({ GITEA_ACTIONS, FORGEJO_ACTIONS }: ActionSource['env']): boolean {
  return GITEA_ACTIONS === 'true' || FORGEJO_ACTIONS === 'true'
}

interface NamedSource {
  readonly name: string
  readonly ref: string
}

/**
 * What the path of the bundle says: GitHub's runner has each action in `_actions/OWNER/NAME/REF`, where a ref may have slashes. That is so within a
 * composite action too, where the variables name the outer action or nothing (https://github.com/actions/runner/issues/2473).
 */
function pathSource({ bundle }: ActionSource): NamedSource | undefined {
  const [, owner, name, ref = ''] = /.*\/_actions\/([^/]+)\/([^/]+)\/(.+)\/dist\/[^/]+\/[^/]+$/s.exec(bundle) ?? []
  return owner === undefined || name === undefined ? undefined : { name: `${owner}/${name}`, ref }
}

/** What the variables say; nothing for an action out of the workspace (`uses: ./`), which they do not describe. */
function environmentSource({ env, bundle }: ActionSource): NamedSource | undefined {
  const { GITHUB_ACTION_REPOSITORY: name = '', GITHUB_ACTION_REF: ref = '', GITHUB_WORKSPACE: workspace = '' } = env
  const isLocal = workspace !== '' && bundle.startsWith(`${workspace.replace(/\/+$/, '')}/`)
  return name === '' || isLocal ? undefined : { name, ref }
}

const longestRef = 250

/** A ref as part of an address; undefined for what is no name of one (git-check-ref-format). */
export function refPath(ref: string): string | undefined {
  const isName =
    ref !== '' &&
    ref.length <= longestRef &&
    !/[\s\p{C}~^:?*[\\]|\.\.|@\{|\/\/|^[/.-]|\/\.|[/.]$|\.lock(?:\/|$)/u.test(ref)
  return isName ? ref.split('/').map(encoded).join('/') : undefined
}

/** As encodeURIComponent, also for the marks that end a link in Markdown. */
function encoded(word: string): string {
  return encodeURIComponent(word).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}
