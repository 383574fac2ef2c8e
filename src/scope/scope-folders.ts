// The folders of private scopes, by their names alone: most steps find none, and need not load what knows more of scopes.

import { readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { scopeFolderName } from '../core/scope/scope-state.js'
import { temporaryParents } from '../system/folder.js'
import { pidNamespace } from '../system/process.js'
import { namesIn } from '../system/temporary-folder.js'

/**
 * As the names of folders say whose they are. The same user number in another namespace is somebody else: root's `restore` of a container, and of a
 * machine that shows its processes, would close each other's scopes.
 */
export function ownNamespaces(): string {
  return `${pidNamespace()}-${/\d+/.exec(userNamespace())?.[0] ?? '0'}`
}

/** This process's user namespace, as /proc names it. */
export function userNamespace(): string {
  return readlinkSync('/proc/self/ns/user')
}

/** Whether a name is that of a scope's folder of these namespaces. */
export function isOwnName(name: string): boolean {
  const namespaces = scopeFolderName.exec(name)?.[1]
  return namespaces !== undefined && namespaces === ownNamespaces()
}

/** The folders of scopes of these namespaces, whether or not their holders live. */
export function scopeFolders(): string[] {
  return temporaryParents().flatMap((parent) =>
    namesIn(parent)
      .filter(isOwnName)
      .map((name) => join(parent, name)),
  )
}
