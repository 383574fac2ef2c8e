// What the package that this program belongs to says of itself. Its package.json is read at run time and not bundled: a release fills in the owner
// without bundling again, and so does a fork.
import { join } from 'node:path'
import type { OwnPackage } from '../core/report/document-base.js'
import { type Repository, repositoryOf } from '../core/sources/release.js'
import { json } from '../core/text/json.js'
import { textOfFile } from './regular-file.js'

/** Two folders above each bundle (dist/main/index.js), as above this file. */
export const packageFolder = join(import.meta.dirname, '..', '..')
const packageFile = join(packageFolder, 'package.json')

const mostBytes = 1 << 20

/** What our own package says of itself, with its name on npm. */
export interface NamedPackage extends OwnPackage {
  readonly name: string | undefined
}

/** Our own package; nothing is known of it where there is no package.json to read (only dist was copied). */
export function ownPackage(file = packageFile): NamedPackage {
  const { name, version, repository } = fieldsOf(file)
  const text = (field: unknown) => (typeof field === 'string' && field !== '' ? field : undefined)
  return { name: text(name), version: text(version), repository: repositoryOf(repository) }
}

/** The repository that the package names as its own; undefined while that is a placeholder, or where there is no package.json to read. */
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
