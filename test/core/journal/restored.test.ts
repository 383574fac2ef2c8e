import { expect, it } from 'vitest'
import { mergedRestored, nothingRestored, settled } from '../../../src/core/journal/restored.js'

it('what was restored does not leave behind what a later journal removes', () => {
  const left = ['a', 'b'].map((name) => ({ name, why: 'changed' as const }))
  const restored = { ...nothingRestored, left }
  expect(settled({ ...restored, removed: ['a'] })).toEqual({ ...restored, removed: ['a'], left: [left[1]] })
})

it('what came of two journals is told together, the first one first', () => {
  const one = { ...nothingRestored, removed: ['a'], putBack: ['p'], unmounted: true, warnings: ['w'] }
  const other = { ...nothingRestored, removed: ['b'], closed: ['/scope'], warnings: ['v'] }
  expect(mergedRestored(one, other)).toEqual({
    ...nothingRestored,
    ...{ removed: ['a', 'b'], putBack: ['p'], closed: ['/scope'], unmounted: true, warnings: ['w', 'v'] },
  })
  expect(mergedRestored(nothingRestored, one)).toEqual(one)
})
