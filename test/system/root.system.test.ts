// What removing a file answers, under the Node of this machine and that of the action.
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'
import { node24 } from '../support/runner/node24.js'

cleanAfterEach()

const module = pathToFileURL(resolve('build/src/system/root.js')).href

/** The errno, as the last line of a process; `none` when the file is gone. */
function removed(node: string, path: string): string {
  const script = `const { acquireRoot } = await import(${JSON.stringify(module)})
    console.log((await (await acquireRoot()).removeFile(${JSON.stringify(path)})) ?? 'none')`
  return execFileSync(node, ['--input-type=module', '-e', script], { encoding: 'utf8' }).trim()
}

it.each([
  ['of this machine', process.execPath],
  ['of the action', node24],
])(
  'a file is removed, one that is gone is no error, and a refusal is told by its errno, under the node %s',
  (_, node) => {
    const folder = temporaryFolder()
    const path = join(folder, 'a')
    writeFileSync(path, '')
    expect([removed(node, path), existsSync(path), removed(node, path)]).toEqual(['none', false, 'none'])
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder])
    try {
      writeFileSync(path, '')
      execFileSync('mount', ['-o', 'remount,ro', folder])
      expect([removed(node, path), existsSync(path)]).toEqual(['EROFS', true])
    } finally {
      execFileSync('umount', [folder])
    }
  },
)
