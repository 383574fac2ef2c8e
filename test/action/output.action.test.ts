// What happens when nobody reads what is printed, or there is no room for it: to the status, to the words, and to the table.
import { describe, expect, it } from 'vitest'
import { cli, main, play, post, type Step, shell, temporary } from '../support/runner/runner.js'

/** Standard output or error of a step goes where nothing can be written. */
function into(place: '| true' | '> /dev/full' | '2> /dev/full' | '2>&1 | true' | '1< /dev/null', step: Step): Step {
  const script = {
    // the reader is gone before anything is written
    '| true': '{ sleep 0.3; exec "$@"; } | true; exit $PIPESTATUS',
    '2>&1 | true': '{ sleep 0.3; exec "$@"; } 2>&1 | true; exit $PIPESTATUS',
    '> /dev/full': 'exec "$@" > /dev/full',
    '2> /dev/full': 'exec "$@" 2> /dev/full',
    '1< /dev/null': 'exec "$@" 1< /dev/null',
  }[place]
  return { ...step, file: 'bash', args: ['--norc', '-c', script, 'bash', step.file, ...step.args] }
}

/** Calls that only tell something, with the status that they have when all is well. */
const reports: readonly (readonly [words: readonly string[], status: number])[] = [
  [['versions'], 0],
  [['versions', '--json'], 0],
  [['known-problems', '--json'], 0],
  [['status'], 0],
  [['explain', '/bin/sh'], 0],
  [['explain', '/etc/passwd'], 1],
  [['diagnose', '/etc/passwd'], 0],
  [['setup', 'arm64', '--dry-run'], 0],
  [['completion', 'bash'], 0],
  [['help'], 0],
  [['--version'], 0],
]

const line = 'setup-qemu: the result could not be written to standard output: No space left on device\n'

describe('a command that only tells something', () => {
  it('is quiet when its reader is gone, and its status says what it would have said', async () => {
    const { result } = await play(reports.map(([words]) => into('| true', cli(words.join(' '), words))))
    for (const [words, status] of reports)
      expect([words, result(words.join(' '))]).toMatchObject([words, { status, stdout: '', stderr: '' }])
  })

  it('says in one line that there is no room for its result', async () => {
    const { result } = await play(reports.map(([words]) => into('> /dev/full', cli(words.join(' '), words))))
    for (const [words, status] of reports)
      expect([words, result(words.join(' '))]).toMatchObject([words, { status: status || 74, stderr: line }])
  })

  it('notices also where a part of it went to the disk', async () => {
    const folder = temporary()
    const { result } = await play([
      shell('mount', 'mount -t tmpfs -o size=4k tmpfs "$1"', folder),
      { ...cli('call', ['known-problems', '--json']), ...fileOf(folder, cli('call', ['known-problems', '--json'])) },
    ])
    expect(result('call')).toMatchObject({ status: 74, stderr: line })
  })

  it('keeps the status of wrong usage, wherever its words go', async () => {
    const wrong = (name: string) => cli(name, ['stup', '--json'])
    const { result } = await play([
      into('> /dev/full', wrong('full')),
      into('2> /dev/full', wrong('stderr full')),
      into('2>&1 | true', wrong('no reader')),
    ])
    for (const name of ['full', 'stderr full', 'no reader']) expect(result(name)).toMatchObject({ status: 2 })
  })
})

function fileOf(folder: string, { file, args }: Step): Pick<Step, 'file' | 'args'> {
  return { file: 'bash', args: ['--norc', '-c', 'cd "$1"; shift; exec "$@" > result', 'bash', folder, file, ...args] }
}

describe('setup', () => {
  it('says that what it made stands and is proven, when its report cannot be written', async () => {
    const { result } = await play([
      into('> /dev/full', cli('full', ['setup', 'arm64'])),
      cli('restore', ['restore']),
      into('1< /dev/null', cli('closed', ['setup', 'arm64', '--json'])),
      into('| true', cli('no reader', ['setup', 'arm64'])),
      into('> /dev/full', cli('restore full', ['restore'])),
    ])
    const told = (why: string) =>
      expect.stringMatching(
        new RegExp(
          `^setup-qemu: the result could not be written to standard output: ${why}; everything is set up and proven; \\S+ \\S+/dist/cli/index\\.js restore undoes it\n$`,
        ),
      )
    expect(result('full')).toMatchObject({ status: 74, stderr: told('No space left on device') })
    expect(result('closed')).toMatchObject({ status: 74, stderr: told('Bad file descriptor') })
    expect(result('no reader')).toMatchObject({ status: 0, stderr: told('Broken pipe') })
    for (const name of ['full', 'closed', 'no reader']) {
      expect(Object.keys(result(name).table ?? {})).toEqual(['qemu-aarch64'])
      expect(result(name).journals).not.toEqual([])
    }
    expect(result('restore')).toMatchObject({ status: 0, table: {}, journals: [] })
    expect(result('restore full')).toMatchObject({ status: 74, table: {}, journals: [] })
    expect(result('restore full').stderr).toContain('No space left on device; everything is put back\n')
  })

  it('goes on when its progress cannot be written', async () => {
    // a cold cache: there is something to tell between all steps
    const words = (cache: string) => ['setup', 'arm64', '--verbose', '--cache-dir', cache]
    const { result } = await play([
      into('2> /dev/full', cli('full', words(temporary()))),
      cli('restore', ['restore']),
      into('2>&1 | true', cli('no reader', words(temporary()))),
    ])
    for (const name of ['full', 'no reader']) {
      expect(result(name).status).toBe(0)
      expect(Object.keys(result(name).table ?? {})).toEqual(['qemu-aarch64'])
    }
  })
})

describe.each(['| true', '2>&1 | true', '> /dev/full', '2> /dev/full'] as const)('the action with %s', (place) => {
  it('goes through, and what it made is put back', async () => {
    const { result } = await play([into(place, main()), into(place, post())])
    expect(result('main')).toMatchObject({ status: 0, outputs: { platforms: 'linux/arm64' } })
    expect(Object.keys(result('main').table ?? {})).toEqual(['qemu-aarch64'])
    expect(result('main').state.journal).toContain('qemu-aarch64')
    expect(result('post of main')).toMatchObject({ status: 0, table: {}, journals: [] })
  })

  it('is red where it is, and leaves nothing', async () => {
    const { result } = await play([into(place, main({ platforms: 'arm65' })), into(place, post())])
    expect(result('main')).toMatchObject({ status: 1, table: {}, journals: [] })
    expect(result('main').summary).toContain('**Nothing is set up**')
    expect(result('post of main').status).toBe(0)
  })
})
