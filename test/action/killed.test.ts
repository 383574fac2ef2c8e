// Set-ups that are told to end, or are killed: what they had in the temporary folder goes at once, or with the next call. An ordinary user with sudo,
// and another user's folder beside it.
import { expect, it } from 'vitest'
import { as, guest, open, playHere, runner } from '../support/accounts.js'
import { emulatorPath } from '../support/emulators.js'
import { cli, shell } from '../support/runner.js'

await emulatorPath('aarch64')
const setup = cli('setup', ['setup', 'arm64', '--quiet'])
const inScope = cli('setup', ['setup', 'arm64', '--quiet', '--scope', 'private'])

/** Starts a set-up and sends it a signal as soon as its folder is there; tells how it ended, and what is left then. */
const signalled = `signal=$1 folder=$2; shift 2
  count() { ls "$folder" | grep -c setup-qemu-; }
  before=$(count)
  env --default-signal=INT,TERM,HUP "$@" & pid=$!
  until [ "$(count)" -gt "$before" ]; do sleep 0.01; done
  kill -"$signal" $pid; wait $pid; echo "status $?"
  for _ in $(seq 100); do ls "$folder" | grep -q setup-qemu- || break; sleep 0.02; done
  ls "$folder"`

it.each([
  ['INT', 130, setup],
  ['TERM', 143, setup],
  ['HUP', 129, setup],
  ['TERM', 143, inScope],
])('a set-up that gets SIG%s ends by it (%i), and leaves no folder', async (signal, status, step) => {
  const folder = open()
  const env = { HOME: open(), TMPDIR: folder }
  const result = await playHere([
    as(runner, shell('signalled', signalled, signal, folder, step.file, ...step.args), env),
    cli('restore', ['restore']),
  ])
  expect(result('signalled').stdout).toBe(`status ${status}\n`)
  expect(result('restore')).toMatchObject({ status: 0, table: {}, journals: [] })
})

it('what kill -9 leaves is swept by the next set-up, by restore, and by nobody else', async () => {
  const folder = open()
  const env = { HOME: open(), TMPDIR: folder }
  const killed = (name: string, id: number) =>
    as(id, shell(name, signalled.replace('seq 100', 'seq 0'), 'KILL', folder, setup.file, ...setup.args), env)
  const ls = (name: string) => shell(name, 'ls "$1" | wc -l', folder)
  const result = await playHere([
    killed('runner', runner),
    killed('guest', guest),
    ls('both'),
    as(runner, cli('setup', ['setup', 'arm64', '--quiet']), env),
    ls('after setup'),
    killed('runner again', runner),
    ls('one more'),
    as(runner, cli('restore', ['restore']), env),
    ls('after restore'),
    as(guest, cli('guest restores', ['restore', '--stale']), env),
    ls('last'),
  ])
  const counts = ['both', 'after setup', 'one more', 'after restore', 'last'].map((name) => result(name).stdout.trim())
  expect(counts).toEqual(['2', '1', '2', '1', '0'])
  expect(result('restore')).toMatchObject({ status: 0, table: {}, journals: [] })
})
