// What a restore did, in words. Apart from the words of a set-up, which the post step does not load.
import type { Restored } from '../journal/restored.js'
import { printable } from '../model/targets.js'
import { visible } from '../text/visible.js'

/** What restore did, in a few lines. */
export function restoredText(restored: Restored): string {
  const lines = [
    ...restored.removed.map((name) => `removed ${printable(name)}`),
    ...restored.putBack.map((name) => `put back ${printable(name)}`),
    ...restored.left.map(({ name, why }) => `${printable(name)} ${whyLeft[why]}`),
    ...(restored.unmounted ? ['unmounted binfmt_misc, which setup had mounted'] : []),
    ...restored.closed.map((folder) => `closed the private scope ${printable(folder, 400)}`),
    ...restored.spared.map(({ id, pid }) => `${id} is left alone: its job still runs (process ${pid})`),
    ...restored.forgotten.map(({ id, entries }) => `${id} is settled: its table is gone${alongWith(entries)}`),
    ...restored.elsewhere.map(
      ({ id, pid }) =>
        `${id} is left alone: it belongs to another table, ${pid === null ? 'which may still be in use' : `which process ${pid} has`}`,
    ),
    ...restored.warnings.map((warning) => `warning: ${visible(warning)}`),
  ]
  return lines.length === 0 ? 'nothing to restore' : lines.join('\n')
}

const whyLeft = {
  gone: 'was already gone',
  changed: 'is no longer ours and stays',
  'of-another': 'belongs to another setup and stays',
  'by-another': 'was removed by another setup that used it and ended at the same time',
}

function alongWith(entries: readonly string[]): string {
  return entries.length === 0 ? '' : `, and ${entries.map((name) => printable(name)).join(', ')} with it`
}
