// if-unsupported: what makes a machine unable is passed over with skip, with a warning that names it; what is wrong with the request is not.
import { describe, expect, it } from 'vitest'
import { freeIds } from '../support/kernel/free-ids.js'
import { annotations, cli, main, play, post, type Step, type StepResult, shell } from '../support/runner/runner.js'

const outputNames = [
  'interpreter',
  'platforms',
  'qemu-version',
  'sha256',
  'flags',
  'entry',
  'image',
  'status',
  'with-qemu',
]
const table = '/proc/sys/fs/binfmt_misc'

/** Node as if on another platform or processor. */
function asIf(property: 'platform' | 'arch', value: string): readonly string[] {
  const script = `Object.defineProperty(process,"${property}",{value:"${value}"})`
  return ['--import', `data:text/javascript,${script}`]
}

interface Reason {
  readonly code: string
  readonly text: RegExp
  readonly prepare?: string
  readonly wrap?: readonly string[]
  readonly nodeArgs?: readonly string[]
}

const [nobody] = freeIds(1)
const id = String(nobody)
const guest = ['setpriv', '--reuid', id, '--regid', id, '--clear-groups']
const noRights = ['setpriv', '--bounding-set=-all', '--inh-caps=-all']

const reasons: readonly (readonly [string, Reason])[] = [
  ['macOS', { code: 'not-linux', text: /Linux kernel, and this is darwin/, nodeArgs: asIf('platform', 'darwin') }],
  ['Windows', { code: 'not-linux', text: /Linux kernel, and this is win32/, nodeArgs: asIf('platform', 'win32') }],
  ['another processor', { code: 'unsupported-host', text: /this host is ppc64/, nodeArgs: asIf('arch', 'ppc64') }],
  [
    'a user without sudo',
    { code: 'no-root', text: new RegExp(`needs root, this process has user id ${id}`), wrap: guest },
  ],
  [
    'no right to mount',
    { code: 'no-rights', text: /does not have CAP_SYS_ADMIN/, prepare: `umount ${table}`, wrap: noRights },
  ],
  [
    'a kernel without binfmt_misc',
    {
      code: 'binfmt-missing',
      text: /\/proc\/sys\/fs is masked, a tmpfs is mounted over it/,
      prepare: 'mount -t tmpfs tmpfs /proc/sys/fs',
    },
  ],
  [
    'a table that cannot be mounted',
    { code: 'binfmt-not-mounted', text: /there is no program mount/, prepare: `umount ${table}` },
  ],
  ['a read-only table', { code: 'binfmt-read-only', text: /EROFS/, prepare: `mount -o remount,ro,bind ${table}` }],
  ['a table that is switched off', { code: 'binfmt-disabled', text: /disabled/, prepare: `echo 0 > ${table}/status` }],
]

function step(reason: Reason, made: Step): Step {
  const args = [...(reason.nodeArgs ?? []), ...made.args]
  const [file, ...words] = reason.wrap ?? []
  const env = { ...made.env, ...(reason.code === 'binfmt-not-mounted' ? { PATH: '/nowhere' } : {}) }
  // what an ordinary user reads and writes
  const own =
    reason.wrap === guest ? { RUNNER_TEMP: '/run/guest', RUNNER_TOOL_CACHE: '/run/guest', HOME: '/run/guest' } : {}
  const whole = { ...made, env: { ...env, ...own } }
  return file === undefined ? { ...whole, args } : { ...whole, file, args: [...words, made.file, ...args] }
}

function prepared({ prepare = 'true', wrap }: Reason): Step {
  const folder = 'mkdir -m 0777 /run/guest'
  return shell('prepare', wrap === guest ? folder : prepare)
}

async function playReason(reason: Reason, steps: readonly Step[]) {
  const direct = process.geteuid?.() === 0
  const range = [...(direct ? [] : ['sudo', '-n', '--preserve-env=PATH']), 'test/support/kernel/range.sh']
  const { result } = await play([prepared(reason), ...steps], reason.wrap === guest ? { wrapper: range } : {})
  expect(result('prepare')).toMatchObject({ status: 0, stderr: '' })
  return result
}

/** The errors that say why; making the step red is one more, without a title. */
const errors = (result: StepResult) => annotations('error', result).filter(({ title }) => title !== '')

function expectNothingDone(result: (name: string) => StepResult, name: string): void {
  expect(result(name).table).toEqual(result('prepare').table)
  expect(result(name).journals).toEqual([])
}

describe('if-unsupported: skip', () => {
  it.each(reasons)('is green with %s: a warning, no outputs, a quiet post', async (_, reason) => {
    const result = await playReason(reason, [
      step(reason, main({ 'if-unsupported': 'skip' })),
      step({ ...reason, nodeArgs: [] }, post()),
    ])
    const warnings = annotations('warning', result('main'))
    expect(result('main')).toMatchObject({ status: 0, path: '' })
    expect(result('main').summary).toMatch(/\*\*Nothing is set up, as if-unsupported is skip\*\*: .+ To do: .+\.\s*$/)
    expect(annotations('error', result('main'))).toEqual([])
    expect(warnings.map(({ text }) => text)).toEqual([expect.stringMatching(reason.text)])
    expect(warnings[0]?.text).toMatch(
      new RegExp(`as if-unsupported is skip: .*\nTo do: .+\nSee: .*#${reason.code}$`, 's'),
    )
    expect(result('main').outputs).toEqual(Object.fromEntries(outputNames.map((name) => [name, ''])))
    expectNothingDone(result, 'main')
    expect(result('post of main')).toMatchObject({ status: 0, stdout: 'nothing to restore\n', stderr: '' })
    expectNothingDone(result, 'post of main')
  })

  it.each(reasons)('on the command line is exit status 0 with %s, and --json tells why', async (_, reason) => {
    const words = ['setup', 'arm64', '--json', '--quiet', '--offline', '--if-unsupported', 'skip']
    const result = await playReason(reason, [step(reason, cli('cli', words))])
    expect(result('cli')).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(result('cli').stdout)).toMatchObject({
      ok: false,
      skipped: true,
      targets: [],
      error: { code: reason.code, message: expect.stringMatching(reason.text) },
    })
    expectNothingDone(result, 'cli')
  })

  it.each([
    ['a wrong platform', { platforms: 'arm46' }, 'unknown-platform'],
    ['a wrong version', { 'qemu-version': '9.9' }, 'unknown-version'],
    ['a wrong value', { credentials: 'maybe' }, 'invalid-input'],
  ])('is no excuse for %s', async (_, inputs, code) => {
    const { result } = await play([
      shell('prepare', `umount ${table}`),
      main({ ...inputs, 'if-unsupported': 'skip' }),
      post(),
    ])
    expect(errors(result('main')).map(({ title }) => title)).toEqual([`setup-qemu: ${code}`])
    expect(result('main')).toMatchObject({ status: 1, table: null })
    expect(result('post of main')).toMatchObject({ status: 0, stdout: 'nothing to restore\n' })
  })

  it('is red where a place is empty, for that is no matter of the machine', async () => {
    const inputs = { 'if-unsupported': 'skip', 'qemu-version': '7.2', offline: 'true', platforms: 'hexagon' }
    const { result } = await play([main(inputs)])
    expect(result('main')).toMatchObject({ status: 1, table: {}, journals: [] })
    expect(errors(result('main')).map(({ title }) => title)).toEqual(['hexagon is not set up'])
  })

  it('changes nothing where the machine can do it', async () => {
    const { result } = await play([main({ 'if-unsupported': 'skip' }), post()])
    expect(result('main')).toMatchObject({ status: 0, outputs: { platforms: 'linux/arm64' } })
    expect(annotations('warning', result('main'))).toEqual([])
    expect(result('post of main')).toMatchObject({ table: {}, journals: [] })
  })
})

describe('if-unsupported: fail', () => {
  it.each(reasons)('which is the default, is red with %s', async (_, reason) => {
    const result = await playReason(reason, [step(reason, main())])
    const [error, ...others] = errors(result('main'))
    expect(result('main').status).toBe(1)
    expect([error?.title, others]).toEqual([`setup-qemu: ${reason.code}`, []])
    expect(error?.text).toMatch(reason.text)
    expectNothingDone(result, 'main')
  })

  it('a word that is neither is an error of its own', async () => {
    const { result } = await play([main({ 'if-unsupported': 'ignore' })])
    expect(annotations('error', result('main'))[0]).toMatchObject({
      title: 'setup-qemu: invalid-input',
      text: expect.stringMatching(/if-unsupported/),
    })
  })
})
