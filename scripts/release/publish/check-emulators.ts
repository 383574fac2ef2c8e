// Refuses to go on while the releases that have the default version's emulators are not published, or not complete: the action of this commit would
// look for them there.
import { createHash } from 'node:crypto'
import type { Catalog } from '../../../src/core/model/catalog.js'
import catalogData from '../../../src/data/emulators.json' with { type: 'json' }
import { parseChecksums } from '../checksums.js'
import { releaseDifferences } from './asset-plan.js'
import { wantedReleases } from './catalog-releases.js'
import { expectedAssets } from './expected-assets.js'
import { type GitHub, githubOfStep, type Release } from './github.js'
import { Refusal, runStep } from './step.js'

/** What is wrong with a release of emulators, by its own SHA256SUMS and by the names that the catalog's emulators have; empty when nothing is. */
async function faultsOf(github: GitHub, release: Release, names: readonly string[]): Promise<string[]> {
  const assets = await github.assets(release)
  const sums = assets.find(({ name }) => name === 'SHA256SUMS')
  if (sums === undefined) return ['SHA256SUMS: it is missing']
  const text = await github.download(sums)
  const listed = parseChecksums(text)
  listed.set('SHA256SUMS', createHash('sha256').update(text).digest('hex'))
  const local = [...listed].map(([name, sha256]) => ({ name, sha256, size: 0 }))
  const unlisted = names.filter((name) => !listed.has(name)).map((name) => `${name}: SHA256SUMS does not list it`)
  return [...unlisted, ...releaseDifferences(local, assets)]
}

await runStep(async () => {
  const catalog = catalogData as unknown as Catalog
  const github = githubOfStep()
  const published = (await github.releases()).filter(({ draft }) => !draft)
  const wanted = wantedReleases(catalog).find(({ version }) => version === catalog.default)
  for (const tag of wanted?.tags ?? []) {
    const release = published.find(({ tag_name }) => tag_name === tag)
    const remedy = 'run the workflow Emulators first'
    if (release === undefined)
      throw new Refusal(`there is no release ${tag} with the emulators of QEMU ${catalog.default}: ${remedy}`)
    const faults = await faultsOf(github, release, expectedAssets(catalog, tag))
    if (faults.length > 0)
      throw new Refusal(`the release ${tag} is not complete:\n${faults.join('\n')}\ndelete it, and ${remedy}`)
    console.log(`${tag}: published, and its assets are what its SHA256SUMS says`)
  }
})
