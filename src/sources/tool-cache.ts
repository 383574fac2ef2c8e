// The runner's tool cache, filled by the runner's own library, @actions/tool-cache: by the action alone, as the library writes debug commands to
// standard output, where the command line has its results. The library deletes what is at its destination before it copies, under the feet of other
// jobs; so it fills a private folder of the same file system, and the caller renames what is complete into its place.
import { basename, dirname, join, resolve } from 'node:path'

let isAsked = false

/** From now on emulators are kept by the library, where their folder is the runner's tool cache. */
export function keepByLibrary(): void {
  isAsked = true
}

/** The runner's tool cache, when an executable with this place (`ROOT/setup-qemu/VERSION/ARCH/BINARY`) lies in it and is to be kept by the library. */
export function libraryRoot(path: string): string | undefined {
  const root = process.env.RUNNER_TOOL_CACHE || undefined
  if (!isAsked || root === undefined) return undefined
  return resolve(root) === resolve(dirname(path), '../../..') ? resolve(root) : undefined
}

/** Copies a file as the tool's VERSION, ARCH and BINARY of `path`, under the name `tool`; gives the copy's path. Throws node's file system errors. */
export async function copyByLibrary(file: string, path: string, tool: string): Promise<string> {
  const { cacheFile } = await import('@actions/tool-cache')
  const folder = dirname(path)
  const copied = await cacheFile(file, basename(path), tool, basename(dirname(folder)), basename(folder))
  return join(copied, basename(path))
}
