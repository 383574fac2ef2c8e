import { constants } from 'node:os'
import { expect, it } from 'vitest'
import { errnoWords } from '../../../src/core/text/errno-text.js'

// of ELIBBAD and EDQUOT Node knows the latter alone
const known = [...Object.keys(constants.errno), 'ELIBBAD'].filter((errno) => errnoWords(errno) !== errno)

it.each([
  ['ENOENT', 'No such file or directory'],
  ['EACCES', 'Permission denied'],
  ['EPERM', 'Operation not permitted'],
  ['ENOEXEC', 'Exec format error'],
  ['ELIBBAD', 'Accessing a corrupted shared library'],
  ['ELOOP', 'Too many levels of symbolic links'],
  ['ENOSPC', 'No space left on device'],
])('%s is "%s"', (errno, words) => {
  expect(errnoWords(errno)).toBe(words)
})

it('all are errnos of the kernel, each with words of its own', () => {
  expect(known.length).toBe(22)
  expect(new Set(known.map(errnoWords)).size).toBe(known.length)
})

it.each(['EWHATEVER', '', 'enoent'])('%j has no words and stays as it is', (errno) => {
  expect(errnoWords(errno)).toBe(errno)
})
