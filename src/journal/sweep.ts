// Removes what killed calls left on disk: each folder and half-written file names the process that made it. For journals see restore.ts.

import { sweepFolders } from '../scope/holder.js'
import { sweepCache } from '../sources/store.js'
import { temporaryParents } from '../system/folder.js'
import { sweepTemporary } from '../system/temporary-folder.js'

/** Removes what dead processes of this user left in the temporary folders and the cache. Never throws: what cannot be removed stays. */
export function sweepLeftovers(cacheFolder: string): void {
  sweepTemporary(temporaryParents(cacheFolder))
  sweepFolders()
  sweepCache(cacheFolder)
}
