import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../src/core/model/entry.js'
import { prove } from '../../src/setup/verify.js'
import { binfmtFolder, register } from '../../src/system/binfmt.js'
import { acquireRoot, type Root } from '../../src/system/root.js'
import { hostTarget, isNative } from '../support/kernel/native.js'
import { cleanAfterEach, entryFor, probeFolder, registerByHand, temporaryFolder } from '../support/kernel/table.js'
import { emulator, emulatorPath } from '../support/programs/emulators.js'

cleanAfterEach()

const root = await acquireRoot()
const current = await emulatorPath('aarch64')
const old = await emulatorPath('aarch64', '7.2.22')
const { sha256 } = emulator('aarch64')

async function findings(entry: Entry, wanted = sha256): Promise<string[]> {
  const { findings: found } = await prove(
    'aarch64',
    entry,
    { sha256s: [wanted], version: null },
    probeFolder(['aarch64']),
    root,
  )
  return found.map((finding) => finding.kind)
}

describe('the proof', () => {
  it.each(['aarch64', 'arm', 'riscv64', 's390x', 'ppc64le'])(
    'holds for %s: directly, in an empty chroot, with argv[0]',
    async (target) => {
      const entry = entryFor(target, await emulatorPath(target))
      await register(entry, root)
      const proven = await prove(
        target,
        entry,
        { sha256s: [emulator(target).sha256], version: null },
        probeFolder([target]),
        root,
      )
      expect(proven).toEqual({
        proof: { direct: true, chroot: true, argv0: true, fingerprint: emulator(target).sha256 },
        ran: expect.objectContaining({ sha256: emulator(target).sha256 }),
        findings: [],
      })
    },
  )

  it.each([
    ['the host itself', hostTarget, true],
    ['a foreign machine', 'riscv64', false],
    // what a 64-bit x86 kernel may have been built or booted without
    ['32-bit x86, as this machine has it', 'i386', isNative('i386')],
  ])('finds out by running whether a program is native: %s', async (_, target, native) => {
    expect(isNative(target)).toBe(native)
    const { run } = await probeFolder([target]).direct(target)
    const answered = { kind: 'answered', native: true, answerRight: true, fingerprint: { qemuVersion: null } }
    expect(run).toMatchObject(native ? answered : { kind: 'refused', stage: 'exec', errno: 'ENOEXEC' })
  })

  it('tells a refusal from a crash when sudo has said something before', async () => {
    const talkative = 'echo "sudo: unable to resolve host runner: Name or service not known" >&2; exec "$@"'
    const wrapped: Root = { ...root, commandLine: (file, args) => ['sh', ['-c', talkative, 'sh', file, ...args]] }
    const { run } = await probeFolder(['aarch64']).chroot('aarch64', wrapped)
    expect(run).toEqual({ kind: 'refused', stage: 'exec', errno: 'ENOEXEC' })
  })

  it('holds without P, and says that argv[0] is not kept', async () => {
    const entry = registerByHand(entryFor('aarch64', current, { flags: 'OCF' }))
    const proven = await prove('aarch64', entry, { sha256s: [sha256], version: null }, probeFolder(['aarch64']), root)
    expect(proven).toMatchObject({ proof: { direct: true, chroot: true, argv0: false }, findings: [] })
  })

  it('holds for an emulator whose file was deleted after registering', async () => {
    const copy = join(temporaryFolder(), 'qemu-aarch64')
    copyFileSync(current, copy)
    chmodSync(copy, 0o755)
    const entry = registerByHand(entryFor('aarch64', copy))
    rmSync(copy)
    expect(await findings(entry)).toEqual([])
  })
})

describe('the proof fails', () => {
  it('when nothing is registered', async () => {
    expect(await findings(entryFor('aarch64', current))).toEqual(['no-handler', 'chroot-fails'])
  })

  it('when the entry has no F: it runs directly, but not in an empty root', async () => {
    const entry = registerByHand(entryFor('aarch64', current, { flags: 'POC' }))
    expect(await findings(entry)).toEqual(['chroot-fails'])
  })

  it('when the entry is disabled', async () => {
    const entry = registerByHand(entryFor('aarch64', current))
    writeFileSync(join(binfmtFolder, entry.name), '0')
    expect(await findings(entry)).toEqual(['no-handler', 'chroot-fails'])
  })

  it('when binfmt_misc is switched off', async () => {
    const entry = registerByHand(entryFor('aarch64', current))
    writeFileSync(join(binfmtFolder, 'status'), '0')
    expect(await findings(entry)).toEqual(['no-handler', 'chroot-fails'])
  })

  it('when another emulator shadows ours, and holds again when that is gone', async () => {
    const ours = registerByHand(entryFor('aarch64', current))
    const theirs = registerByHand(entryFor('aarch64', old, { name: 'zz-other' }))
    const { findings: found, proof } = await prove(
      'aarch64',
      ours,
      { sha256s: [sha256], version: null },
      probeFolder(['aarch64']),
      root,
    )
    expect(found[0]).toMatchObject({
      kind: 'wrong-emulator',
      where: 'direct',
      expected: sha256,
      got: emulator('aarch64', '7.2.22').sha256,
      version: '7.2.22',
      path: old,
    })
    expect(proof).toMatchObject({ direct: false, chroot: false, fingerprint: emulator('aarch64', '7.2.22').sha256 })
    writeFileSync(join(binfmtFolder, theirs.name), '-1')
    expect(await findings(ours)).toEqual([])
  })

  it('when the bytes are not the ones asked for', async () => {
    const entry = registerByHand(entryFor('aarch64', current))
    expect(await findings(entry, '0'.repeat(64))).toEqual(['wrong-emulator', 'wrong-emulator'])
  })

  it('when QEMU 5.2 is registered with P, which shifts the arguments', async () => {
    const entry = registerByHand(entryFor('aarch64', await emulatorPath('aarch64', '5.2.0')))
    expect(await findings(entry, emulator('aarch64', '5.2.0').sha256)).toContain('arguments-shifted')
  })

  it('when the emulator is another program; a dynamic one lacks its loader in an empty root', async () => {
    const entry = registerByHand(entryFor('aarch64', '/bin/true'))
    expect(await findings(entry)).toEqual(['probe-crashed', 'chroot-fails'])
  })

  it('when the emulator does not end', async () => {
    const entry = registerByHand(entryFor('aarch64', '/usr/bin/yes'))
    const { findings: found } = await prove(
      'aarch64',
      entry,
      { sha256s: [sha256], version: null },
      probeFolder(['aarch64'], 500),
      root,
    )
    expect(found[0]).toEqual({ kind: 'probe-silent', where: 'direct', timeoutMs: 500 })
  })
})

describe('an emulator at a path of 200 characters', () => {
  it('is registered and proven', async () => {
    const path = join(temporaryFolder(), 'x'.repeat(200), 'qemu-aarch64')
    mkdirSync(join(path, '..'))
    copyFileSync(current, path)
    chmodSync(path, 0o755)
    const entry = entryFor('aarch64', path)
    expect(path.length).toBeGreaterThan(200)
    await register(entry, root)
    expect(await findings(entry)).toEqual([])
  })
})
