import { describe, expect, it } from 'vitest'
import { asSetupError, isUsageError, SetupError, setupErrorCodes } from '../../../src/core/model/errors.js'
import { plainLinks } from '../../../src/core/model/links.js'
import { errorJson, errorText } from '../../../src/core/report/error-text.js'

describe('errors', () => {
  it('are told in three lines', () => {
    const error = new SetupError('no-root', 'no rights', { hint: 'be root' })
    expect(errorText(error, plainLinks)).toBe(
      'error: no rights\nto do: be root\nsee:   docs/troubleshooting.md#no-root',
    )
    expect(errorJson(error, plainLinks)).toEqual({
      ok: false,
      error: { code: 'no-root', message: 'no rights', hint: 'be root' },
    })
  })

  it('of usage are told apart', () => {
    const codes = setupErrorCodes.filter((code) => isUsageError(new SetupError(code, '', { hint: '' })))
    expect(codes).toEqual([
      'usage',
      'unknown-platform',
      'unknown-version',
      'invalid-input',
      'unknown-cpu',
      'invalid-image',
    ])
  })

  it('that nobody foresaw keep their message', () => {
    expect(asSetupError(new TypeError('x is not a function'))).toMatchObject({
      code: 'internal',
      message: 'unexpected failure: x is not a function',
    })
    expect(asSetupError('text')).toMatchObject({ code: 'internal' })
  })
})
