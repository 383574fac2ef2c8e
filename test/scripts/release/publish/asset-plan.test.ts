import { describe, expect, it } from 'vitest'
import {
  draftSteps,
  type LocalAsset,
  nameFault,
  type RemoteAsset,
  releaseDifferences,
} from '../../../../scripts/release/publish/asset-plan.js'

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]
const local: LocalAsset = { name: 'x.br', size: 3, sha256: a }
const remote = (fields: Partial<RemoteAsset> = {}): RemoteAsset => ({
  ...{ id: 1, name: 'x.br', state: 'uploaded', size: 3, digest: `sha256:${a}` },
  ...fields,
})
const upload = { kind: 'upload', name: 'x.br' }

describe('draftSteps', () => {
  it.each([
    ['nothing is there', [], [upload]],
    ['it is there', [remote()], []],
    ['an upload was interrupted', [remote({ state: 'starter', digest: null })], ['delete', upload]],
    ['an upload is interrupted, with the right digest', [remote({ state: 'open' })], ['delete', upload]],
    ['other bytes are there', [remote({ digest: `sha256:${b}` })], ['delete', upload]],
    ['the server made no digest', [remote({ digest: null })], ['delete', upload]],
    ['a digest of another kind', [remote({ digest: `sha512:${a}` })], ['delete', upload]],
    ['a stranger is there', [remote(), remote({ id: 2, name: 'y.br' })], ['delete 2']],
  ])('%s', (_, there, expected) => {
    const words = draftSteps([local], there).map((step) =>
      step.kind === 'upload' ? step : step.asset.id === 1 ? 'delete' : `delete ${step.asset.id}`,
    )
    expect(words).toEqual(expected)
  })

  it('deletes what has a name before it uploads that name', () => {
    const steps = draftSteps([local, { ...local, name: 'y.br' }], [remote({ state: 'starter' })])
    expect(steps.map(({ kind }) => kind)).toEqual(['delete', 'upload', 'upload'])
  })
})

describe('releaseDifferences', () => {
  it.each([
    ['none', [remote()], []],
    ['missing', [], ['x.br: it is missing']],
    ['other bytes', [remote({ digest: `sha256:${b}` })], [`x.br: expected sha256:${a}, got sha256:${b}`]],
    ['half', [remote({ state: 'starter' })], ['x.br: its upload was interrupted (state starter)']],
    ['a stranger', [remote(), remote({ name: 'y.br' })], ['y.br: nobody expects it']],
  ])('%s', (_, there, expected) => {
    expect(releaseDifferences([local], there)).toEqual(expected)
  })
})

describe('nameFault', () => {
  it.each(['qemu-aarch64-11.1.3-linux-amd64.br', 'qemu_11.1.3+ds.orig.tar.xz', 'SHA256SUMS', 'a'])(
    'takes %s',
    (name) => {
      expect(nameFault(name)).toBeUndefined()
    },
  )

  it.each(['qemu_11.1.3+ds-1~bpo13+1.dsc', 'a b', 'a:b', 'ä', '.hidden', 'end.', '', 'a/b'])('refuses %j', (name) => {
    expect(nameFault(name)).toMatch(/GitHub would/)
  })
})
