// Opens the pull request that describe-catalog prepared in FOLDER, or brings the open one up to date:
// `node build/scripts/release/publish/propose-catalog.js FOLDER`.
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { git, remoteRefs } from './git.js'
import { githubOfStep } from './github.js'
import { changedPaths } from './propose-files.js'
import { Refusal, runStep } from './step.js'

const branch = 'catalog'

await runStep(async () => {
  const folder = process.argv[2] ?? ''
  if (!existsSync(join(folder, 'title'))) throw new Refusal(`${JSON.stringify(folder)} has no proposal`)
  const title = readFileSync(join(folder, 'title'), 'utf8').trim()
  const body = readFileSync(join(folder, 'body.md'), 'utf8')
  for (const path of changedPaths) {
    rmSync(path, { recursive: true, force: true })
    cpSync(join(folder, 'files', path), path, { recursive: true })
  }
  git(['add', '--all', '--force', '--', ...changedPaths])
  git(['commit', '--quiet', '--no-verify', '-m', title])
  const before = remoteRefs(`refs/heads/${branch}`).get(`refs/heads/${branch}`) ?? ''
  // the branch is this workflow's own; what was on it is in the pull request's history, but for what comes meanwhile, which a + would replace, too
  git(['push', '--quiet', `--force-with-lease=refs/heads/${branch}:${before}`, 'origin', `HEAD:refs/heads/${branch}`])
  console.log(await githubOfStep().proposePullRequest({ head: branch, base: 'main', title, body }))
})
