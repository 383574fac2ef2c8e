// Publishes a folder as a release: `node build/scripts/release/publish/publish-release.js FOLDER TAG [--title WORDS] [--notes FILE] [--latest]
// [--prerelease]`. The assets go into a draft, because a release that is immutable takes none. A call that was interrupted goes on where it ended, and
// one that has nothing left to do is green; a published release is never changed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readAssetFolder } from './asset-folder.js'
import { type AssetStep, draftSteps, type LocalAsset, releaseDifferences } from './asset-plan.js'
import { type GitHub, githubOfStep, HttpError, type NewRelease, type Release } from './github.js'
import { needed, Refusal, runStep, setOutput, warn } from './step.js'

const mostRounds = 8

/** The draft of a tag, made when there is none. A server's error leaves open whether one was made, so it is looked for again. */
async function draftFor(github: GitHub, wanted: NewRelease): Promise<Release> {
  for (let tries = 1; ; tries++) {
    const there = (await github.releases()).find(({ tag_name }) => tag_name === wanted.tag)
    if (there !== undefined) return there
    try {
      return await github.createDraft(wanted)
    } catch (error) {
      if (!(error instanceof HttpError && error.status >= 500) || tries === mostRounds) throw error
      console.log(`${error.message}; looking whether the draft was made`)
      await sleep(1000 * tries)
    }
  }
}

async function carryOut(github: GitHub, draft: Release, folder: string, step: AssetStep): Promise<void> {
  if (step.kind === 'delete') {
    console.log(`${step.asset.name}: deleted, ${step.reason}`)
    return github.deleteAsset(step.asset)
  }
  const { name } = await github.upload(draft, step.name, readFileSync(join(folder, step.name)))
  if (name !== step.name) throw new Refusal(`GitHub renamed ${step.name} to ${name}`)
  console.log(`${step.name}: uploaded`)
}

/** Makes the draft have exactly the folder's files; what the server did not take is tried again, by what it then lists. */
async function fill(github: GitHub, draft: Release, folder: string, local: readonly LocalAsset[]): Promise<void> {
  for (let round = 1; ; round++) {
    const steps = draftSteps(local, await github.assets(draft))
    if (steps.length === 0) return
    if (round > mostRounds) throw new Refusal(`the draft is still not complete after ${mostRounds} rounds`)
    const uploads = steps.filter(({ kind }) => kind === 'upload').length
    console.log(`${uploads} of ${local.length} assets to upload`)
    try {
      for (const step of steps) await carryOut(github, draft, folder, step)
    } catch (error) {
      // 404: somebody else deleted it; 422: somebody else uploaded it
      if (!(error instanceof HttpError && (error.status >= 500 || [404, 422].includes(error.status)))) throw error
      if (round === mostRounds) throw error
      console.log(`${error.message}; looking what is there`)
      await sleep(1000 * round)
    }
  }
}

await runStep(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      title: { type: 'string' },
      notes: { type: 'string' },
      latest: { type: 'boolean', default: false },
      prerelease: { type: 'boolean', default: false },
    },
  })
  const [folder = '', tag = ''] = positionals
  if (positionals.length !== 2) throw new Refusal('usage: publish-release FOLDER TAG [--title WORDS] [--notes FILE]')
  const local = readAssetFolder(folder)
  const github = githubOfStep()
  const releases = await github.releases()
  const published = releases.find(({ draft, tag_name }) => !draft && tag_name === tag)
  if (published !== undefined) {
    const differences = releaseDifferences(local, await github.assets(published))
    if (differences.length > 0)
      throw new Refusal(`${tag} is published with other assets, and stays as it is:\n${differences.join('\n')}`)
    console.log(`${tag} is published already, with exactly these assets: ${published.html_url}`)
    setOutput('address', published.html_url)
    return
  }
  // what the last hour's releases got counts for the pace
  for (const release of releases.slice(0, 10)) github.recall(await github.assets(release))
  const notes = values.notes === undefined ? '' : readFileSync(values.notes, 'utf8')
  const wanted = { tag, commit: needed('GITHUB_SHA'), title: values.title ?? tag, notes, prerelease: values.prerelease }
  const draft = await draftFor(github, wanted)
  await fill(github, draft, folder, local)
  const done = await github.updateRelease(draft, {
    draft: false,
    name: wanted.title,
    body: notes,
    prerelease: values.prerelease,
    make_latest: String(values.latest),
  })
  const differences = releaseDifferences(local, await github.assets(done))
  if (done.draft || differences.length > 0)
    throw new Refusal(`${tag} was not published as it should be: ${differences.join('; ')}`)
  if (done.immutable !== true)
    warn(`${tag} can still be changed: switch on "Enable release immutability" in the settings of the repository`)
  console.log(`published ${local.length} assets: ${done.html_url}`)
  setOutput('address', done.html_url)
})
