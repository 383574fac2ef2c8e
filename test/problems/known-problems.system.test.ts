// What a set-up says about known problems of the emulators that it proved: those of the catalog, and strangers whose files are read for how they are built.

import { appendFileSync, chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalogBuild } from '../../src/core/problems/known-problems.js'
import { noInputs, type RequestInputs } from '../../src/core/request/inputs.js'
import { parseRequest } from '../../src/core/request/request.js'
import { styleOfFile } from '../../src/problems/emulator-build.js'
import { setup } from '../../src/setup/setup.js'
import { catalog, provable } from '../../src/system/machine.js'
import { cleanAfterEach, temporaryFolder, testMachine } from '../support/kernel/table.js'
import { emulatorPath } from '../support/programs/emulators.js'

cleanAfterEach()

async function problems(change: Partial<RequestInputs>): Promise<string[]> {
  const request = parseRequest({ ...noInputs, platforms: 'arm64', ...change }, catalog, 'amd64', provable)
  const { targets } = await setup(request, testMachine())
  expect(targets.map(({ state }) => state)).toEqual(['emulated'])
  return targets.flatMap(({ findings }) =>
    findings.flatMap((finding) => (finding.kind === 'known-problem' ? [finding.id] : [])),
  )
}

/** An emulator that the catalog does not know, made of one that it knows. */
function stranger(from: string, change: (bytes: Buffer) => void): string {
  const path = join(temporaryFolder(), 'qemu-aarch64')
  copyFileSync(from, path)
  appendFileSync(path, 'x')
  const bytes = readFileSync(path)
  change(bytes)
  writeFileSync(path, bytes)
  chmodSync(path, 0o755)
  return path
}

const middle = await emulatorPath('aarch64', '10.0.2')

describe('a set-up tells the problems of the emulator that it proved', () => {
  it.each([
    ['default', []],
    ['10.0', []],
    ['7.2', ['R23']],
  ])('of the catalog: %s', async (version, ids) => {
    await emulatorPath('aarch64', version)
    expect(await problems({ qemuVersion: version })).toEqual(ids)
  })

  it('of a stranger by its version and how its file is built', async () => {
    expect(await problems({ path: stranger(middle, () => undefined) })).toEqual([])
    const mark = 'GLIBC_TUNABLES'
    const withoutMark = (bytes: Buffer) => {
      for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark)) bytes.write('glibc', at)
    }
    expect(await problems({ path: stranger(middle, withoutMark) })).toEqual(['R24'])
  })
})

describe('how an emulator is built', () => {
  it.each(['5.2.0', '7.2.22', '10.0.2', 'default'])('is read from its file: %s', async (version) => {
    const path = await emulatorPath('aarch64', version)
    const from = catalog.packages.find((one) => path.includes(`/${one.version}/`))
    if (from === undefined) return expect.unreachable()
    const { pie, libc } = catalogBuild(from)
    expect(styleOfFile(path)).toEqual({ pie, libc })
  })

  it('is not known of what is no ELF file, or cannot be read', () => {
    const path = join(temporaryFolder(), 'x')
    writeFileSync(path, '#!/bin/sh\n')
    const unknown = { pie: null, libc: null }
    expect([styleOfFile(path), styleOfFile(`${path}/y`), styleOfFile('/nowhere')]).toEqual([unknown, unknown, unknown])
    expect(styleOfFile(temporaryFolder())).toEqual(unknown)
  })
})
