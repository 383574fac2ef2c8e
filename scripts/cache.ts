// Where scripts keep what they fetched or made with much work, so that the next run is quick. A file's name tells its content, and its content is
// checked when it is read.
import { homedir } from 'node:os'
import { join } from 'node:path'

const caches = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'setup-qemu')

/** Whole Debian packages, each named by its SHA-256. */
export const packageCache = join(caches, 'packages')
