import { describe, expect, it } from 'vitest'
import { childEnvironment, isOfAction } from '../../../src/core/machine/step-environment.js'

describe('a variable of the action alone', () => {
  it.each([
    'INPUT_PLATFORMS',
    'INPUT_REGISTRY-PASSWORD',
    'STATE_journal',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_CACHE_URL',
    'ACTIONS_RESULTS_URL',
  ])('%s', (name) => expect(isOfAction(name)).toBe(true))

  it.each(['PATH', 'INPUT', 'MY_INPUT_X', 'input_x', 'ACTIONS_ID_TOKEN_REQUEST_URL', 'GITHUB_STATE', 'QEMU_CPU', ''])(
    'not %j',
    (name) => expect(isOfAction(name)).toBe(false),
  )
})

it('other programs get an environment without those and without the login for a registry', () => {
  const kept = { PATH: '/bin', GITHUB_STATE: '/s', SETUP_QEMU_CACHE: '/c', EMPTY: '', ABSENT: undefined }
  const environment = {
    ...kept,
    INPUT_IMAGE: 'a',
    STATE_x: 'b',
    ACTIONS_RUNTIME_TOKEN: 'c',
    SETUP_QEMU_REGISTRY_USERNAME: 'd',
    SETUP_QEMU_REGISTRY_PASSWORD: 'e',
  }
  expect(childEnvironment(environment)).toEqual(kept)
  expect(environment).toHaveProperty('SETUP_QEMU_REGISTRY_PASSWORD', 'e')
})
