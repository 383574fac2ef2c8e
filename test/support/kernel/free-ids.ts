// Ids for users of the tests' own. sudo and newuidmap go by the name that an id has, so it must be nobody else's.
import { spawnSync } from 'node:child_process'

/** Whether neither a user nor a group of this machine has the id, wherever its accounts are kept. Throws when the machine cannot say. */
function isFree(id: number): boolean {
  return ['passwd', 'group'].every((database) => {
    const { status, error, stderr } = spawnSync('getent', [database, String(id)], { encoding: 'utf8' })
    if (status !== 0 && status !== 2)
      throw new Error(`getent ${database} ${id} ended with ${status}: ${error ?? stderr}`)
    return status === 2
  })
}

/** The first free ids from 1001 on; the same ones as long as the accounts are the same. */
export function freeIds(count: number): number[] {
  const ids: number[] = []
  for (let id = 1001; ids.length < count; id++) if (isFree(id)) ids.push(id)
  return ids
}
