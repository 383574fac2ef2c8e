// Refuses a version that cannot be released from this checkout: `VERSION=0.2.0 node build/scripts/release/publish/check-version.js`.
import { readFileSync } from 'node:fs'
import { notesOf } from './changelog.js'
import { remoteRefs } from './git.js'
import { githubOfStep } from './github.js'
import { parseVersion, versionTag } from './semantic-version.js'
import { needed, Refusal, runStep, setOutput } from './step.js'

await runStep(async () => {
  const text = needed('VERSION')
  const version = parseVersion(text)
  if (version === undefined)
    throw new Refusal(
      `the version must be three numbers as in 0.2.0 or 1.0.0-rc.1, without v; got ${JSON.stringify(text)}`,
    )
  const ref = needed('GITHUB_REF')
  if (ref !== 'refs/heads/main') throw new Refusal(`a release is made from the branch main, got ${ref}`)
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  if (manifest.version !== text)
    throw new Refusal(
      `package.json has version ${manifest.version}, expected ${text}: set it there, commit, and start again`,
    )
  const notes = notesOf(readFileSync('CHANGELOG.md', 'utf8'), text) ?? ''
  if (notes === '')
    throw new Refusal(`CHANGELOG.md says nothing under "## ${text}": move the lines there from "Unreleased"`)
  const tag = versionTag(version)
  const releases = (await githubOfStep().releases()).filter(({ tag_name }) => tag_name === tag)
  if (releases.some(({ draft }) => !draft)) throw new Refusal(`${text} is released already: ${releases[0]?.html_url}`)
  if (remoteRefs(`refs/tags/${tag}`).size > 0)
    throw new Refusal(
      `the tag ${tag} exists, though there is no release of it: re-run the failed jobs of the run that made it, or delete the tag`,
    )
  setOutput('tag', tag)
})
