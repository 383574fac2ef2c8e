// Container jobs and pods: the built command line in real containers, from all rights down to none, on a host that has an entry already and on one
// that has none. Each row shows what the user is told. Runs inside test/support/engines/engine.sh.
import { spawnSync } from 'node:child_process'
import { binfmtFolder } from '../../../src/system/binfmt.js'
import { startDocker, stopped } from '../../support/engines/engine.js'
import { podUser } from '../../support/engines/pod.js'
import { inside, preparePods, share } from '../../support/engines/pod-engine.js'
import { node24 } from '../../support/runner/node24.js'
import { checker, expectEqual } from '../check.js'
import { cli, emptied, mountTable, names, proven, refused, setup, setupWords, sha256 } from './pod-call.js'
import { containerJob } from './pod-job.js'

const [results = ''] = process.argv.slice(2)
const check = checker(results)

const asUser = ['--user', String(podUser)]
const noAdmin = {
  code: 'no-rights',
  message: /this (docker|podman) container does not have CAP_SYS_ADMIN/,
  hint: /--privileged/,
}
const noRoot = {
  code: 'no-root',
  message: new RegExp(`user id ${podUser}, and there is no sudo`),
  hint: /as root/,
}
// what the documents name beside --privileged
const admin = ['--cap-add', 'SYS_ADMIN', '--security-opt', 'apparmor=unconfined']
const unfiltered = ['--security-opt', 'seccomp=unconfined']
const unmasked = { docker: 'systempaths=unconfined', podman: 'unmask=ALL' }
const everything = ['--privileged']
const drop = '/usr/bin/setpriv --bounding-set=-all --inh-caps=-all'

async function rightsOf(engine: 'docker' | 'podman'): Promise<void> {
  const unmask = ['--security-opt', unmasked[engine]]
  await check(`${engine}, default rights: root is told of CAP_SYS_ADMIN`, () => refused(engine, [], noAdmin))
  await check(`${engine}, no rights at all`, () => refused(engine, ['--cap-drop', 'ALL'], noAdmin))
  await check(`${engine}, /proc/sys writable alone is not enough`, () => refused(engine, unmask, noAdmin))
  for (const [name, rights] of [
    ['default rights', []],
    ['--privileged', everything],
  ] as const)
    await check(`${engine}, ${name}: a user without sudo is told so`, () =>
      refused(engine, [...asUser, ...rights], noRoot),
    )
  await check(`${engine}, --cap-add SYS_ADMIN, with /proc/sys read-only`, () => proven(engine, admin))
  await check(`${engine}, --cap-add SYS_ADMIN without filters`, () => proven(engine, [...admin, ...unfiltered]))
  await check(`${engine}, --cap-add SYS_ADMIN, with /proc/sys writable`, () => proven(engine, [...admin, ...unmask]))
  await check(`${engine}, --privileged`, () => proven(engine, everything))
  await check(`${engine}: the host’s table cannot be handed in`, () => {
    const { status, stderr } = inside(engine, ['-v', `${binfmtFolder}:${binfmtFolder}`], 'true')
    if (status === 0) throw new Error('the documents say that runc refuses it')
    return stderr.trim().split('\n')[0]?.slice(-90) ?? ''
  })
}

async function tables(): Promise<void> {
  const masked = {
    code: 'binfmt-missing',
    message: /\/proc\/sys\/fs is masked, a tmpfs/,
    hint: /systempaths=unconfined/,
  }
  await check('a masked path', () =>
    refused('docker', everything, masked, { before: '/usr/bin/mount -t tmpfs x /proc/sys/fs' }),
  )
  const noProc = { code: 'binfmt-missing', message: /no proc file system on \/proc/, hint: /mount -t proc/ }
  await check('no /proc', () => refused('docker', everything, noProc, { before: '/usr/bin/umount -l /proc' }))
  const readOnly = {
    code: 'binfmt-read-only',
    message: /mounted read-only \(EROFS\)/,
    hint: /mount -o remount,rw,bind/,
  }
  const before = `${mountTable}; /usr/bin/mount -o remount,ro,bind ${binfmtFolder}`
  await check('a read-only table, with the right to change that', () =>
    refused('docker', everything, readOnly, { before }),
  )
  await check('a read-only table, without', () =>
    refused('docker', everything, { ...readOnly, hint: /docker run --privileged/ }, { before, by: drop }),
  )
  const noMount = { code: 'binfmt-not-mounted', message: /there is no program mount/, hint: /package mount/ }
  await check('an image without the program mount', () =>
    refused('docker', everything, noMount, { by: 'PATH=/nowhere' }),
  )
  const without = (rights: string) =>
    setup('docker', everything, {
      before: mountTable,
      by: `/usr/bin/setpriv --bounding-set=${rights} --inh-caps=-all`,
      after: cli('restore'),
    }).targets[0]
  await check('a table that is mounted already takes no CAP_SYS_ADMIN', () => {
    const { state, proof } = without('-sys_admin')
    expectEqual([state, proof.chroot, names()], ['emulated', true, []])
    return 'proven'
  })
  await check('an entry that cannot be tried in an empty root is red, and does not stay', () => {
    const { state, findings } = without('-all')
    expectEqual([state, findings[0].code, names()], ['failed', 'chroot-fails', []])
    return findings[0].reason
  })
}

/** Codes of findings, but for the one that is due to the namespace that this runs in, and those of an old QEMU. */
const codes = (target: { findings: { code: string }[] }) =>
  target.findings.map(({ code }) => code).filter((code) => code !== 'own-table' && code !== 'known-problem')

/** A host whose administrator has set up arm64 already. */
async function served(): Promise<void> {
  const { status } = spawnSync(node24, [
    `${share}/dist/cli/index.js`,
    'setup',
    'arm64',
    '--offline',
    '--cache-dir',
    `${share}/cache`,
  ])
  expectEqual([status, names()], [0, ['qemu-aarch64']])
  for (const words of ['--if-registered keep', '--qemu-version host'])
    for (const [name, rights, chroot, found] of [
      ['root with default rights', [], true, ['entry-unseen']],
      ['podman’s user, by a user namespace', asUser, true, ['entry-unseen']],
      ['docker’s user, who may not chroot', asUser, false, ['entry-unseen', 'chroot-untried']],
      ['root without any right', ['--cap-drop', 'ALL'], false, ['entry-unseen', 'chroot-untried']],
    ] as const)
      await check(`a served host, ${words}: ${name}`, () => {
        const { ok, targets, error } = setup(name.startsWith('podman') ? 'podman' : 'docker', rights, { words })
        expectEqual([error, ok, targets?.[0].state, targets?.[0].entry], [undefined, true, 'kept', null])
        expectEqual(
          [targets[0].proof, codes(targets[0])],
          [{ direct: true, chroot, argv0: true, fingerprint: sha256 }, found],
        )
        return `kept: QEMU ${targets[0].qemuVersion} ran${chroot ? ', also in an empty root' : ''}`
      })
}

/** The same host, asked for something else, or with all rights. */
async function servedOtherwise(): Promise<void> {
  await check('a served host, --qemu-version 7.2 --if-registered keep: another version is red', () => {
    const { ok, targets } = setup('docker', [], { words: '--if-registered keep --qemu-version 7.2' })
    expectEqual([ok, targets[0].findings[0].code], [false, 'kept-differs'])
    return targets[0].findings[0].reason
  })
  await check('a served host, --if-registered fail: red', () => {
    const { ok, targets } = setup('docker', [], { words: '--if-registered fail' })
    expectEqual([ok, targets[0].findings[0].code], [false, 'already-registered'])
    return targets[0].findings[0].reason
  })
  await check('a served host, default policy: to take precedence needs rights', () => refused('docker', [], noAdmin))
  await check('a served host, --privileged: the entry is seen, kept, and out of sight again', () => {
    const { targets } = setup('docker', everything, {
      words: '--if-registered keep',
      after: `[ ! -f ${binfmtFolder}/register ]`,
    })
    expectEqual([targets[0].state, targets[0].entry, codes(targets[0])], ['kept', 'qemu-aarch64', []])
    const left = inside(
      'docker',
      everything,
      `${setupWords('--if-registered keep')} >/dev/null; [ ! -f ${binfmtFolder}/register ]`,
    )
    expectEqual([left.status, names()], [0, ['qemu-aarch64']])
    return targets[0].entry
  })
  await check('a served host, --privileged: ours takes precedence and names what it shadows', () => {
    const { targets } = setup('docker', everything, { words: '--qemu-version 7.2', after: cli('restore') })
    expectEqual(
      [targets[0].qemuVersion, codes(targets[0]), names()],
      ['7.2.22', ['shadows', 'slow-cpu'], ['qemu-aarch64']],
    )
    return targets[0].findings[0].reason
  })
}

async function servedStatus(): Promise<void> {
  await check('a served host: status tells what runs out of sight', () => {
    const { unseen, mounted } = JSON.parse(inside('docker', asUser, cli('status')).stdout)
    expectEqual(
      [mounted, unseen.map(({ target }: { target: string }) => target), unseen[0].fingerprint.sha256],
      [false, ['aarch64'], sha256],
    )
    return inside('docker', asUser, '/usr/bin/node /dist/cli/index.js status').stdout.trim().split('\n').at(-1) ?? ''
  })
}

/** Containers with a user namespace of their own: green, and told that it is for them alone. */
async function namespaces(): Promise<void> {
  const map = ['--uidmap', '0:2000:5000', '--gidmap', '0:2000:5000']
  await check('podman with a mapping of ids, default rights', () => refused('podman', map, noAdmin))
  for (const [name, engine, rights] of [
    ['podman with a mapping of ids', 'podman', [...map, ...admin]],
    ['rootless podman', 'rootless', everything],
  ] as const)
    await check(`${name}: green with a note, and the host’s table stays empty`, () => {
      const { ok, targets, error } = setup(engine, rights)
      expectEqual(
        [error, ok, targets?.[0].findings.map(({ code }: { code: string }) => code)],
        [undefined, true, ['own-table']],
      )
      expectEqual(names(), [])
      return targets[0].findings[0].reason
    })
  await check('rootless podman, the action: a warning', () => {
    const input =
      '-e INPUT_PLATFORMS=arm64 -e INPUT_OFFLINE=true -e RUNNER_TOOL_CACHE=/cache -e RUNNER_TEMP=/tmp'.split(' ')
    const { status, stdout } = inside('rootless', [...everything, ...input], '/usr/bin/node /dist/main/index.js')
    const [warning = ''] = stdout.split('\n').filter((line) => line.startsWith('::warning'))
    expectEqual([status, /entries for aarch64: this container is in a user namespace/.test(warning)], [0, true])
    return warning
  })
}

const docker = await startDocker()
await preparePods()
await rightsOf('docker')
await rightsOf('podman')
await tables()
for (const engine of ['docker', 'podman'] as const)
  await check(`${engine}, a container job: three steps under shells of their own are one job`, () =>
    containerJob(engine),
  )
await namespaces()
await served()
await servedOtherwise()
await servedStatus()
emptied()
await stopped(docker)
