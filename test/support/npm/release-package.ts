// A release tree of this checkout, the npm package that is packed from it, and npm without a network.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { PackOptions } from '../../../scripts/release/packed.js'
import { releaseFiles, type TreeFile } from '../../../scripts/release/tree.js'
import { warmCache } from '../programs/emulators.js'

/** The repository that trees of the tests belong to. */
export const treeRepository = { server: 'https://github.com', name: 'acme/setup-qemu' } as const

/** The files of a release; by default its emulators are packed quickly, and are larger for it. */
export function treeFiles(packing: PackOptions = { quality: 1 }): Promise<ReadonlyMap<string, TreeFile>> {
  return releaseFiles({
    checkout: resolve('.'),
    repository: treeRepository,
    packages: { cache: join(warmCache, 'packages') },
    packing: { cache: join(warmCache, 'packed'), ...packing },
  })
}

/** npm in a folder, with a cache of its own and no network; gives what it printed. */
function npm(folder: string, ...args: readonly string[]): string {
  const own = mkdtempSync(join(dirname(folder), 'npm-'))
  return execFileSync('npm', [...args, '--offline', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: own, npm_config_update_notifier: 'false' },
  })
}

/** Packs a tree into a folder; the tarball's path. */
export function npmPacked(tree: string, folder: string): string {
  mkdirSync(folder, { recursive: true })
  return join(folder, npm(tree, 'pack', '--silent', '--pack-destination', folder).trim())
}

/** Installs a tarball into an empty folder; the folder of the package. */
export function npmInstalled(tarball: string, folder: string): string {
  mkdirSync(folder, { recursive: true })
  npm(folder, 'install', tarball)
  return join(folder, 'node_modules/setup-qemu')
}
