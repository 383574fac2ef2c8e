// Makes a release of a folder's files. The assets go into a draft, because a release that is immutable takes none. What was interrupted goes on where it
// ended, and a published release is never changed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readAssetFolder } from './asset-folder.js'
import { type AssetStep, draftSteps, type LocalAsset, releaseDifferences } from './asset-plan.js'
import { type GitHub, HttpError, type NewRelease, type Release } from './github.js'
import { Refusal, warn } from './step.js'

/** How often what a server did not take is tried again. */
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
      console.log(`${error.message}; checking whether the draft was made`)
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

/** 5xx: GitHub failed; 404: somebody else deleted it; 422: somebody else uploaded it, or an upload left it unfinished. */
function isPassing(error: unknown): error is HttpError {
  return error instanceof HttpError && (error.status >= 500 || error.status === 404 || error.status === 422)
}

/** Makes the draft have exactly the folder's files; what the server did not take is tried again, by what it then lists. */
async function fill(github: GitHub, draft: Release, folder: string, local: readonly LocalAsset[]): Promise<void> {
  for (let round = 1; ; round++) {
    const steps = draftSteps(local, await github.assets(draft))
    if (steps.length === 0) return
    const uploads = steps.filter(({ kind }) => kind === 'upload').length
    if (round > mostRounds)
      throw new Refusal(
        `after ${mostRounds} rounds ${uploads} of ${local.length} assets are still not as they should be`,
      )
    console.log(`${uploads} of ${local.length} assets to upload`)
    try {
      for (const step of steps) await carryOut(github, draft, folder, step)
    } catch (error) {
      if (!isPassing(error) || round === mostRounds) throw error
      console.log(`${error.message}; checking what is there`)
      await sleep(1000 * round)
    }
  }
}

/** What a release is to be, beside its files. */
export interface Publication extends NewRelease {
  /** Whether it becomes the one that GitHub shows as the latest. */
  readonly latest: boolean
}

/**
 * Publishes the files of a folder, and gives the release's address. Where it is published already, with exactly these files, nothing is done. Throws Refusal
 * when it is published with others, and when the folder cannot be published.
 */
export async function publishFolder(github: GitHub, folder: string, wanted: Publication): Promise<string> {
  const { tag, title, notes, prerelease, latest } = wanted
  const local = readAssetFolder(folder)
  const releases = await github.releases()
  const published = releases.find(({ draft, tag_name }) => !draft && tag_name === tag)
  if (published !== undefined) {
    const differences = releaseDifferences(local, await github.assets(published))
    if (differences.length > 0)
      throw new Refusal(`${tag} is published with other assets, and stays as it is:\n${differences.join('\n')}`)
    console.log(`${tag} is published already, with exactly these assets: ${published.html_url}`)
    return published.html_url
  }
  // what the last hour's releases got counts for the pace
  for (const release of releases.slice(0, 10)) github.recall(await github.assets(release))
  const draft = await draftFor(github, wanted)
  await fill(github, draft, folder, local)
  const fields = { draft: false, name: title, body: notes, prerelease, make_latest: String(latest) }
  const done = await github.updateRelease(draft, fields)
  const differences = releaseDifferences(local, await github.assets(done))
  if (done.draft || differences.length > 0)
    throw new Refusal(`${tag} was not published as it should be: ${differences.join('; ')}`)
  if (done.immutable !== true)
    warn(`${tag} can still be changed: switch on "Enable release immutability" in the settings of the repository`)
  console.log(`published ${local.length} assets: ${done.html_url}`)
  return done.html_url
}
