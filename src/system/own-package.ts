// What the package that this program belongs to says of itself. Its package.json is read at run time and not bundled: a release fills in the owner
// without bundling again, and so does a fork.
import { join } from 'node:path'
import { type Repository, repositoryOf } from '../core/sources/release.js'
import { json } from '../core/text/json.js'
import { textOfFile } from './regular-file.js'

/** Two folders above each bundle (dist/main/index.js), as above this file. */
export const packageFolder = join(import.meta.dirname, '..', '..')
const packageFile = join(packageFolder, 'package.json')

const mostBytes = 1 << 20

/** What a package says of itself: undefined is what it does not say, or a placeholder. */
export interface Package {
  readonly name: string | undefined
  readonly version: string | undefined
  readonly repository: Repository | undefined
}

/** Our own package; nothing is known of it where there is no package.json to read (only dist was copied). */
export function ownPackage(file = packageFile): Package {
  const { name, version, repository } = fieldsOf(file)
  const text = (field: unknown) => (typeof field === 'string' && field !== '' ? field : undefined)
  return { name: text(name), version: text(version), repository: repositoryOf(repository) }
}

/**
 * The repository that the package names as its own; undefined while that is a placeholder, or where there is no package.json to read.
 */
export function ownRepository(file = packageFile): Repository | undefined {
  return ownPackage(file).repository
}

function fieldsOf(file: string): Readonly<Record<string, unknown>> {
  try {
    return json(textOfFile(file, mostBytes)) ?? {}
  } catch {
    return {}
  }
}
