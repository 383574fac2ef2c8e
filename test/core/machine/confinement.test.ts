// What /proc says about a container, in texts as real engines and kernels give them; and the errors that follow.
import { describe, expect, it } from 'vitest'
import {
  type Confinement,
  type ConfinementTexts,
  confinementOf,
  mountOf,
  parseMounts,
} from '../../../src/core/machine/confinement.js'
import { missingTable, refusedEntry, unmountedTable } from '../../../src/core/machine/table-refusal.js'
import { isUnsupported } from '../../../src/core/model/errors.js'
import { platformOf } from '../../../src/core/model/targets.js'
import { type TargetOutcome, withTableLimits } from '../../../src/core/outcome/outcome.js'

const folder = '/proc/sys/fs/binfmt_misc'
const dockerMounts = `120 119 0:45 / / rw,relatime - overlay overlay rw
123 120 0:46 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
79 123 0:46 /sys /proc/sys ro,nosuid,nodev,noexec,relatime - proc proc rw
80 123 0:51 / /proc/acpi ro,relatime - tmpfs tmpfs ro
81 123 0:6 /null /proc/keys rw,relatime shared:3 master:1 - devtmpfs devtmpfs rw,size=12334460k`

const bare: ConfinementTexts = {
  status: 'Name:\tnode\nCapEff:\t0000000000000000\nCapBnd:\t000001ffffffffff\nSeccomp:\t0\n',
  mountinfo: '22 27 0:21 / /proc rw,relatime - proc proc rw\n27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n',
  uidMap: '         0          0 4294967295\n',
  userNamespace: 'user:[4026531837]',
  profile: 'unconfined\n',
  systemd: '',
  files: { '/.dockerenv': false, '/run/.containerenv': false },
  environment: { container: '', kubernetes: false },
}
const docker: ConfinementTexts = {
  ...bare,
  status: 'CapEff:\t00000000a80425fb\nCapBnd:\t00000000a80425fb\nSeccomp:\t2\n',
  mountinfo: dockerMounts,
  profile: 'docker-default (enforce)\n',
  files: { '/.dockerenv': true, '/run/.containerenv': false },
}
const of = (change: Partial<ConfinementTexts>, base = bare) => confinementOf({ ...base, ...change })

describe('confinement', () => {
  it('of a machine is none', () => {
    expect(confinementOf(bare)).toMatchObject({
      admin: true,
      seccomp: false,
      profile: null,
      userNamespace: false,
      container: null,
    })
  })

  it('of a docker container by default', () => {
    expect(confinementOf(docker)).toMatchObject({
      admin: false,
      seccomp: true,
      profile: 'docker-default',
      userNamespace: false,
      container: 'docker',
    })
    expect(of({ status: 'CapBnd:\t00000000a82425fb\nSeccomp:\t2\n' }, docker).admin).toBe(true)
  })

  it.each<[string, Partial<ConfinementTexts>, Confinement['container']]>([
    ['podman by its file', { files: { '/.dockerenv': false, '/run/.containerenv': true } }, 'podman'],
    ['podman by its variable', { environment: { container: 'podman', kubernetes: false } }, 'podman'],
    ['kubernetes by its variable', { environment: { container: '', kubernetes: true } }, 'kubernetes'],
    ['lxc', { systemd: 'lxc\n' }, 'other'],
    ['wsl, which is a machine', { systemd: 'wsl\n' }, null],
  ])('knows %s', (_, change, kind) => {
    expect(of(change).container).toBe(kind)
  })

  it.each<[string, Partial<ConfinementTexts>, boolean]>([
    ['the first one', {}, false],
    ['another one with all ids', { userNamespace: 'user:[4026532177]' }, true],
    ['one without the link, by its map', { userNamespace: '', uidMap: '0 1000 1\n' }, true],
    ['none at all', { userNamespace: '', uidMap: '' }, false],
  ])('user namespace: %s', (_, change, expected) => {
    expect(of(change).userNamespace).toBe(expected)
  })

  it.each(['', 'CapBnd:\tzz\n', 'CapBnd:', 'CapBnd:\t00000000000000000000ffffffff\n', '\0'])(
    'status %j has no rights',
    (status) => {
      expect(of({ status }).admin).toBe(false)
    },
  )
})

describe('mounts', () => {
  it('are read with what is escaped, and what is no line is left out', () => {
    const text = '1 2 0:1 / /a\\040b rw - tmpfs x rw\n3 2 0:1 / /r rw - tmpfs x ro\n\n1 2 - \nnonsense - x'
    expect(parseMounts(text)).toEqual([
      { id: '1', parent: '2', device: '0:1', point: '/a b', type: 'tmpfs', readOnly: false, noexec: false },
      { id: '3', parent: '2', device: '0:1', point: '/r', type: 'tmpfs', readOnly: true, noexec: false },
    ])
  })

  const mounts = parseMounts(dockerMounts)
  const added = (...lines: string[]) => [...mounts, ...parseMounts(lines.join('\n'))]

  it('a path lies on the deepest', () => {
    expect(mountOf(folder, mounts)).toMatchObject({ point: '/proc/sys', type: 'proc', readOnly: true })
    expect(mountOf('/proc/system', mounts)?.point).toBe('/proc')
    expect(mountOf('/x', mounts)?.type).toBe('overlay')
    expect(mountOf('/x', [])).toBeUndefined()
  })

  it('of several at one place on the uppermost, and not on one that is hidden', () => {
    const table = `90 79 0:1 / ${folder} rw - binfmt_misc x rw`
    expect(mountOf(folder, added(table))?.type).toBe('binfmt_misc')
    expect(mountOf(folder, added('92 90 0:1 / /proc/sys/fs/binfmt_misc rw - tmpfs x rw', table))?.type).toBe('tmpfs')
    expect(mountOf(folder, added(table, '91 79 0:1 / /proc/sys/fs rw - tmpfs x rw'))?.type).toBe('tmpfs')
    expect(mountOf(folder, added('91 123 0:1 / /proc/sys rw - tmpfs x rw'))).toMatchObject({
      point: '/proc/sys',
      type: 'proc',
    })
  })

  it('ends for mounts that stand on each other in a circle', () => {
    expect(mountOf('/a/b', parseMounts('1 2 0:1 / / rw - a x rw\n2 1 0:1 / /a rw - b x rw'))).toBeUndefined()
    expect(mountOf('/a', parseMounts('0 9 0:1 / / rw - a x rw\n1 1 0:1 / /a rw - b x rw'))?.type).toBe('a')
  })
})

const refused = { said: 'mount: permission denied.', refused: true, missing: false }
const entry = { name: 'qemu-arm', interpreter: '/q' }
const admin = 'CapBnd:\t00000000a82425fb\n'

describe('a table out of reach', () => {
  it.each([
    [
      'docker',
      docker,
      /this docker container does not have CAP_SYS_ADMIN/,
      /docker run --privileged.*container: options: --privileged/,
    ],
    [
      'podman',
      { ...docker, files: { '/.dockerenv': false, '/run/.containerenv': true } },
      /this podman container/,
      /podman run --privileged/,
    ],
    [
      'kubernetes',
      { ...docker, environment: { container: '', kubernetes: true } },
      /this pod's container/,
      /securityContext\.privileged: true/,
    ],
    ['another container', { ...docker, files: bare.files, systemd: 'lxc' }, /this container/, /all rights/],
    ['no container', { ...docker, files: bare.files }, /this process does not have/, /^run it as root with all rights/],
  ])('by rights, in %s', (_, texts, message, hint) => {
    const error = unmountedTable(folder, refused, confinementOf(texts))
    expect(error).toMatchObject({
      code: 'no-rights',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    })
    expect(isUnsupported(error)).toBe(true)
  })

  it.each([
    [
      'AppArmor',
      { status: admin },
      'no-rights',
      /has CAP_SYS_ADMIN, but the AppArmor profile docker-default forbids it/,
    ],
    ['seccomp', { status: `${admin}Seccomp:\t2\n`, profile: '' }, 'no-rights', /a seccomp filter forbids it/],
    ['something else', { status: admin, profile: '' }, 'no-rights', /a security module forbids it/],
    ['an old kernel', { status: admin, userNamespace: 'user:[1]' }, 'binfmt-not-mounted', /from 6\.7 on/],
  ])('in spite of CAP_SYS_ADMIN: %s', (_, change, code, message) => {
    expect(unmountedTable(folder, refused, of(change, docker))).toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })

  it('for other reasons, with what mount said, and without mount', () => {
    const busy = unmountedTable(folder, { said: 'busy\u001b[31m', refused: false, missing: false }, of({}))
    expect(busy).toMatchObject({ code: 'binfmt-not-mounted', message: expect.stringMatching(/failed: busy\\u001b/) })
    const none = unmountedTable(folder, { said: 'ENOENT', refused: false, missing: true }, of({}))
    expect(none).toMatchObject({ code: 'binfmt-not-mounted', message: expect.stringMatching(/no program mount/) })
  })

  it.each([
    ['no module', bare, /modprobe binfmt_misc did not bring it: not found/, /CONFIG_BINFMT_MISC/],
    ['no module in a container', docker, /did not bring it/, /on the host/],
    [
      'masked',
      { ...docker, mountinfo: `${dockerMounts}\n91 79 0:1 / /proc/sys/fs rw - tmpfs x rw` },
      /\/proc\/sys\/fs is masked, a tmpfs/,
      /systempaths=unconfined/,
    ],
    [
      'masked on a machine',
      { ...bare, mountinfo: `${bare.mountinfo}91 22 0:1 / /proc/sys rw - tmpfs x rw` },
      /\/proc\/sys is masked/,
      /umount \/proc\/sys$/,
    ],
    ['no /proc', { ...bare, mountinfo: '' }, /no proc file system/, /mount -t proc/],
  ])('missing: %s', (_, texts, message, hint) => {
    expect(missingTable(folder, 'not found', confinementOf(texts))).toMatchObject({
      code: 'binfmt-missing',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    })
  })

  it.each([
    ['EROFS', bare, 'binfmt-read-only', /sudo mount -o remount,rw,bind/],
    ['EROFS', docker, 'binfmt-read-only', /--privileged/],
    ['EPERM', docker, 'no-rights', /--privileged/],
    ['EACCES', docker, 'no-rights', /--privileged/],
    ['EACCES', bare, 'entry-refused', /dmesg/],
    ['EINVAL', bare, 'entry-refused', /dmesg/],
    ['ENOENT', bare, 'interpreter-gone', /clean/],
  ])('for one entry: %s', (errno, texts, code, hint) => {
    expect(refusedEntry(entry, folder, errno, confinementOf(texts))).toMatchObject({
      code,
      hint: expect.stringMatching(hint),
    })
  })
})

it('an emulator on a mount without execution is told as just that', () => {
  const refused = refusedEntry({ ...entry, noexec: '/cache' }, folder, 'EACCES', confinementOf(bare))
  expect(refused.message).toMatch(/lies on \/cache, which is mounted noexec$/)
  expect(refused.hint).toMatch(/another file system/)
})

describe('reach', () => {
  const target: TargetOutcome = {
    platform: platformOf('arm64'),
    state: 'emulated',
    emulator: null,
    entry: { name: 'qemu-aarch64', interpreter: '/q', flags: 'F', offset: 0, magic: '', mask: '' },
    locator: null,
    bytesFetched: 0,
    seconds: 0,
    proof: null,
    findings: [],
  }
  const kinds = (change: Partial<TargetOutcome>, texts: ConfinementTexts) =>
    withTableLimits([{ ...target, ...change }], confinementOf(texts)).flatMap(({ findings }) =>
      findings.map(({ kind }) => kind),
    )
  const rootless = { ...docker, userNamespace: 'user:[4026532252]' }

  it('is told in a container with a user namespace, and nowhere else', () => {
    expect(kinds({}, rootless)).toEqual(['own-table'])
    expect(kinds({ state: 'kept' }, rootless)).toEqual(['own-table'])
    expect(kinds({ state: 'kept', entry: null }, rootless)).toEqual([])
    expect(kinds({ state: 'native', entry: null }, rootless)).toEqual([])
    expect(kinds({ state: 'failed' }, rootless)).toEqual([])
    expect(kinds({}, docker)).toEqual([])
    expect(kinds({}, { ...bare, userNamespace: 'user:[1]' })).toEqual([])
  })
})
