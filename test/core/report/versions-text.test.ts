import { expect, it } from 'vitest'
import type { Catalog } from '../../../src/core/model/catalog.js'
import { versionsJson, versionsText } from '../../../src/core/report/versions-text.js'
import data from '../../../src/data/emulators.json' with { type: 'json' }

const catalog = data as unknown as Catalog

it('the versions name each build and the default', () => {
  const counts = new Map(catalog.packages.map(({ build }, at) => [build, 700 + at]))
  const text = versionsText(catalog, counts)
  for (const from of catalog.packages) expect(text).toContain(from.build)
  expect(text).toContain(`${catalog.default} (default)`)
  for (const count of new Map(counts).values()) expect(text).toMatch(new RegExp(` ${count}$`, 'm'))
  expect(versionsJson(catalog, counts)).toMatchObject({
    default: catalog.default,
    builds: [...counts].map(([build, knownProblems]) => ({ build, knownProblems })),
  })
})
