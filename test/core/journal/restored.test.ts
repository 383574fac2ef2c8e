import { expect, it } from 'vitest'
import { settled } from '../../../src/core/journal/restored.js'

it('what was restored does not leave behind what a later journal removes', () => {
  const left = ['a', 'b'].map((name) => ({ name, why: 'changed' as const }))
  const rest = {
    putBack: [],
    overtaken: [],
    unmounted: false,
    closed: [],
    spared: [],
    forgotten: [],
    elsewhere: [],
    warnings: [],
  }
  expect(settled({ removed: ['a'], left, ...rest })).toEqual({ removed: ['a'], left: [left[1]], ...rest })
})
