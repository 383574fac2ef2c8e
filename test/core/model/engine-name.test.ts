import { expect, it } from 'vitest'
import { engineNames } from '../../../src/core/model/engine-name.js'
import { choicesOf } from '../../../src/core/request/inputs.js'

it('the engines are those that can be chosen, the likeliest first', () => {
  expect(engineNames).toEqual(['docker', 'podman', 'nerdctl'])
  expect(choicesOf('container-engine')).toEqual(engineNames)
})
