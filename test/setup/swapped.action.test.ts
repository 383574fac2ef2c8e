// Somebody registers another entry under the name of ours, at the worst of moments: it is theirs, and stays. An ordinary user with sudo restores, so
// that a look and a write could be two steps.
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { registerLine } from '../../src/core/model/entry.js'
import { targetNamed } from '../../src/core/model/targets.js'
import { as, open, own, playHere, runner } from '../support/kernel/accounts.js'
import { emulatorPath } from '../support/programs/emulators.js'
import { cli, shell } from '../support/runner/runner.js'

const interpreter = '/bin/false'
const { magic, mask } = targetNamed('aarch64')
const theirs = registerLine({ name: 'qemu-aarch64', interpreter, flags: 'OCF', offset: 0, magic, mask })
const entry = '/proc/sys/fs/binfmt_misc/qemu-aarch64'
await emulatorPath('aarch64')

/** A sudo in front of the real one: before a call that names the entry somebody else exchanges that, once. */
function sudoThatComesLate(): string {
  const folder = open()
  writeFileSync(join(folder, 'line'), theirs)
  const script = `#!/bin/sh
case "$*" in *${entry}*) if [ ! -e ${folder}/done ]; then
  touch ${folder}/done
  echo -1 | /usr/bin/sudo -n tee ${entry} >/dev/null
  /usr/bin/sudo -n tee /proc/sys/fs/binfmt_misc/register <${folder}/line >/dev/null
fi ;; esac
exec /usr/bin/sudo "$@"
`
  writeFileSync(join(folder, 'sudo'), script)
  chmodSync(join(folder, 'sudo'), 0o755)
  return folder
}

it('an entry that is exchanged between the look and the write stays', async () => {
  const env = own()
  const sudo = sudoThatComesLate()
  const result = await playHere([
    as(runner, cli('setup', ['setup', 'arm64']), env),
    as(runner, cli('restore', ['restore', '--json']), { ...env, PATH: `${sudo}:${process.env.PATH}` }),
    shell('exchanged', 'ls "$1/done"', sudo),
    shell('left', 'ls -A "$1"', env.RUNNER_TEMP),
  ])
  expect(result('setup')).toMatchObject({ status: 0, stderr: '' })
  expect(result('exchanged').status).toBe(0)
  expect(result('restore').table).toEqual({ 'qemu-aarch64': expect.stringContaining(`interpreter ${interpreter}\n`) })
  expect(JSON.parse(result('restore').stdout)).toMatchObject({ removed: [], warnings: [] })
  expect(result('restore').journals).toEqual([])
  expect(result('left').stdout).toBe('')
})
