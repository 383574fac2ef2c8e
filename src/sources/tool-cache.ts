// Fills the runner's tool cache by @actions/tool-cache. Only the action does, because the library writes debug commands to standard output, where the
// command line prints its results. The library deletes its destination before it copies, while other jobs may be using it; so it copies to a private
// folder on the same file system, and the caller renames the complete file into place.
import { basename, dirname, join, resolve } from 'node:path'

let isAsked = false

/** Makes the library keep all later emulators whose place is in the runner's tool cache. */
export function keepByLibrary(): void {
  isAsked = true
}

/** The runner's tool cache, if `path` (`ROOT/setup-qemu/VERSION/ARCH/BINARY`) is in it and the library was asked for; else undefined. */
export function libraryRoot(path: string): string | undefined {
  const root = process.env.RUNNER_TOOL_CACHE || undefined
  if (!isAsked || root === undefined) return undefined
  return resolve(root) === resolve(dirname(path), '../../..') ? resolve(root) : undefined
}

/** Copies a file to VERSION, ARCH and BINARY of `path`, but of the tool named `tool`; returns the path of the copy. Throws file system errors. */
export async function copyByLibrary(file: string, path: string, tool: string): Promise<string> {
  const { cacheFile } = await import('@actions/tool-cache')
  const folder = dirname(path)
  const copied = await cacheFile(file, basename(path), tool, basename(dirname(folder)), basename(folder))
  return join(copied, basename(path))
}
