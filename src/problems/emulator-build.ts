// Reads how an emulator's file is built; see src/core/problems/emulator-build.ts for what the bytes mean.
import { readSync } from 'node:fs'
import { glibcMark, isPie, libcOf } from '../core/problems/emulator-build.js'
import type { EmulatorBuild } from '../core/problems/known-problems.js'
import { errnoName } from '../system/command.js'
import { UnfitFile, withRegularFile } from '../system/regular-file.js'

/** The style of the file at a path; both unknown if it cannot be read from here or is not an ELF file. Throws other file system errors. */
export function styleOfFile(path: string): Pick<EmulatorBuild, 'libc' | 'pie'> {
  try {
    return withRegularFile(path, { mostBytes: 2 ** 30 }, ({ descriptor }) => {
      const head = Buffer.alloc(18)
      readSync(descriptor, head, 0, head.length, 0)
      const pie = isPie(head)
      return { pie, libc: pie === null ? null : libcOf(hasMark(descriptor)) }
    })
  } catch (error) {
    const isUnread = ['ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP'].includes(errnoName(error))
    if (isUnread || error instanceof UnfitFile) return { pie: null, libc: null }
    throw error
  }
}

function hasMark(file: number): boolean {
  const chunk = Buffer.allocUnsafe(1 << 20)
  const overlap = glibcMark.length
  for (let at = 0, size = chunk.length; size === chunk.length; at += size - overlap) {
    size = readSync(file, chunk, 0, chunk.length, at)
    if (chunk.subarray(0, size).includes(glibcMark)) return true
  }
  return false
}
