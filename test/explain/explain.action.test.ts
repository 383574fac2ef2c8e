import { chmodSync, copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { busyboxFor } from '../e2e/vm/busybox.js'
import { emulator } from '../support/programs/emulators.js'
import { cli, play, temporary } from '../support/runner/runner.js'

const { sha256 } = emulator('aarch64')
const program = await busyboxFor('aarch64')

/** A root with an arm64 program in it. */
function root(): string {
  const folder = temporary()
  mkdirSync(join(folder, 'bin'))
  copyFileSync(program, join(folder, 'bin/busybox'))
  chmodSync(folder, 0o755)
  return folder
}

describe('explain', () => {
  it('is red before set-up and green after it, here and in a root, and in JSON', async () => {
    const folder = root()
    const { result } = await play([
      cli('before', ['explain', join(folder, 'bin/busybox')]),
      cli('setup', ['setup', 'arm64']),
      cli('after', ['explain', '/bin/busybox', '--root', folder]),
      cli('json', ['explain', 'bin/busybox', '--root', folder, '--json']),
    ])
    expect(result('before')).toMatchObject({ status: 1, stdout: expect.stringContaining('Exec format error') })
    expect(result('after')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('It will run under QEMU 11.1.3'),
    })
    expect(JSON.parse(result('json').stdout)).toMatchObject({
      ok: true,
      file: '/bin/busybox',
      root: folder,
      steps: [
        { kind: 'file', program: { kind: 'elf', target: 'aarch64', loader: null } },
        {
          kind: 'entry',
          entry: { name: 'qemu-aarch64' },
          registeredBy: { kind: 'setup-qemu' },
          emulator: {
            sha256,
            inCatalog: true,
            knownProblems: expect.arrayContaining([expect.objectContaining({ id: 'R16', warn: false })]),
          },
        },
      ],
      verdict: { kind: 'emulated', errno: null, why: null },
      sentence: expect.stringContaining('It will run under'),
      remedy: null,
    })
    expect(result('json').table).toEqual(result('setup').table)
  })

  it('refuses wrong words', async () => {
    const { result } = await play([
      cli('no file', ['explain']),
      cli('two files', ['explain', 'a', 'b']),
      cli('no root', ['explain', 'a', '--root', '/nowhere']),
      cli('no name', ['explain', '']),
      cli('no name of a root', ['explain', 'a', '--root', '']),
      cli('a strange option', ['explain', 'a', '--mirror', 'x']),
    ])
    for (const name of ['no file', 'two files', 'no name', 'no name of a root', 'a strange option'])
      expect(result(name)).toMatchObject({ status: 2, stdout: '' })
    expect(result('no root')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/the root \/nowhere is no folder/),
    })
  })
})
