// Which files are read again to be hashed, as the position of their descriptor tells.
import { createHash } from 'node:crypto'
import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sha256OnceOfDescriptor, withRegularFile } from '../../src/system/regular-file.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'

cleanAfterEach()

function hashed(path: string): { sha256: string; bytesRead: number } {
  return withRegularFile(path, { mostBytes: 100 }, ({ descriptor }) => {
    const sha256 = sha256OnceOfDescriptor(descriptor)
    const bytesRead = Number(/^pos:\s+(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1])
    return { sha256, bytesRead }
  })
}

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex')

test('a file is read once, and again when it was written to, whatever time it says that was', async () => {
  const path = join(temporaryFolder(), 'emulator')
  writeFileSync(path, 'one')
  const { atime, mtime } = statSync(path)
  await sleep(2100)
  expect(hashed(path)).toEqual({ sha256: sha256Of('one'), bytesRead: 3 })
  expect(hashed(path)).toEqual({ sha256: sha256Of('one'), bytesRead: 0 })
  writeFileSync(path, 'two')
  utimesSync(path, atime, mtime)
  expect(hashed(path)).toEqual({ sha256: sha256Of('two'), bytesRead: 3 })
})

test('a file that has only just been written is read each time', () => {
  const path = join(temporaryFolder(), 'emulator')
  writeFileSync(path, 'one')
  expect(hashed(path)).toEqual({ sha256: sha256Of('one'), bytesRead: 3 })
  expect(hashed(path)).toEqual({ sha256: sha256Of('one'), bytesRead: 3 })
})
