// `npm run release-tree -- FOLDER [--repository owner/name] [--mirror ADDRESS]`: lays out what a release consists of, which release.yml commits and the npm
// package is packed from. It takes the work tree as it is, and says where that differs from its commit.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { placeholderOwner } from '../src/core/sources/release.js'
import { copiedPaths, refuseTaken, releaseFiles, writeFiles } from './release/tree.js'
import { pageOf, treeRepository } from './release/tree-repository.js'
import { bringTools } from './tools.js'

const checkout = join(import.meta.dirname, '../..')

/** What in the work tree differs from its commit, of all that a release is made from; undefined where that is no work tree of git's. */
function changedPaths(): string[] | undefined {
  const paths = [...copiedPaths, 'package.json', 'scripts/release/licenses']
  const { status, stdout } = spawnSync('git', ['status', '--porcelain', '--', ...paths], {
    cwd: checkout,
    encoding: 'utf8',
  })
  if (status !== 0) return undefined
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.slice(3)]))
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { repository: { type: 'string' }, mirror: { type: 'string', multiple: true } },
    allowPositionals: true,
  })
  const [folder, ...more] = positionals
  if (folder === undefined || more.length > 0)
    throw new Error('usage: npm run release-tree -- FOLDER [--repository owner/name] [--mirror ADDRESS]')
  const own = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { repository: unknown }
  const repository = treeRepository(own.repository, values.repository, process.env)
  // before the minute that it takes
  refuseTaken(folder)
  bringTools([['xz', 'xz-utils']])
  const files = await releaseFiles({ checkout, repository, packages: { mirrors: values.mirror ?? [] } })
  writeFiles(folder, files)
  const bytes = [...files.values()].reduce((sum, file) => sum + file.bytes.length, 0)
  console.log(`${folder}: ${files.size} files, ${(bytes / 1e6).toFixed(1)} MB`)
  if (repository === undefined)
    console.log(
      `no repository is known, so ${placeholderOwner} stays in the documents: name it with --repository owner/name`,
    )
  else console.log(`the repository is ${pageOf(repository)}`)
  const changed = changedPaths()
  if (changed === undefined) console.log('note: this is no work tree of git, so nothing says which commit it is')
  else if (changed.length > 0) console.log(`note: the work tree differs from its commit: ${changed.join(', ')}`)
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
