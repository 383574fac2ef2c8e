// What others have put in the way: names in the kernel's table, folders and processes that look like ours. Nothing of it is obeyed.
import { expect, it } from 'vitest'
import { as, guest, open, playHere, shared } from '../support/kernel/accounts.js'
import { cli, main, play, post, shell } from '../support/runner/runner.js'

const table = '/proc/sys/fs/binfmt_misc'
/** Registers an entry of any name (with escapes of printf) for arm64. */
const registered = (name: string) =>
  shell(
    'registered',
    `head='\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00'
     printf '|%b|M||%s||/bin/tr%bue|' "$1" "$head" '\\033]0;t\\007' >${table}/register`,
    name,
  )

it.each([
  ['of today', '::error title=x::y\\033[2J\\r::add-mask::z'],
  ['of old', 'x ##[add-mask]z\\0302\\0233'],
])('an entry whose name is a command %s to the runner or the terminal stays a name', async (_, name) => {
  const { result } = await play([
    registered(name),
    main({ 'if-registered': 'fail' }),
    cli('status', ['status'], { GITHUB_ACTIONS: 'true' }),
    cli('json', ['status', '--json'], { GITHUB_ACTIONS: 'true' }),
    post(),
  ])
  expect(result('registered')).toMatchObject({ status: 0, stderr: '' })
  expect(result('main').stdout).toContain('is registered already')
  for (const step of ['main', 'status', 'json', 'post of main']) {
    const { stdout, summary } = result(step)
    const commands = stdout.split(/[\r\n]+/).filter((line) => /^\s*::|##\[/.test(line))
    expect(commands.filter((line) => !/^::(group|endgroup|error|warning|debug|add-matcher)\b/.test(line))).toEqual([])
    expect(commands.filter((line) => line.startsWith('::error title=x'))).toEqual([])
    expect(`${stdout}${summary}`).not.toMatch(/(?![\t\r\n])\p{Cc}/u)
  }
})

it('a folder of journals that an ordinary user made where /run is open to all is neither believed nor written to', async () => {
  const forge = 'mkdir /run/setup-qemu && cp /run/forged /run/setup-qemu/cli-1-a.json'
  const journal = `device=$(stat -c %d ${table}/register)
    printf '{"format":1,"id":"cli-1-a","owner":{"face":"cli","pid":1,"start":"1"},"instance":%s,"mounted":false,"entries":[{"name":"theirs","interpreter":"/bin/true","flags":"","offset":0,"magic":"616263","mask":"ffffff","registered":true}]}' $device >/run/forged
    chmod 644 /run/forged; chmod 1777 /run; printf ':theirs:M::abc::/bin/true:' >${table}/register`
  const result = await playHere([
    shell('prepared', journal),
    as(guest, shell('forged', forge)),
    cli('restore', ['restore']),
    cli('setup', ['setup', 'arm64'], shared),
  ])
  expect(result('prepared')).toMatchObject({ status: 0, stderr: '' })
  expect(result('forged').status).toBe(0)
  expect(result('restore').table).toHaveProperty('theirs')
  expect(result('restore').stdout).toContain(`/run/setup-qemu belongs to user id ${guest}, not to root`)
  expect(result('setup')).toMatchObject({ status: 1, stderr: expect.stringContaining('journal-unwritable') })
  expect(Object.keys(result('setup').table ?? {})).toEqual(['theirs'])
})

it('what looks like a private scope of root’s and is not is left alone by root', async () => {
  const TMPDIR = open()
  const name = 'setup-qemu-scope-$(readlink /proc/self/ns/pid | tr -dc 0-9)-$(readlink /proc/self/ns/user | tr -dc 0-9)'
  const result = await playHere([
    // root's own old folder behind another user's link, and a folder of theirs that a process of root's names, as sudo with such arguments
    as(
      guest,
      shell(
        'planted',
        `cd "$1" && mkdir ${name}-forged && ln -s /usr ${name}-linked && echo 'sleep 60' >${name}-forged/keeper`,
        TMPDIR,
      ),
    ),
    shell(
      'process',
      `cd "$1" && (setsid sh "$PWD"/${name}-forged/keeper keep cli & ) </dev/null >/dev/null 2>&1; sleep 0.3`,
      TMPDIR,
    ),
    cli('restore', ['restore'], { TMPDIR }),
    shell('left', 'cd "$1" && ls', TMPDIR),
  ])
  expect(result('planted').status).toBe(0)
  expect(result('restore').stdout).toContain('-forged')
  expect(result('left').stdout).toMatch(/-forged\n.*-linked\n/)
})
