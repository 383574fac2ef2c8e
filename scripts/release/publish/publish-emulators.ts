// Publishes releases of emulators: `node build/scripts/release/publish/publish-emulators.js FOLDER`, FOLDER as `npm run release-assets` writes it, with a
// folder for each release, named by its tag. None becomes the latest release: that is the newest version of the action.
// SETUP_QEMU_WITHOUT_SOURCE=true is for a server that nobody else reaches: without the source QEMU's licence lets nobody pass the files on.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalog } from '../../../src/core/model/catalog.js'
import catalogData from '../../../src/data/emulators.json' with { type: 'json' }
import type { ReleaseManifest } from '../manifest.js'
import { expectedAssets } from './expected-assets.js'
import { githubOfStep } from './github.js'
import { publishFolder } from './release-publication.js'
import { needed, Refusal, runStep } from './step.js'

/** The manifest of a release that may be published: with all emulators, and, as their licence demands, with the source. */
function completeManifest(folder: string, tag: string): ReleaseManifest {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as ReleaseManifest
  if (manifest.tag !== tag) throw new Refusal(`${folder} has the manifest of ${manifest.tag}`)
  const mayLackSource = process.env.SETUP_QEMU_WITHOUT_SOURCE === 'true'
  if (manifest.sources.length === 0 && !mayLackSource)
    throw new Refusal(`${folder} has no source, without which it may not be passed on`)
  const names = new Set(manifest.assets.map(({ file }) => file))
  const missing = expectedAssets(catalogData as unknown as Catalog, tag).filter((name) => !names.has(name))
  if (missing.length > 0) throw new Refusal(`${folder} lacks ${missing.join(', ')}`)
  return manifest
}

await runStep(async () => {
  const parent = process.argv[2] ?? ''
  if (parent === '') throw new Refusal('usage: publish-emulators FOLDER')
  const tags = readdirSync(parent).sort()
  if (tags.length === 0) throw new Refusal(`${parent} is empty`)
  const github = githubOfStep()
  for (const tag of tags) {
    const folder = join(parent, tag)
    const { qemuVersion, build } = completeManifest(folder, tag)
    await publishFolder(github, folder, {
      tag,
      commit: needed('GITHUB_SHA'),
      title: `QEMU ${qemuVersion}: ${build}`,
      notes: readFileSync(join(folder, 'README.md'), 'utf8'),
      prerelease: false,
      latest: false,
    })
  }
})
