// What the package that this program belongs to says of itself. Its package.json is read at run time and not bundled: a release fills in the owner
// without bundling again, and so does a fork.
import { join } from 'node:path'
import { type Repository, repositoryOf } from '../core/sources/release.js'
import { json } from '../core/text/json.js'
import { textOfFile } from './regular-file.js'

/** Two folders above each bundle (dist/main/index.js), as above this file. */
const packageFile = join(import.meta.dirname, '..', '..', 'package.json')

const mostBytes = 1 << 20

/**
 * The repository that the package names as its own; undefined while that is a placeholder, or where there is no package.json to read (only dist was
 * copied).
 */
export function ownRepository(file = packageFile): Repository | undefined {
  try {
    return repositoryOf(json(textOfFile(file, mostBytes))?.repository)
  } catch {
    return undefined
  }
}
