import { expect, it } from 'vitest'
import { optionRow } from '../../../src/core/cli/option-table.js'
import { engineNames } from '../../../src/core/model/engine-name.js'

it('the engines are those that can be chosen, the likeliest first', () => {
  expect(engineNames).toEqual(['docker', 'podman', 'nerdctl'])
  expect(optionRow('container-engine').choices).toEqual(engineNames)
})
