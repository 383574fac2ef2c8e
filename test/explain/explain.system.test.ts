import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { forecastText } from '../../src/core/explain/forecast-text.js'
import { glibcMark } from '../../src/core/problems/emulator-build.js'
import { explain } from '../../src/explain/explain.js'
import { binfmtFolder } from '../../src/system/binfmt.js'
import { cleanAfterEach, entryFor, temporaryFolder, testMachine } from '../support/kernel/table.js'
import { emulator, emulatorPath } from '../support/programs/emulators.js'
import {
  byHand,
  foreign,
  foreseen,
  inRoot,
  native,
  put,
  root,
  rootBeforeEach,
  setUp,
  withLoader,
} from '../support/programs/foreseen.js'

cleanAfterEach()
rootBeforeEach()

const current = await emulatorPath('aarch64')
const old = await emulatorPath('aarch64', '7.2.22')
const middle = await emulatorPath('aarch64', '10.0.2')

describe('the founding story', () => {
  it('no handler', async () => {
    const text = await foreseen('/bin/foreign')
    expect(text).toMatch(/ELF program for aarch64, 64 bits, little-endian, static/)
    expect(text).toMatch(
      /fail with "Exec format error" \(ENOEXEC\), because .* no entry .*\nTo do: setup-qemu setup aarch64$/,
    )
    await foreseen(inRoot('bin/foreign'), null)
  })

  it('a handler without F in a chroot', async () => {
    byHand('POC')
    expect(await foreseen(inRoot('bin/foreign'), null)).toMatch(
      /will run under QEMU 11\.1\.3 .*by the entry qemu-aarch64/,
    )
    expect(await foreseen('/bin/foreign')).toMatch(
      /"No such file or directory" \(ENOENT\), because the entry qemu-aarch64 has no flag F, and its interpreter .* is not in the root/,
    )
    mkdirSync(join(root, current, '..'), { recursive: true })
    copyFileSync(current, join(root, current))
    expect(await foreseen('/bin/foreign')).toMatch(/will run under QEMU 11\.1\.3/)
  })

  it('an outdated emulator that wins', async () => {
    await setUp()
    byHand('POCF', old, 'a-newer-entry')
    const text = await foreseen('/bin/foreign')
    expect(text).toMatch(/entry a-newer-entry, nothing on this machine says who registered it/)
    expect(text).toMatch(/takes precedence over qemu-aarch64/)
    expect(text).toMatch(/will run under QEMU 7\.2\.22 \(Debian .*\), by the entry a-newer-entry/)
    rmSync('/run/setup-qemu', { recursive: true })
  })

  it('an interpreter that was deleted', async () => {
    const path = join(temporaryFolder(), 'qemu')
    copyFileSync(current, path)
    byHand('POC', path)
    byHand('POCF', path, 'with-f')
    rmSync(path)
    const text = await foreseen('/bin/foreign')
    expect(text).toMatch(/its file is deleted; the kernel holds it open/)
    writeFileSync(join(binfmtFolder, 'with-f'), '-1')
    expect(await foreseen(inRoot('bin/foreign'), null)).toMatch(
      /has no flag F, and its interpreter .* is not there \(deleted\?\)/,
    )
  })

  it('a dynamic program whose loader is in no root', async () => {
    put('bin/dynamic', withLoader(foreign, '/lib/ld-linux-aarch64.so.1'))
    await setUp()
    expect(await foreseen('/bin/dynamic')).toMatch(
      /start under QEMU 11\.1\.3 .*which will give up, because \/bin\/dynamic itself is there, but the loader that it names, \/lib\/ld-linux-aarch64\.so\.1, is not\.\nTo do: .* setup-qemu setup aarch64 --sysroot DIR$/,
    )
    put('bin/native-dynamic', withLoader(native, '/lib/nowhere.so'))
    expect(await foreseen('/bin/native-dynamic')).toMatch(
      /"No such file or directory" \(ENOENT\), because \/bin\/native-dynamic itself is there, .*\nTo do: install the C library .*\(chroot, container\)$/,
    )
  })
})

describe('the environment', () => {
  afterEach(() => {
    delete process.env.QEMU_CPU
  })

  it.each(['POCF', 'POC'])('names a CPU that the emulator does not know, with the flags %s', async (flags) => {
    byHand(flags)
    process.env.QEMU_CPU = 'nonsense'
    expect(await foreseen(inRoot('bin/foreign'), null)).toMatch(
      /It will start under .*, which will give up, because a probe ended .*unable to find CPU model 'nonsense'.*\nTo do: QEMU_CPU in the environment /,
    )
  })
})

describe('what is known to go wrong', () => {
  it('under a build of the catalog is told before the sentence, with what to do', async () => {
    byHand('POCF', old)
    const text = await foreseen('/bin/foreign')
    expect(text).toMatch(
      /\n {6}known problem R23: tar and ostree .*; use QEMU 11\.1\.3 .*\n {6}known for some programs alone: R1, R11, R14, .*\(setup-qemu known-problems --qemu-version 7\.2\.22 --platforms aarch64\)\n\nIt will run/,
    )
    // it is position-independent, and of glibc
    expect(text).not.toMatch(/R15|R24/)
  })

  it('under the default is nothing that touches any program', async () => {
    byHand('POC')
    const { background, forecast } = await explain(inRoot('bin/foreign'), null, testMachine())
    expect(background.problems.map(({ id, warn }) => [id, warn])).toEqual(
      ['R1', 'R16', 'R27', 'R28', 'R36'].map((id) => [id, false]),
    )
    expect(forecastText(forecast, background)).not.toContain('known problem ')
  })

  it.each(['POCF', 'POC'])('under a stranger is read from its own file, with the flags %s', async (flags) => {
    const file = join(temporaryFolder(), 'qemu-aarch64')
    // a build without the mark of glibc is taken for one of musl
    const bytes = readFileSync(middle)
    for (let at = bytes.indexOf(glibcMark); at >= 0; at = bytes.indexOf(glibcMark)) bytes.write('glibc', at)
    writeFileSync(file, bytes, { mode: 0o755 })
    byHand(flags, file)
    expect(await foreseen(inRoot('bin/foreign'), null)).toMatch(
      /known problem R24: tar cannot open files under an emulator built with musl/,
    )
  })
})

describe('who and where', () => {
  it('our own entry, its flags in words, its emulator and its hash', async () => {
    await setUp()
    const text = await foreseen('/bin/foreign')
    expect(text).toMatch(/entry qemu-aarch64, registered by setup-qemu, for /)
    expect(text).toMatch(/flags POCF: argv\[0\] arrives; .*held open, so it works in every root and container/)
    expect(text).toContain(`sha256 ${emulator('aarch64').sha256}`)
    expect(text).toMatch(/emulator QEMU 11\.1\.3 .*, in the catalog/)
  })

  it('a file of binfmt.d', async () => {
    const entry = byHand('PF')
    mkdirSync('/run/binfmt.d')
    writeFileSync('/run/binfmt.d/qemu.conf', `# theirs\n:${entry.name}:M::\\x7f:\\xff:${entry.interpreter}:PF\n`)
    expect(await foreseen('/bin/foreign')).toMatch(/registered from \/run\/binfmt\.d\/qemu\.conf \(systemd-binfmt\)/)
  })

  it('an emulator in another root, as a container registers it', async () => {
    const layer = temporaryFolder()
    mkdirSync(join(layer, 'usr/bin'), { recursive: true })
    mkdirSync(join(layer, 'table'))
    copyFileSync(current, join(layer, 'usr/bin/qemu-aarch64'))
    copyFileSync(native, join(layer, 'sh'))
    const { magic, mask } = entryFor('aarch64', '/x')
    const bytes = (hex: string) => hex.replace(/../g, '\\x$&')
    const line = `:theirs:M::${bytes(magic)}:${bytes(mask)}:/usr/bin/qemu-aarch64:POCF`
    const script = `mount --bind ${binfmtFolder} ${layer}/table && chroot ${layer} /sh -c 'printf %s "$1" > /table/register' sh '${line}'`
    execFileSync('unshare', ['--mount', '--propagation', 'private', 'sh', '-ec', script])
    const text = await foreseen('/bin/foreign')
    expect(text).toMatch(/registered from within a container/)
    expect(text).toMatch(/its file is in another root .*\/usr\/bin\/qemu-aarch64/)
  })
})
