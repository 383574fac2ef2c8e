import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { explain } from '../../src/explain/explain.js'
import { binfmtFolder } from '../../src/system/binfmt.js'
import { cleanAfterEach, testMachine } from '../support/kernel/table.js'
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

describe('what stands in the way', () => {
  it('a disabled entry, and a mechanism that is switched off', async () => {
    byHand('POCF')
    writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '0')
    expect(await foreseen('/bin/foreign')).toMatch(/because the entry qemu-aarch64 that matches it is disabled/)
    writeFileSync(join(binfmtFolder, 'status'), '0')
    expect(await foreseen('/bin/foreign')).toMatch(/binfmt_misc is switched off/)
    writeFileSync(join(binfmtFolder, 'status'), '1')
  })

  it('a header that the rule does not match', async () => {
    const bytes = readFileSync(foreign)
    bytes.write('AI\x02', 8, 'latin1')
    put('bin/appimage', bytes)
    await setUp()
    expect(await foreseen('/bin/appimage')).toMatch(
      /header QEMU's rule does not match.*\nTo do: setup-qemu setup aarch64 --rules wide$/,
    )
  })

  it('a file that is missing, a folder, not executable, empty, text, data, cut short', async () => {
    await setUp()
    put('bin/plain', readFileSync(foreign), 0o644)
    put('bin/empty', '')
    put('bin/text', 'echo hello\n')
    put('bin/data', Buffer.from([1, 0, 2, 3]))
    put('bin/cut', readFileSync(native).subarray(0, 100))
    symlinkSync('/nowhere', inRoot('bin/link'))
    symlinkSync('ring', inRoot('bin/ring'))
    expect(await foreseen('/bin/missing')).toMatch(/because there is no \/bin\/missing/)
    expect(await foreseen('/bin/link')).toMatch(/because there is no \/bin\/link/)
    expect(await foreseen('/bin/ring')).toMatch(/Too many levels of symbolic links/)
    expect(await foreseen('/bin')).toMatch(/is a folder/)
    expect(await foreseen('/bin/foreign/x')).toMatch(/Not a directory/)
    expect(await foreseen('/bin/plain')).toMatch(/may not be executed/)
    expect(await foreseen('/bin/empty')).toMatch(/is empty/)
    expect(await foreseen('/bin/text')).toMatch(/is text without #!/)
    expect(await foreseen('/bin/data')).toMatch(/neither ELF nor a script/)
    expect(await foreseen('/bin/cut')).toMatch(/cut short/)
  })

  it('a program that is cut short: it is started and crashes', async () => {
    await setUp()
    put('bin/foreign-half', readFileSync(foreign).subarray(0, 300_000))
    put('bin/foreign-start', readFileSync(foreign).subarray(0, 100))
    put('bin/native-half', readFileSync(native).subarray(0, 300_000))
    expect(await foreseen('/bin/foreign-half')).toMatch(/will start under QEMU .* will give up, because .*cut short/)
    expect(await foreseen('/bin/foreign-start')).toMatch(/will start under QEMU .* will give up, because .*cut short/)
    expect(await foreseen('/bin/native-half')).toMatch(/will start natively and crash, because .*cut short/)
  })

  it('a path with .. behind a link, and a / behind a file', async () => {
    mkdirSync(inRoot('deep/er'), { recursive: true })
    symlinkSync('deep/er', inRoot('link'))
    put('deep/x', readFileSync(native))
    put('x', '')
    expect(await foreseen('/link/../x')).toMatch(/will run natively/)
    expect(await foreseen('/bin/native/')).toMatch(/Not a directory/)
    expect(await foreseen('/nowhere/../bin/native')).toMatch(/No such file or directory/)
  })

  it('a file of /proc that can be opened and not be read', async () => {
    expect(await foreseen('/proc/self/mem', null)).toMatch(/Permission denied|Input\/output error/)
  })

  it.each(['folder', 'closed', 'short', 'ring'])('a loader that the kernel does not take: %s', async (loader) => {
    mkdirSync(inRoot('lib/folder'), { recursive: true })
    put('lib/closed', readFileSync(native), 0o644)
    put('lib/short', 'x')
    symlinkSync('ring', inRoot('lib/ring'))
    put('bin/dynamic', withLoader(native, `/lib/${loader}`))
    expect(await foreseen('/bin/dynamic')).toMatch(/because its loader \/lib\/\w+ /)
  })

  it('a machine that QEMU does not know', async () => {
    const bytes = readFileSync(foreign)
    bytes.writeUInt16LE(50, 18)
    put('bin/itanium', bytes)
    expect(await foreseen('/bin/itanium')).toMatch(/ia64.*\nTo do: QEMU has no user emulator for it/)
  })
})

describe('scripts', () => {
  it('lead to their interpreter, links followed within the root', async () => {
    await setUp()
    symlinkSync('/bin/foreign', inRoot('bin/sh'))
    symlinkSync('native', inRoot('bin/busybox'))
    put('bin/script', '#! /bin/sh\nread a; echo $a; read b || true\n')
    put('bin/native-script', '#!/bin/busybox sh\nread a; echo $a; read b || true\n')
    expect(await foreseen('/bin/script')).toMatch(
      /a script for \/bin\/sh\n.*ELF program for aarch64[\s\S]*will run under QEMU/,
    )
    expect(await foreseen('/bin/native-script')).toMatch(/with the argument "sh"[\s\S]*will run natively/)
  })

  it('whose interpreter has no / at its start: from the folder where they are started', async () => {
    put('bin/far', '#!native\n')
    symlinkSync('native', inRoot('bin/sh'))
    put('bin/near', '#!bin/sh\nread a; echo $a; read b || true\n')
    expect(await foreseen('/bin/near')).toMatch(/a script for bin\/sh in the current folder\n[\s\S]*will run natively/)
    expect(await foreseen('/bin/far')).toMatch(/names native without a \/ .* current folder \/ and not in PATH/)
    expect(await foreseen(inRoot('bin/near'), null)).toMatch(/names bin\/sh without a \/ /)
  })

  it('whose #! line the kernel does not take', async () => {
    put('bin/bare', '#!')
    put('bin/blank', '#!  \n')
    put('bin/long', `#!/${'/'.repeat(247)}bin/sh\n`)
    expect(await foreseen('/bin/bare')).toMatch(/"Permission denied" .*names no interpreter/)
    expect(await foreseen('/bin/blank')).toMatch(/"Exec format error" .*names no interpreter/)
    expect(await foreseen('/bin/long')).toMatch(/"Exec format error" .*longer than the 255 bytes/)
  })

  it('whose interpreter is missing, has a carriage return, or is a script without end', async () => {
    put('bin/lost', '#!/usr/bin/perl -w\n')
    put('bin/crlf', '#!/bin/native\r\n')
    put('bin/loop', '#!/bin/loop\n')
    expect(await foreseen('/bin/lost')).toMatch(/"No such file or directory" .*first line names \/usr\/bin\/perl/)
    expect(await foreseen('/bin/crlf')).toMatch(/carriage return/)
    expect(await foreseen('/bin/loop')).toMatch(/too many scripts/)
  })

  it.each([
    ['native', 'native'],
    ['foreign', 'emulated'],
  ])('in a row: five for a %s program, one less where it is emulated', async (program, kind) => {
    await setUp()
    const steps = [1, 2, 3, 4, 5, 6]
    // busybox finds its applet by the name it is called by
    symlinkSync(program, inRoot('bin/sh'))
    put('bin/row-0', '#!/bin/sh\nread a; echo $a; read b || true\n')
    for (const at of steps) put(`bin/row-${at}`, `#!/bin/row-${at - 1}\n`)
    const kinds = []
    for (const at of steps) {
      await foreseen(`/bin/row-${at}`)
      kinds.push((await explain(`/bin/row-${at}`, root, testMachine())).forecast.verdict.kind)
    }
    const most = kind === 'native' ? 4 : 3
    expect(kinds).toEqual(steps.map((at) => (at <= most ? kind : 'fails')))
  })
})
