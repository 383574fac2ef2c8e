// Publishes the release of a version: `node build/scripts/release/publish/publish-release.js FOLDER VERSION NOTES.md`, FOLDER with the assets and their
// SHA256SUMS. A version that is final becomes the latest release.
import { readFileSync } from 'node:fs'
import { githubOfStep } from './github.js'
import { publishFolder } from './release-publication.js'
import { parseVersion, versionTag } from './semantic-version.js'
import { needed, Refusal, runStep, setOutput } from './step.js'

await runStep(async () => {
  const [folder = '', text = '', notes = ''] = process.argv.slice(2)
  const version = parseVersion(text)
  if (version === undefined || notes === '') throw new Refusal('usage: publish-release FOLDER VERSION NOTES.md')
  const prerelease = version.prerelease.length > 0
  const wanted = {
    tag: versionTag(version),
    commit: needed('GITHUB_SHA'),
    title: version.text,
    notes: readFileSync(notes, 'utf8'),
    prerelease,
    latest: !prerelease,
  }
  setOutput('address', await publishFolder(githubOfStep(), folder, wanted))
})
