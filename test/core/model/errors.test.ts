import { describe, expect, it } from 'vitest'
import { asSetupError, errorAgain, SetupError } from '../../../src/core/model/errors.js'

const hostile = 'a\u001b[31m\nb\u009b'

describe('an error', () => {
  it('is one line, whatever was woven into it; what was tried stands in lines below', () => {
    const error = new SetupError('internal', `reading ${hostile}`, {
      hint: `look at ${hostile}`,
      tried: [hostile, 'x'],
    })
    const shown = 'a\\u001b[31m\\nb\\u009b'
    expect([error.message, error.hint]).toEqual([`reading ${shown}\n  ${shown}\n  x`, `look at ${shown}`])
  })

  it('is the same once more from its parts', () => {
    const { code, message, hint } = new SetupError('internal', 'tried', { hint: 'h', tried: ['one', hostile] })
    expect(errorAgain(code, message, hint)).toEqual(
      new SetupError('internal', 'tried', { hint: 'h', tried: ['one', hostile] }),
    )
  })

  it('that was not foreseen keeps its lines', () => {
    expect(asSetupError(new Error('first\nsecond')).message).toBe('unexpected failure: first\n  second')
  })
})
