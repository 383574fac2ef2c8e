import { expect, it } from 'vitest'
import { absoluteFolders, searchFolders } from '../../../src/core/machine/search-path.js'

it('an empty folder of PATH is the current one, which is none for our own use', () => {
  expect(searchFolders('/a::b:')).toEqual(['/a', '.', 'b', '.'])
  expect(absoluteFolders('/a::b:./c:/d')).toEqual(['/a', '/d'])
  expect(absoluteFolders('')).toEqual([])
})
