import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { EngineCall } from '../../src/containers/engine-cli.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'
import { silentLog } from '../support/programs/emulators.js'

cleanAfterEach()

/** A program that refuses to remove so many times, as docker does while it removes a container itself. */
function engine(refusals: number): { readonly call: EngineCall; readonly told: string[]; calls(): string[] } {
  const folder = temporaryFolder()
  const file = join(folder, 'docker')
  const script = `#!/bin/sh
echo "$*" >>'${folder}/calls'
[ "$(wc -l <'${folder}/calls')" -gt ${refusals} ] ||
  { echo 'Error response from daemon: removal of container c is already in progress' >&2; exit 1; }
echo 'Error response from daemon: No such container: c' >&2
exit 1
`
  writeFileSync(file, script, { mode: 0o755 })
  const told: string[] = []
  const log = { ...silentLog, info: (line: string) => told.push(line) }
  const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')
  return { call: new EngineCall('docker', file, log), told, calls }
}

it('a container that the engine is removing is waited for, as its image cannot be removed before', async () => {
  const { call, told, calls } = engine(3)
  await call.remove(['rm', '--force', 'c'])
  expect(calls()).toEqual(Array(4).fill('rm --force c'))
  expect(told).toEqual([])
})
