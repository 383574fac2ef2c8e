// Which repository a release belongs to.
import { actionRepository, type Repository, repositoryOf } from '../../src/core/sources/release.js'

/**
 * The repository that the caller names, or in a workflow the one that it runs in, else the one that package.json names; undefined while that is the
 * placeholder. A fork's package.json names the upstream, which has neither the fork's tags nor its releases. Throws for a name that is not `owner/name`.
 */
export function treeRepository(
  field: unknown,
  named: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Repository | undefined {
  const { GITHUB_SERVER_URL = 'https://github.com', GITHUB_REPOSITORY = '' } = env
  const given = actionRepository({ GITHUB_SERVER_URL, GITHUB_ACTION_REPOSITORY: named ?? GITHUB_REPOSITORY })
  if (named !== undefined && given === undefined) throw new Error(`--repository ${named}: expected owner/name`)
  return given ?? repositoryOf(field)
}

/** The address of a repository's page. */
export function pageOf({ server, name }: Repository): string {
  return `${server}/${name}`
}
