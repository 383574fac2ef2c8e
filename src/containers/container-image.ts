// Finds out which emulators an image contains. The engine copies them out; nothing of the image runs.

import { lstatSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type EngineImage, endingOf, lastLines, saysNoFile } from '../core/containers/engine-answer.js'
import type { ImageEmulator } from '../core/model/emulator.js'
import { asSetupError } from '../core/model/errors.js'
import { printable } from '../core/model/targets.js'
import { type CommandResult, errnoName } from '../system/command.js'
import { temporaryParents } from '../system/folder.js'
import { sha256OfFile } from '../system/regular-file.js'
import { goingFolder, makeTemporary, removeOwnFolder } from '../system/temporary-folder.js'
import type { Engine } from './engine.js'

/** Copies one file of the image to a path on this machine. */
type Copy = (path: string, to: string) => Promise<CommandResult>

/**
 * The emulators in an image that the engine has. `paths`: by target, where its emulator may be, the likeliest path first. Never throws: an emulator
 * that could not be read is `unread`.
 */
export async function emulatorsIn(
  engine: Engine,
  reference: string,
  image: EngineImage,
  paths: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, ImageEmulator>> {
  if (paths.size === 0) return new Map()
  const found = new Map<string, ImageEmulator>()
  let made: ReturnType<typeof goingFolder> | undefined
  try {
    made = goingFolder(() => makeTemporary(temporaryParents()[0] ?? '/tmp', 'image'))
    const { folder } = made
    await engine.copying(reference, image, async (copy) => {
      for (const [target, places] of paths) found.set(target, await firstOf(places, join(folder, target), copy))
    })
  } catch (thrown) {
    const reason = asSetupError(thrown).message
    for (const target of paths.keys()) if (!found.has(target)) found.set(target, { kind: 'unread', reason })
  } finally {
    made?.forget()
    if (made !== undefined) removeOwnFolder(made.folder)
  }
  return found
}

async function firstOf(places: readonly string[], to: string, copy: Copy): Promise<ImageEmulator> {
  for (const path of places) {
    const answer = await copy(path, to)
    if (answer.status === 0) return hashed(path, to)
    if (!saysNoFile(answer, path))
      return { kind: 'unread', reason: `copying ${path} out of it: ${endingOf(answer)}; ${lastLines(answer)}` }
  }
  return { kind: 'lacks', reason: `it has neither ${places.map((path) => printable(path, 200)).join(' nor ')}` }
}

function hashed(path: string, file: string): ImageEmulator {
  try {
    if (!lstatSync(file).isFile()) return { kind: 'unread', reason: `${printable(path, 200)} in it is no regular file` }
    return { kind: 'has', path, sha256: sha256OfFile(file) }
  } catch (error) {
    return { kind: 'unread', reason: `the copy of ${printable(path, 200)} could not be read: ${errnoName(error)}` }
  } finally {
    rmSync(file, { recursive: true, force: true })
  }
}
