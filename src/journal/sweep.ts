// What calls that were killed left behind on disk: each folder and half-written file says which process made it. Journals are not among it; see
// restore.ts.

import { scopeFolders } from '../scope/scope-folders.js'
import { sweepCache } from '../sources/store.js'
import { temporaryParents } from '../system/folder.js'
import { sweepTemporary } from '../system/temporary-folder.js'

/** Removes what processes of this user left in the temporary folders and in the cache. Never throws: what cannot be removed stays. */
export async function sweepLeftovers(cacheFolder: string): Promise<void> {
  sweepTemporary(temporaryParents(cacheFolder))
  if (scopeFolders().length > 0) (await import('../scope/holder.js')).sweepFolders()
  sweepCache(cacheFolder)
}
