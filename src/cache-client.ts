// The program that speaks with GitHub's cache, through @actions/cache: `restore KEY` or `save KEY`, for the one file of its working folder.
// A program of its own, so that the library is loaded only for this, and can be ended and kept from the log (src/sources/cache-process.ts).
import { isFeatureAvailable, restoreCache, saveCache } from '@actions/cache'
import { clientStatus, stagedName } from './core/sources/cacheable.js'

/** Whether the cache gave, or took, the file. */
async function done(mode: string, key: string): Promise<boolean> {
  // the path is part of the entry's version: one fixed relative name, so that it does not depend on the machine
  if (mode === 'restore') return (await restoreCache([stagedName], key)) !== undefined
  return (await saveCache([stagedName], key)) >= 0
}

const [mode = '', key = ''] = process.argv.slice(2)
if (isFeatureAvailable()) process.exitCode = (await done(mode, key)) ? clientStatus.done : clientStatus.not
else process.exitCode = clientStatus.unavailable
