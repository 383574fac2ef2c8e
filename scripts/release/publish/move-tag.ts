// Moves the tag of the major version (`v0`) to a release: `node build/scripts/release/publish/move-tag.js VERSION`. Not to a prerelease, and not back.
import { git, remoteRefs } from './git.js'
import { majorTag, movesMajorTag, parseVersion, versionTag } from './semantic-version.js'
import { Refusal, runStep } from './step.js'

await runStep(() => {
  const text = process.argv[2] ?? ''
  const version = parseVersion(text)
  if (version === undefined) throw new Refusal(`usage: move-tag VERSION, got ${JSON.stringify(text)}`)
  const refs = remoteRefs('refs/tags/v*')
  const commit = refs.get(`refs/tags/${versionTag(version)}`)
  if (commit === undefined) throw new Refusal(`there is no tag ${versionTag(version)}`)
  const major = majorTag(version)
  const tags = [...refs.keys()].map((name) => name.slice('refs/tags/'.length))
  if (!movesMajorTag(version, tags)) return console.log(`${major} stays: ${text} is not the newest release of it`)
  const before = refs.get(`refs/tags/${major}`) ?? ''
  if (before === commit) return console.log(`${major} is at ${text} already`)
  git(['fetch', '--quiet', '--no-tags', 'origin', `refs/tags/${versionTag(version)}`])
  // a tag that somebody else moved meanwhile stays; a + before the commit would move it all the same
  const lease = `--force-with-lease=refs/tags/${major}:${before}`
  git(['push', '--quiet', lease, 'origin', `${commit}:refs/tags/${major}`])
  console.log(`${major} moved from ${before === '' ? 'nothing' : before} to ${commit}`)
})
