import { describe, expect, it } from 'vitest'
import type { Catalog } from '../../../src/core/model/catalog.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { type LocalExecutable, sourceFor } from '../../../src/core/plan/resolved-source.js'
import { parseRequest } from '../../../src/core/request/request.js'
import data from '../../../src/data/emulators.json' with { type: 'json' }
import { noInputs } from '../../support/runner/inputs.js'

const catalog = data as unknown as Catalog
const provable = new Set(['aarch64', 'riscv64'])
const file = (path: string): LocalExecutable => ({
  path,
  sha256: 'a'.repeat(64),
  qemuVersion: null,
  build: null,
  refusal: undefined,
})

/** The source of aarch64 for `path: path`, where these files were found for each target. */
function sourceFound(path: string, found: Readonly<Record<string, readonly LocalExecutable[]>>) {
  const words = { ...noInputs, platforms: 'arm64,riscv64', path }
  const machine = { host: 'amd64' as const, files: new Map(Object.entries(found)), differences: [] }
  return sourceFor(targetNamed('aarch64'), parseRequest(words, catalog, 'amd64', provable), machine, catalog)
}

describe('path', () => {
  it('that is itself the executable found for two targets is refused, as an emulator runs one architecture', () => {
    expect(sourceFound('/one', { aarch64: [file('/one')], riscv64: [file('/one')] })).toMatchObject({
      kind: 'none',
      finding: { kind: 'not-set-up', code: 'invalid-input', reason: expect.stringContaining('path names one') },
    })
  })

  it('that is a folder whose names for two targets lead to one executable is left to the proof', () => {
    // a wrapper or multi-call binary decides by the name under which it is called
    expect(
      sourceFound('/folder', { aarch64: [file('/folder/multi')], riscv64: [file('/folder/multi')] }),
    ).toMatchObject({
      kind: 'file',
      emulator: { path: '/folder/multi' },
      locator: 'file',
    })
  })

  it.each<[string, Readonly<Record<string, readonly LocalExecutable[]>>]>([
    ['for one target alone', { aarch64: [file('/one')] }],
    ['while the other target has another', { aarch64: [file('/one')], riscv64: [file('/two')] }],
    ['while nothing was found for the other', { aarch64: [file('/one')], riscv64: [] }],
  ])('that is an executable %s is taken', (_, found) => {
    expect(sourceFound('/one', found)).toMatchObject({ kind: 'file', emulator: { path: '/one' } })
  })
})
