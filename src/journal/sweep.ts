// Removes what killed calls left on disk: each folder and half-written file names the process that made it. For journals see restore.ts.

import { scopeFolders } from '../scope/scope-folders.js'
import { sweepCache } from '../sources/store.js'
import { temporaryParents } from '../system/folder.js'
import { sweepTemporary } from '../system/temporary-folder.js'

/** Removes what dead processes of this user left in the temporary folders and the cache. Never throws: what cannot be removed stays. */
export async function sweepLeftovers(cacheFolder: string): Promise<void> {
  sweepTemporary(temporaryParents(cacheFolder))
  if (scopeFolders().length > 0) (await import('../scope/holder.js')).sweepFolders()
  sweepCache(cacheFolder)
}
