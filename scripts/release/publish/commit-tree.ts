// Commits a folder as a release and makes the tag: `node build/scripts/release/publish/commit-tree.js TREE.tar VERSION`. The commit's tree is the
// archive's, its first parent the checked out commit of main, its second the tip of the branch `releases`, so that the push there is a fast-forward.
// A call that finds its own tag is green.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { git, remoteRefs } from './git.js'
import { parseVersion, versionTag } from './semantic-version.js'
import { Refusal, runStep, setOutput } from './step.js'

const branch = 'refs/heads/releases'

/** Writes the files of an archive into git's objects, and gives their tree. */
function writeTree(archive: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-release-'))
  try {
    const files = join(folder, 'files')
    mkdirSync(files)
    const { status, stderr } = spawnSync('tar', ['-C', files, '-xf', resolve(archive)], { encoding: 'utf8' })
    if (status !== 0) throw new Refusal(`tar cannot unpack ${archive}: ${stderr}`)
    const index = { GIT_INDEX_FILE: join(folder, 'index') }
    // --force: what .gitignore names in the sources may belong to a release
    git([`--work-tree=${files}`, '-c', 'core.autocrlf=false', 'add', '--all', '--force', '.'], index)
    return git(['write-tree'], index)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** GITHUB_TOKEN may not push a workflow that is not on another branch in the same form, and GitHub says so only at the end. */
function refuseNewWorkflows(tree: string, parent: string): void {
  const list = (commit: string) =>
    git(['ls-tree', '-r', commit, '.github/workflows/'])
      .split('\n')
      .filter((line) => line !== '')
  const known = new Set(list(parent))
  const fresh = list(tree)
    .filter((line) => !known.has(line))
    .map((line) => line.split('\t')[1])
  if (fresh.length > 0)
    throw new Refusal(
      `a workflow's token may push only workflows that main has in the same form, not ${fresh.join(', ')}`,
    )
}

await runStep(() => {
  const [archive = '', text = ''] = process.argv.slice(2)
  const version = parseVersion(text)
  if (archive === '' || version === undefined) throw new Refusal('usage: commit-tree TREE.tar VERSION')
  const tag = `refs/tags/${versionTag(version)}`
  const head = git(['rev-parse', 'HEAD'])
  const tree = writeTree(archive)
  refuseNewWorkflows(tree, head)
  const refs = remoteRefs(tag, branch)
  const made = refs.get(tag)
  if (made !== undefined) {
    git(['fetch', '--quiet', '--no-tags', 'origin', tag])
    if (git(['rev-parse', `${made}^{tree}`]) !== tree || git(['rev-parse', `${made}^1`]) !== head)
      throw new Refusal(`the tag ${versionTag(version)} exists, and is another tree or of another commit (${made})`)
    console.log(`the tag ${versionTag(version)} is there already: ${made}`)
    return setOutput('commit', made)
  }
  const tip = refs.get(branch)
  if (tip !== undefined) git(['fetch', '--quiet', '--no-tags', 'origin', branch])
  const parents = ['-p', head, ...(tip === undefined ? [] : ['-p', tip])]
  // main's time: the same release made twice is the same commit
  const date = git(['show', '--no-patch', '--format=%cI', head])
  const words = `Release ${version.text}\n\nThe files of ${head}, and what a release has besides.`
  const commit = git(['commit-tree', tree, ...parents, '-m', words], {
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  })
  git(['push', '--quiet', '--atomic', 'origin', `${commit}:${branch}`, `${commit}:${tag}`])
  console.log(`${versionTag(version)} is ${commit}, its tree ${tree}`)
  setOutput('commit', commit)
})
