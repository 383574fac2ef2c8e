// Set-ups that are told to end, or are killed: what they had in the temporary folder goes at once, or with the next call. An ordinary user with sudo,
// and another user's folder beside it.
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { as, guest, open, playHere, runner } from '../support/kernel/accounts.js'
import { emulatorPath } from '../support/programs/emulators.js'
import { cli, type Step, shell } from '../support/runner/runner.js'

await emulatorPath('aarch64')
const words = ['setup', 'arm64', '--quiet']

/** A set-up by the command line that is sent a signal as soon as it has a folder of a kind in `folder`. */
function signalled(name: string, signal: string, folder: string, kind: string, ...more: string[]): Step {
  const step = cli(name, [...words, ...more], {
    KILL_FOLDER: folder,
    KILL_NAME: `setup-qemu-${kind}`,
    KILL_SIGNAL: `SIG${signal}`,
  })
  return { ...step, args: ['--import', resolve('test/support/runner/kill-at.mjs'), ...step.args] }
}

/** Waits until a folder is empty, if it becomes so. */
const emptied = 'for _ in $(seq 100); do [ -z "$(ls "$1")" ] && break; sleep 0.02; done; ls "$1"'

it.each([
  ['INT', 'probe', []],
  ['TERM', 'probe', []],
  ['HUP', 'probe', []],
  ['TERM', 'scope', ['--scope', 'private']],
] as const)(
  'a set-up that gets SIG%s when it has its folder for %s ends by it, and leaves none',
  async (signal, kind, more) => {
    const folder = open()
    const env = { HOME: open(), TMPDIR: folder }
    const result = await playHere([
      as(runner, signalled('signalled', signal, folder, kind, ...more), env),
      shell('left', emptied, folder),
      cli('restore', ['restore']),
    ])
    expect(result('signalled').signal).toBe(`SIG${signal}`)
    expect(result('left').stdout).toBe('')
    expect(result('restore')).toMatchObject({ status: 0, table: {}, journals: [] })
  },
)

it('what kill -9 leaves is swept by the next set-up, by restore, and by nobody else', async () => {
  const folder = open()
  const env = { HOME: open(), TMPDIR: folder }
  // in a folder of its own, where the first folder is its own, and then moved
  const killed = (name: string, id: number) => {
    const own = open()
    return [
      as(id, signalled(name, 'KILL', own, 'probe'), { ...env, TMPDIR: own }),
      shell(`${name} moved`, 'mv "$1"/* "$2"', own, folder),
    ]
  }
  const ls = (name: string) => shell(name, 'ls "$1" | wc -l', folder)
  const result = await playHere([
    ...killed('runner', runner),
    ...killed('guest', guest),
    ls('both'),
    as(runner, cli('setup', words), env),
    ls('after setup'),
    ...killed('runner again', runner),
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
