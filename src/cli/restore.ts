// `setup-qemu restore`: undoes what earlier calls and jobs left.
import { SetupError } from '../core/model/errors.js'
import { asCalled } from '../core/model/links.js'
import { restoredText } from '../core/report/restored-text.js'
import { restoreAll, type Scope } from '../journal/restore.js'
import { sweepLeftovers } from '../journal/sweep.js'
import { defaultCacheFolder } from '../system/machine.js'
import { acquireRoot } from '../system/root.js'
import type { Values } from './arguments.js'
import type { CommandCall, Result } from './result.js'

/** Green: nothing of it is left. */
export async function restoreResult({ values, links }: CommandCall): Promise<Result> {
  await sweepLeftovers(defaultCacheFolder())
  const found = await restoreAll(() => acquireRoot(defaultCacheFolder()), scopeOf(values))
  const restored = { ...found, warnings: found.warnings.map((warning) => asCalled(warning, links)) }
  const ok = restored.warnings.length === 0
  const state = ok ? 'everything is put back' : 'not everything could be put back; setup-qemu restore tells what'
  return { text: restoredText(restored), json: { ok, ...restored }, ok, state }
}

function scopeOf({ all, stale }: Values): Scope {
  if (all === true && stale === true)
    throw new SetupError('usage', 'restore takes --all or --stale, not both', { hint: 'setup-qemu --help' })
  if (all === true) return 'all'
  return stale === true ? 'stale' : 'usual'
}
