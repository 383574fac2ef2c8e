// An ordinary user and root on one machine, one after the other and side by side: what one leaves is no obstacle for the other, and what is
// there can be used by those who may change nothing.
import { describe, expect, it } from 'vitest'
import { registerLine } from '../../src/core/model/entry.js'
import { targetNamed } from '../../src/core/model/targets.js'
import { cachePath } from '../../src/sources/store.js'
import { as, guest, open, own, playHere, runner, shared } from '../support/kernel/accounts.js'
import { emulator } from '../support/programs/emulators.js'
import { annotations, cli, main, post, type Step, type StepResult, shell } from '../support/runner/runner.js'

const { sha256 } = emulator('aarch64')
const administrator = cli('administrator', ['setup', 'arm64'], shared)
const asRoot = { ...shared, HOME: '/root' }

interface Told {
  readonly targets: readonly {
    readonly state: string
    readonly qemuVersion: string
    readonly proof: object
    readonly findings: readonly { readonly code: string }[]
  }[]
}

const statusOf = ({ outputs }: StepResult): Told => JSON.parse(outputs.status ?? '{"targets":[]}')
const codes = (result: StepResult) =>
  statusOf(result).targets.flatMap(({ findings }) => findings.map(({ code }) => code))

/** A main step under a runner's process of its own, which lives on: another job than the scenario's. */
function ofAnotherJob(step: Step): Step {
  const script = `("$@" >/run/other-job 2>&1; echo $? >/run/other-status; exec sleep 90) </dev/null >/dev/null 2>&1 &
    for _ in $(seq 600); do [ -s /run/other-status ] && exit "$(cat /run/other-status)"; sleep 0.1; done; exit 99`
  return { ...step, file: 'bash', args: ['-c', script, 'bash', step.file, ...step.args] }
}

/** A step that does not see the table which is in force, as in a container; bash keeps the names of inputs, which have dashes. */
function outOfSight(step: Step): Step {
  const script = 'umount /proc/sys/fs/binfmt_misc && exec "$@"'
  return { ...step, file: 'unshare', args: ['--mount', 'bash', '-c', script, 'bash', step.file, ...step.args] }
}

describe('a user without sudo, on a machine that an administrator has set up', () => {
  it.each([
    ['if-registered: keep', { 'if-registered': 'keep' }],
    ['qemu-version: host', { 'qemu-version': 'host' }],
  ])('has main and post with %s, proven in both ways, and nothing is written', async (_, inputs) => {
    const result = await playHere([
      administrator,
      as(guest, main(inputs), own()),
      as(guest, post(), own()),
      cli('restore', ['restore']),
    ])
    const proof = { direct: true, chroot: true, argv0: true, fingerprint: sha256 }
    expect(result('main')).toMatchObject({ status: 0, outputs: { sha256, flags: 'POCF', entry: 'qemu-aarch64' } })
    expect(statusOf(result('main')).targets).toMatchObject([{ state: 'kept', proof, findings: [] }])
    expect(result('main').journals).toEqual(result('administrator').journals)
    expect(result('post of main')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^nothing to restore$/m) })
    expect(result('restore')).toMatchObject({ status: 0, table: {}, journals: [] })
  })

  it('keeps it by the command line as it is asked for, and is told when it is not', async () => {
    const call = (name: string, ...words: string[]) =>
      as(guest, cli(name, ['setup', 'arm64', '--json', ...words]), own())
    const result = await playHere([
      administrator,
      call('same'),
      call('host', '--qemu-version', 'host'),
      call('other', '--qemu-version', '7.2', '--if-registered', 'keep'),
      call('own', '--qemu-version', '7.2'),
    ])
    expect(JSON.parse(result('same').stdout)).toMatchObject({ ok: true, targets: [{ state: 'kept', sha256 }] })
    expect(JSON.parse(result('host').stdout)).toMatchObject({ ok: true, targets: [{ state: 'kept', sha256 }] })
    expect(JSON.parse(result('other').stdout)).toMatchObject({
      ok: false,
      targets: [{ findings: [{ code: 'kept-differs' }] }],
    })
    expect(JSON.parse(result('own').stdout)).toMatchObject({ ok: false, error: { code: 'no-root' } })
  })

  it('is red in an action that means to hold the entry, as that takes a journal', async () => {
    const result = await playHere([administrator, as(guest, main(), own())])
    expect(annotations('error', result('main'))[0]?.title).toBe('setup-qemu: no-root')
    expect(result('main').table).toEqual(result('administrator').table)
  })

  it('is green with a note where nobody may chroot, for the table says F', async () => {
    const none = shell('no more namespaces', 'echo 0 > /proc/sys/user/max_user_namespaces')
    const result = await playHere([administrator, none, as(guest, main({ 'if-registered': 'keep' }), own())])
    expect(result('no more namespaces').stderr).toBe('')
    expect(result('main').status).toBe(0)
    expect(codes(result('main'))).toEqual(['chroot-untried'])
    expect(statusOf(result('main')).targets[0]?.proof).toMatchObject({ direct: true, chroot: false })
    expect(result('main').summary).not.toContain('in an empty chroot')
  })

  it('keeps it where the table is out of sight, and status tells what runs', async () => {
    const call = (name: string, ...words: string[]) => outOfSight(as(guest, cli(name, [...words, '--json']), own()))
    const result = await playHere([
      administrator,
      outOfSight(as(guest, main({ 'if-registered': 'keep' }), own())),
      call('host', 'setup', 'arm64', '--qemu-version', 'host'),
      call('dry', 'setup', 'arm64', '--qemu-version', 'host', '--dry-run'),
      call('fail', 'setup', 'arm64', '--if-registered', 'fail'),
      call('status', 'status'),
    ])
    const json = (name: string) => JSON.parse(result(name).stdout)
    expect(result('main')).toMatchObject({ status: 0, outputs: { sha256, entry: '', flags: '', interpreter: '' } })
    expect(statusOf(result('main')).targets).toMatchObject([{ state: 'kept', proof: { direct: true, chroot: true } }])
    expect(codes(result('main'))).toEqual(['entry-unseen'])
    expect(json('host')).toMatchObject({ ok: true, targets: [{ state: 'kept', sha256, entry: null }] })
    expect(json('dry')).toMatchObject({ ok: true, targets: [{ plan: 'keep', entry: null, flags: null }] })
    expect(json('fail')).toMatchObject({ ok: false, targets: [{ findings: [{ code: 'already-registered' }] }] })
    expect(json('status')).toMatchObject({ mounted: false, unseen: [{ target: 'aarch64', fingerprint: { sha256 } }] })
  })

  it('sees that an entry without F is not what is asked for', async () => {
    const { magic, mask } = targetNamed('aarch64')
    const interpreter = cachePath('/run/cache', emulator('aarch64'))
    const line = registerLine({ name: 'qemu-aarch64', interpreter, flags: 'POC', offset: 0, magic, mask })
    const script = 'cd /proc/sys/fs/binfmt_misc && echo -1 > qemu-aarch64 && printf %s "$1" > register'
    const result = await playHere([
      administrator,
      shell('without F', script, line),
      as(guest, main({ 'if-registered': 'keep' }), own()),
    ])
    expect(result('without F').stderr).toBe('')
    expect(codes(result('main'))).toEqual(['kept-differs'])
  })
})

describe('a user with passwordless sudo, beside root', () => {
  it('uses a cache that root filled, and root one that the user filled', async () => {
    const cache = { RUNNER_TOOL_CACHE: open() }
    const again = main({}, { env: { ...asRoot, ...cache } }, 'root again')
    const result = await playHere([
      as(runner, main(), { ...own(), ...cache }),
      as(runner, post(), own()),
      again,
      post('root again', { env: asRoot }),
      as(runner, main({ offline: 'true' }, {}, 'user again'), { ...own(), ...cache }),
      as(runner, post('user again'), own()),
    ])
    for (const name of ['main', 'root again', 'user again'])
      expect(result(name)).toMatchObject({ status: 0, outputs: { sha256 } })
    expect(result('root again').outputs.status).toContain('"locator":"tool-cache"')
    expect(result('post of user again')).toMatchObject({ table: {}, journals: [] })
  })

  it('is told where a folder that root made in its cache is in the way, and what is there still works', async () => {
    const cache = { RUNNER_TOOL_CACHE: open() }
    const result = await playHere([
      main({ 'qemu-version': '7.2' }, { env: { ...asRoot, ...cache } }, 'root'),
      post('root', { env: asRoot }),
      as(runner, main({ platforms: 'riscv64', 'qemu-version': '7.2' }), { ...own(), ...cache }),
      as(runner, main({ 'qemu-version': '7.2' }, {}, 'the same'), { ...own(), ...cache }),
      as(runner, post('the same'), own()),
    ])
    expect(result('root').status).toBe(0)
    expect(annotations('error', result('main'))[0]?.text).toMatch(/EACCES[\s\S]*#cache-unwritable/)
    expect(result('the same').status).toBe(0)
    expect(result('post of the same')).toMatchObject({ table: {}, journals: [] })
  })

  it('has survive-restart: the drop-in is root’s, and post removes it', async () => {
    const look = (name: string) => shell(name, 'stat -c "%U %a" /run/binfmt.d/* 2>/dev/null || echo none')
    const result = await playHere([
      as(runner, main({ 'survive-restart': 'true' }), own()),
      look('meanwhile'),
      as(runner, post(), own()),
      look('after'),
    ])
    expect(result('main').status).toBe(0)
    expect([result('meanwhile').stdout, result('after').stdout]).toEqual(['root 644\n', 'none\n'])
    expect(result('post of main')).toMatchObject({ status: 0, table: {}, journals: [] })
  })

  it('shares an entry with root’s job, which keeps it when the user’s ends', async () => {
    const result = await playHere([
      ofAnotherJob(main({}, { env: asRoot }, 'root')),
      as(runner, main(), own()),
      as(runner, post(), own()),
      post('root', { env: asRoot }),
    ])
    expect(result('root').status).toBe(0)
    expect(statusOf(result('main')).targets).toMatchObject([{ state: 'kept' }])
    expect(result('main').journals).toHaveLength(2)
    expect(result('post of main').table).toEqual(result('root').table)
    expect(result('post of root')).toMatchObject({ status: 0, table: {}, journals: [] })
  })

  it.each([
    ['root’s job has another version', false],
    ['and the other way round', true],
  ])('is in conflict when %s: both are named, and on-conflict: take goes on', async (_, turned) => {
    const [first, second] = turned ? [runner, null] : [null, runner]
    const by = (id: number | null, step: Step) =>
      id === null ? { ...step, env: { ...step.env, ...asRoot } } : as(id, step, own())
    const result = await playHere([
      ofAnotherJob(by(first, main({ 'qemu-version': '7.2' }, {}, 'first'))),
      by(second, main()),
      by(second, main({ 'on-conflict': 'take' }, {}, 'take')),
      by(second, post('take')),
      by(first, post('first')),
    ])
    expect(result('first').status).toBe(0)
    expect(codes(result('main'))).toEqual(['other-job'])
    expect(result('main').table).toEqual(result('first').table)
    expect(result('take')).toMatchObject({ status: 0, outputs: { 'qemu-version': '11.1.3' } })
    expect(result('post of take').table).toEqual(result('first').table)
    expect(result('post of first')).toMatchObject({ status: 0, table: {}, journals: [] })
  })

  it('looks at a table that was out of sight, and leaves it so when it keeps what is there', async () => {
    const mounted = shell('mounted', '[ -f /proc/sys/fs/binfmt_misc/register ]')
    const keep = as(runner, cli('keep', ['setup', 'arm64', '--json', '--if-registered', 'keep']), own())
    const script = '"$@"; status=$?; [ ! -f /proc/sys/fs/binfmt_misc/register ] || exit 77; exit $status'
    const looked = outOfSight({ ...keep, file: 'sh', args: ['-c', script, 'sh', keep.file, ...keep.args] })
    const result = await playHere([administrator, looked, mounted])
    expect(result('keep').status).toBe(0)
    expect(JSON.parse(result('keep').stdout)).toMatchObject({ targets: [{ state: 'kept', entry: 'qemu-aarch64' }] })
    expect([result('mounted').status, result('keep').table]).toEqual([0, result('administrator').table])
  })

  it('is told which right sudo cannot give', async () => {
    const step = as(runner, main(), own())
    const limited = { ...step, args: ['--bounding-set=-sys_admin', ...step.args] }
    const result = await playHere([shell('unmount', 'umount /proc/sys/fs/binfmt_misc'), limited])
    expect(annotations('error', result('main'))[0]).toMatchObject({
      title: 'setup-qemu: no-rights',
      text: expect.stringMatching(/does not have CAP_SYS_ADMIN/),
    })
  })
})
