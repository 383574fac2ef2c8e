// A private scope that somebody closes while it is being set up, as `restore --all` does: at each of its stages.

import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { plainLinks } from '../../src/core/model/links.js'
import type { ScopeHolder } from '../../src/core/scope/scope-state.js'
import { closeScope } from '../../src/scope/holder.js'
import { type PrivateScopeOptions, planPrivately, setupPrivately } from '../../src/scope/private-scope.js'
import { ownerOf } from '../../src/system/journal-file.js'
import { silentLog } from '../support/programs/emulators.js'
import { requestOf } from '../support/runner/jobs.js'

const closed = { code: 'scope-closed', message: expect.stringContaining('closed while it was being set up') }
const outcome = { host: 'x86_64', image: null, environment: {}, targets: [{ state: 'native', findings: [] }] }
/** Answers that all is proven, and takes its time to end. */
const proven = `echo '${JSON.stringify({ kind: 'outcome', outcome })}' >&3; exec sleep 0.4`

/** A set-up whose scope is closed after some milliseconds: `what` of it. */
function options(
  script: string,
  afterMs: number,
  what: (holder: ScopeHolder) => void = closeScope,
): PrivateScopeOptions {
  const owner = ownerOf('cli', process.pid)
  const log = { face: 'console', quiet: true, verbose: false } as const
  return {
    task: { request: requestOf(), cacheFolder: '/nowhere', owner, links: plainLinks, log },
    watched: { pid: 0, start: '0' },
    log: silentLog,
    program: ['sh', '-c', script],
    onOpened: (holder) => void (afterMs === 0 ? what(holder) : setTimeout(what, afterMs, holder)),
  }
}

it.each([
  ['before the set-up has begun', 'exit 3', 0],
  ['in the middle of it', 'exec sleep 0.4', 150],
  ['when all is proven', proven, 150],
])('is told as that: %s', async (_, script, afterMs) => {
  await expect(setupPrivately(options(script, afterMs))).rejects.toMatchObject(closed)
  await expect(planPrivately(options(script, afterMs))).rejects.toMatchObject(closed)
})

it('is told also where its process was ended alone, and nothing of it is left', async () => {
  let folder = ''
  const kill = (holder: ScopeHolder) => {
    folder = holder.folder
    process.kill(-holder.pid, 'SIGKILL')
  }
  await expect(setupPrivately(options(proven, 150, kill))).rejects.toMatchObject(closed)
  expect([folder, existsSync(folder)]).toEqual([expect.stringContaining('setup-qemu-scope-'), false])
})

it('that nobody closed ends with what went wrong', async () => {
  await expect(setupPrivately(options('exit 3', 100_000, () => undefined))).rejects.toMatchObject({ code: 'internal' })
})
