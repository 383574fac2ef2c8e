// Finds the folders of private scopes by name: most steps find none, and then need not load scope/holder.ts.

import { readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { scopeFolderName } from '../core/scope/scope-state.js'
import { temporaryParents } from '../system/folder.js'
import { pidNamespace } from '../system/process.js'
import { namesIn } from '../system/temporary-folder.js'

/**
 * The owner as folder names tell it. The same uid in another namespace is another user: without this, root's `restore` in a container and on a host
 * that shows its processes would close each other's scopes.
 */
export function ownNamespaces(): string {
  return `${pidNamespace()}-${/\d+/.exec(userNamespace())?.[0] ?? '0'}`
}

/** This process's user namespace, as /proc names it. */
export function userNamespace(): string {
  return readlinkSync('/proc/self/ns/user')
}

/** Whether a name is that of a scope folder of these namespaces. */
export function isOwnName(name: string): boolean {
  const namespaces = scopeFolderName.exec(name)?.[1]
  return namespaces !== undefined && namespaces === ownNamespaces()
}

/** The scope folders of these namespaces, whether or not their holders are alive. */
export function scopeFolders(): string[] {
  return temporaryParents().flatMap((parent) =>
    namesIn(parent)
      .filter(isOwnName)
      .map((name) => join(parent, name)),
  )
}
