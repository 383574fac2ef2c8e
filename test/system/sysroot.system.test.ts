import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { plainLinks } from '../../src/core/model/links.js'
import { targetNamed } from '../../src/core/model/targets.js'
import { outcomeText } from '../../src/core/report/outcome-text.js'
import type { RequestInputs } from '../../src/core/request/inputs.js'
import { planOnly, setup } from '../../src/setup/setup.js'
import { lookAtSysroot } from '../../src/system/sysroot.js'
import { cleanAfterEach, names, temporaryFolder, testMachine } from '../support/kernel/table.js'
import { libraryRoot, unpack } from '../support/programs/guest-root.js'
import { requestOf } from '../support/runner/jobs.js'

cleanAfterEach()

const loader = '/lib/ld-linux-aarch64.so.1'
const aarch64 = targetNamed('aarch64')
const unusable = (message: string, hint = '') =>
  expect.objectContaining({
    code: 'sysroot-unusable',
    message: expect.stringContaining(message),
    hint: expect.stringContaining(hint),
  })

function request(sysroot: string, change: Partial<RequestInputs> = {}) {
  return requestOf({ sysroot, ...change })
}

describe('a root that can be used', () => {
  it('is proven by a dynamic program, and a shell of Debian then runs from this machine with its libraries', async () => {
    const root = await libraryRoot('aarch64', temporaryFolder())
    const outcome = await setup(request(root), testMachine())
    expect(outcome).toMatchObject({
      environment: { QEMU_LD_PREFIX: root },
      targets: [{ state: 'emulated', proof: { loader }, findings: [] }],
    })
    expect(outcomeText(outcome, plainLinks)).toContain(`export QEMU_LD_PREFIX=${root}\n`)
    expect(outcomeText(outcome, plainLinks)).toContain(`a dynamic program by ${loader}`)
    const programs = temporaryFolder()
    await unpack('dash aarch64', programs)
    const run = (env: object) =>
      spawnSync(join(programs, 'bin/dash'), ['-c', 'echo $((6 * 7))'], { env: { ...process.env, ...env } })
    expect(run(outcome.environment).stdout.toString()).toBe('42\n')
    expect(run({}).stderr.toString()).toContain(`Could not open '${loader}'`)
  })

  it.each(['riscv64', 's390x', 'ppc64le', 'mips', 'alpha'])('of %s', async (platforms) => {
    const root = await libraryRoot(platforms, temporaryFolder())
    const outcome = await setup(request(root, { platforms }), testMachine())
    expect(outcome.targets[0]?.findings).toEqual([])
    expect(outcome.targets[0]?.proof?.loader).toMatch(/^\/lib/)
  })

  it.each(['5.2.0', '7.2.22'])('with QEMU %s', async (qemuVersion) => {
    const root = await libraryRoot('aarch64', temporaryFolder())
    const outcome = await setup(request(root, { qemuVersion, cpu: 'cortex-a72' }), testMachine())
    expect(outcome.targets[0]).toMatchObject({ state: 'emulated', proof: { loader } })
  })

  it('with musl', async () => {
    const root = temporaryFolder()
    await unpack('musl aarch64', root)
    const outcome = await setup(request(root), testMachine())
    expect(outcome.targets[0]?.proof?.loader).toBe('/lib/ld-musl-aarch64.so.1')
  })

  it('with two libraries of which one is broken, by the one that works', async () => {
    const root = temporaryFolder()
    await unpack('musl aarch64', root)
    const other = await libraryRoot('aarch64', temporaryFolder())
    cpSync(join(other, loader), join(root, loader))
    const outcome = await setup(request(root), testMachine())
    expect(outcome.targets[0]).toMatchObject({ state: 'emulated', proof: { loader: '/lib/ld-musl-aarch64.so.1' } })
  })

  it('also behind absolute links, where they lead to the right files on this machine', async () => {
    const root = await libraryRoot('aarch64', temporaryFolder())
    const links = temporaryFolder()
    symlinkSync(join(root, 'lib'), join(links, 'lib'))
    expect((await setup(request(links), testMachine())).targets[0]).toMatchObject({
      state: 'emulated',
      proof: { loader },
    })
  })
})

describe('a root that cannot be used', () => {
  it('is told before anything is fetched or registered, also to a dry run', async () => {
    const machine = testMachine({ cacheFolder: temporaryFolder() })
    const wrong = request('/nowhere', { offline: 'true' })
    await expect(setup(wrong, machine)).rejects.toThrow(unusable('it is not there'))
    await expect(planOnly(wrong, machine)).rejects.toThrow(unusable('it is not there'))
    expect(names()).toEqual([])
  })

  it('of another architecture: what was expected, and what is there', async () => {
    const root = await libraryRoot('riscv64', temporaryFolder())
    expect(() => lookAtSysroot(root, aarch64)).toThrow(
      unusable('/lib/ld-linux-riscv64-lp64d.so.1, a file of riscv64', 'name a root of aarch64'),
    )
    cpSync(join(root, 'lib/ld-linux-riscv64-lp64d.so.1'), join(root, loader))
    expect(() => lookAtSysroot(root, aarch64)).toThrow(unusable(`at ${loader}, found a file of riscv64`))
    writeFileSync(join(root, loader), 'text')
    expect(() => lookAtSysroot(root, aarch64)).toThrow(unusable('found no ELF file of a known architecture'))
  })

  it('without a loader, or no folder', () => {
    const root = temporaryFolder()
    expect(() => lookAtSysroot(root, aarch64)).toThrow(unusable('found no loader of any architecture', 'libc6 or musl'))
    writeFileSync(join(root, 'file'), '')
    expect(() => lookAtSysroot(join(root, 'file'), aarch64)).toThrow(unusable('it is no folder'))
    expect(() => lookAtSysroot(root, targetNamed('hppa'))).toThrow(unusable('no dynamic loader for hppa is known'))
  })

  it('whose loader lies behind an absolute link, which QEMU does not follow within the root; the hint mends it', async () => {
    const root = await libraryRoot('aarch64', temporaryFolder())
    mkdirSync(join(root, 'lib/aarch64-linux-gnu'))
    const moved = '/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1'
    renameSync(join(root, loader), join(root, moved))
    symlinkSync(moved, join(root, loader))
    const hint = `ln -sfnr ${join(root, moved)} ${join(root, loader)}`
    expect(() => lookAtSysroot(root, aarch64)).toThrow(unusable(`found ${loader}, a link to ${moved}`, hint))
    execFileSync('ln', hint.split(' ').slice(1))
    expect((await setup(request(root), testMachine())).targets[0]?.state).toBe('emulated')
  })

  it('without the link from lib to usr/lib', async () => {
    const root = await libraryRoot('aarch64', temporaryFolder())
    mkdirSync(join(root, 'usr'))
    renameSync(join(root, 'lib'), join(root, 'usr/lib'))
    expect(() => lookAtSysroot(root, aarch64)).toThrow(unusable('below /usr alone', `ln -s usr/lib ${root}/lib`))
  })

  it('with a folder lib of its own beside usr/lib; the hint mends it', async () => {
    const root = await libraryRoot('aarch64', temporaryFolder())
    mkdirSync(join(root, 'usr'))
    renameSync(join(root, 'lib'), join(root, 'usr/lib'))
    mkdirSync(join(root, 'lib/modules'), { recursive: true })
    const hint = `ln -sfnr ${root}/usr${loader} ${root}${loader}`
    expect(() => lookAtSysroot(root, aarch64)).toThrow(unusable('/lib is a folder of its own', hint))
    execFileSync('ln', hint.split(' ').slice(1))
    expect((await setup(request(root), testMachine())).targets[0]?.state).toBe('emulated')
    rmSync(join(root, 'lib'), { recursive: true })
    symlinkSync('nowhere', join(root, 'lib'))
    expect(() => lookAtSysroot(root, aarch64)).toThrow(unusable('found no loader of any architecture'))
  })

  it('whose links go round in a circle or out of it', () => {
    const root = temporaryFolder()
    mkdirSync(join(root, 'lib'))
    symlinkSync('ld-linux-aarch64.so.1', join(root, loader))
    symlinkSync('../../../../../etc/passwd', join(root, 'lib/ld-musl-aarch64.so.1'))
    expect(() => lookAtSysroot(root, aarch64)).toThrow(unusable('expected a loader of aarch64'))
  })

  it('without its C library: red, with what the loader says, and nothing stays', async () => {
    const root = await libraryRoot('aarch64', temporaryFolder())
    rmSync(join(root, 'lib/libc.so.6'))
    const outcome = await setup(request(root), testMachine())
    expect(outcome).toMatchObject({ environment: {}, targets: [{ state: 'failed' }] })
    expect(outcome.targets[0]?.findings).toEqual([
      {
        kind: 'sysroot-fails',
        root,
        loader,
        ending: 'exit status 127',
        output: expect.stringContaining('libc.so.6: cannot open shared object file'),
      },
    ])
    expect(names()).toEqual([])
  })

  it('for several emulated platforms', async () => {
    await expect(setup(request('/', { platforms: 'arm64,riscv64' }), testMachine())).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining('aarch64, riscv64') }),
    )
  })

  it('for what runs natively', async () => {
    await expect(setup(request('/', { platforms: 'amd64' }), testMachine())).rejects.toThrow(
      unusable('runs on this machine without an emulator'),
    )
  })
})
