// Tells which QEMU versions of the catalog have no release of their emulators yet: the output `versions`, a JSON list. VERSION
// limits it to one.

import type { Catalog } from '../../../src/core/model/catalog.js'
import catalogData from '../../../src/data/emulators.json' with { type: 'json' }
import { missingVersions, wantedReleases } from './catalog-releases.js'
import { githubOfStep } from './github.js'
import { Refusal, runStep, setOutput } from './step.js'

await runStep(async () => {
  const catalog = catalogData as unknown as Catalog
  const named = process.env.VERSION ?? ''
  const known = wantedReleases(catalog).map(({ version }) => version)
  if (named !== '' && !known.includes(named))
    throw new Refusal(`the catalog has no QEMU ${JSON.stringify(named)}; it has ${known.join(', ')}`)
  const releases = await githubOfStep().releases()
  const published = new Set(releases.filter(({ draft }) => !draft).map(({ tag_name }) => tag_name))
  const versions = missingVersions(catalog, published)
  setOutput('versions', JSON.stringify(named === '' ? versions : versions.filter((version) => version === named)))
})
