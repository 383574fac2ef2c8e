// Talks to the GitHub cache through @actions/cache: `restore KEY` or `save KEY`, for the one file of its working folder. It is a separate program so
// that the library is loaded only when needed, can be killed, and does not write to the log (src/sources/cache-process.ts).
import { isFeatureAvailable, restoreCache, saveCache } from '@actions/cache'
import { clientStatus, stagedName } from './core/sources/cacheable.js'

/** Whether the cache had the file, or saved it. */
async function done(mode: string, key: string): Promise<boolean> {
  // the path is part of the cache entry's version, so it must not depend on the machine
  if (mode === 'restore') return (await restoreCache([stagedName], key)) !== undefined
  return (await saveCache([stagedName], key)) >= 0
}

const [mode = '', key = ''] = process.argv.slice(2)
if (isFeatureAvailable()) process.exitCode = (await done(mode, key)) ? clientStatus.done : clientStatus.not
else process.exitCode = clientStatus.unavailable
