import { describe, expect, it } from 'vitest'
import { checkPlatform, chooseManifest, configPlatform, parseManifest } from '../../../src/core/image/image-manifest.js'
import { imageRecordText, type KnownBinaries, parseImageRecord } from '../../../src/core/image/image-record.js'
import { compressionOfType, matchesCompression } from '../../../src/core/image/layer-compression.js'

const digest = (digit: string) => `sha256:${digit.repeat(64)}`
const descriptor = (digit: string, mediaType = 't') => ({ mediaType, digest: digest(digit), size: 7 })
const parse = (value: unknown) => parseManifest(typeof value === 'string' ? value : JSON.stringify(value), 'IMAGE')

describe('a manifest', () => {
  it.each([
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
    undefined,
  ])('of an image (%s) has config and layers', (mediaType) => {
    const value = { schemaVersion: 2, mediaType, config: descriptor('a'), layers: [descriptor('b'), descriptor('c')] }
    expect(parse(value)).toEqual({ kind: 'image', config: descriptor('a'), layers: [descriptor('b'), descriptor('c')] })
  })

  it('of an index has manifests with their platforms', () => {
    const platform = { os: 'linux', architecture: 'arm64', variant: 'v8' }
    const manifests = [
      { ...descriptor('a'), platform, annotations: {} },
      { ...descriptor('b'), platform: { os: 1, architecture: 'x' } },
      descriptor('c'),
    ]
    expect(parse({ schemaVersion: 2, manifests })).toEqual({
      kind: 'index',
      manifests: [
        { ...descriptor('a'), platform },
        { ...descriptor('b'), platform: { os: '', architecture: 'x', variant: '' } },
        { ...descriptor('c'), platform: null },
      ],
    })
  })

  const image = { config: descriptor('a'), layers: [descriptor('b')] }
  it.each<[string, unknown, string, RegExp]>([
    ['HTML', '<html>\u001blog in</html>', 'image-damaged', /answered "<html>\\u001blog in<\/html>"/],
    ['nothing', '', 'image-damaged', /in JSON was expected/],
    ['a list', [], 'image-damaged', /in JSON was expected/],
    ['cut short', '{"layers":[', 'image-damaged', /in JSON was expected/],
    ['neither', {}, 'image-damaged', /neither "manifests" nor "layers"/],
    ['schema 1', { schemaVersion: 1, fsLayers: [] }, 'image-refused', /schema 1/],
    ['both at once', { ...image, manifests: [] }, 'image-refused', /at once/],
    ['layers that are none', { ...image, layers: ['x'] }, 'image-damaged', /digest "undefined"/],
    ['no config', { layers: [] }, 'image-damaged', /digest/],
    ['a digest that is a path', { ...image, config: { digest: 'sha256:../../x', size: 1 } }, 'image-damaged', /digest/],
    ['a negative size', { ...image, config: { ...descriptor('a'), size: -1 } }, 'image-damaged', /no size/],
    ['a size that is text', { ...image, config: { ...descriptor('a'), size: '1' } }, 'image-damaged', /no size/],
    ['a size of 2^60', { ...image, config: { ...descriptor('a'), size: 2 ** 60 } }, 'image-damaged', /no size/],
    [
      'a digest that has no words',
      { ...image, config: { digest: { toString: 1 }, size: 1 } },
      'image-damaged',
      /digest "object"/,
    ],
    ['manifests that are numbers', { manifests: [1] }, 'image-damaged', /digest/],
  ])('that is %s is refused', (_, value, code, message) => {
    expect(() => parse(value)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
  })
})

describe('the choice of a platform', () => {
  const index = (...platforms: (string | null)[]) => ({
    kind: 'index' as const,
    manifests: platforms.map((text, place) => {
      const [os = '', architecture = '', variant = ''] = text?.split('/') ?? []
      return { ...descriptor(`${place}`), platform: text === null ? null : { os, architecture, variant } }
    }),
  })
  const chosen = (host: 'amd64' | 'arm64', ...platforms: (string | null)[]) => {
    const { manifest, known } = chooseManifest(index(...platforms), host, 'IMAGE')
    return [Number(manifest.digest.at(-1)), known]
  }

  it.each([
    ['amd64', ['linux/arm64', 'linux/amd64'], 1, true],
    ['arm64', ['linux/arm64', 'linux/amd64'], 0, true],
    ['amd64', ['linux/amd64/v3', 'linux/amd64/v2', 'linux/amd64'], 2, true],
    ['amd64', ['linux/amd64/v3', 'linux/amd64/v1'], 1, true],
    ['amd64', ['linux/amd64/v3'], 0, true],
    ['arm64', ['linux/arm64/v9', 'linux/arm64/v8'], 1, true],
    ['amd64', ['windows/amd64', 'linux/amd64', 'unknown/unknown'], 1, true],
    ['amd64', [null, 'linux/amd64'], 1, true],
    ['amd64', ['linux/arm64', null], 1, false],
  ] as const)('for %s of %j is number %s', (host, platforms, place, known) => {
    expect(chosen(host, ...platforms)).toEqual([place, known])
  })

  it.each([
    [['linux/arm64/v8', 'linux/s390x', 'unknown/unknown'], 'it has linux/arm64/v8, linux/s390x'],
    [['windows/amd64'], 'it has windows/amd64'],
    [['unknown/unknown'], 'it has no platform'],
    [[], 'it has no platform'],
    [['lin\u001bux/x'], 'lin\\u001bux/x'],
  ])('of %j for amd64 is none, and says what there is', (platforms, text) => {
    expect(() => chosen('amd64', ...platforms)).toThrow(
      expect.objectContaining({ code: 'image-other-platform', message: expect.stringContaining(text) }),
    )
  })

  it('of a single image is left to its config', () => {
    const check = (text: string) => checkPlatform(configPlatform(text, 'IMAGE'), 'amd64', 'IMAGE')
    expect(() => check('{"os":"linux","architecture":"amd64"}')).not.toThrow()
    const refusal = (code: string, text: string) =>
      expect.objectContaining({ code, message: expect.stringContaining(text) })
    expect(() => check('{"os":"linux","architecture":"arm"}')).toThrow(refusal('image-other-platform', 'linux/arm'))
    expect(() => check('{}')).toThrow(refusal('image-other-platform', 'unknown/unknown'))
    expect(() => check('<html>')).toThrow(refusal('image-damaged', 'config'))
  })
})

describe('the form of a layer', () => {
  const oci = 'application/vnd.oci.image.layer'
  const docker = 'application/vnd.docker.image.rootfs'
  it.each([
    [`${oci}.v1.tar`, 'plain'],
    [`${oci}.v1.tar+gzip`, 'gzip'],
    [`${oci}.v1.tar+zstd`, 'zstd'],
    [`${oci}.nondistributable.v1.tar+gzip`, 'gzip'],
    [`${docker}.diff.tar.gzip`, 'gzip'],
    [`${docker}.diff.tar`, 'plain'],
    [`${docker}.diff.tar.zstd`, 'zstd'],
    [`${docker}.foreign.diff.tar.gzip`, 'gzip'],
    [`${oci}.v1.tar+gzip+encrypted`, undefined],
    ['application/vnd.cncf.helm.chart.content.v1.tar+gzip', undefined],
    ['', undefined],
  ])('%s is %s', (mediaType, form) => expect(compressionOfType(mediaType)).toBe(form))

  it.each([
    ['1f8b0800', 'gzip'],
    ['28b52ffd', 'zstd'],
    ['502a4d18', 'zstd'],
    ['5f2a4d18', 'zstd'],
    ['602a4d18', 'plain'],
    ['2e2f0000', 'plain'],
    ['', 'plain'],
    ['1f', 'plain'],
  ] as const)('with the bytes %s is %s', (bytes, form) => {
    const fits = (['plain', 'gzip', 'zstd'] as const).filter((one) =>
      matchesCompression(Buffer.from(bytes, 'hex'), one),
    )
    expect(fits).toEqual([form])
  })
})

describe('the record of an image', () => {
  const known: KnownBinaries = new Map([
    ['qemu-aarch64', { kind: 'found', sha256: 'a'.repeat(64), size: 5, checked: true }],
    ['qemu-arm', { kind: 'missing', reason: 'none' }],
    ['qemu-mips', { kind: 'unusable', reason: 'dynamic' }],
  ])
  const text = imageRecordText(digest('1'), 'amd64', known)

  it('comes back from its text', () => expect(parseImageRecord(text, digest('1'), 'amd64')).toEqual(known))

  it('counts for its own image and host alone', () => {
    expect(parseImageRecord(text, digest('2'), 'amd64').size).toBe(0)
    expect(parseImageRecord(text, digest('1'), 'arm64').size).toBe(0)
  })

  it.each(['', '{', '[]', 'null', text.replace('"format":1', '"format":2'), text.replace('"binaries"', '"x"')])(
    'that is %j holds nothing',
    (wrong) => expect(parseImageRecord(wrong, digest('1'), 'amd64').size).toBe(0),
  )

  it.each([
    ['a hash that is a path', { sha256: '../../../etc' }],
    ['a hash in capitals', { sha256: 'A'.repeat(64) }],
    ['no size', { size: undefined }],
    ['a size below zero', { size: -1 }],
    ['no word on the layer', { checked: undefined }],
    ['an unknown kind', { kind: 'x' }],
  ])('with %s does not have that executable', (_, change) => {
    const wrong = JSON.parse(text)
    Object.assign(wrong.binaries['qemu-aarch64'], change)
    expect([...parseImageRecord(JSON.stringify(wrong), digest('1'), 'amd64').keys()]).toEqual(['qemu-arm', 'qemu-mips'])
  })
})
