import { expect, it } from 'vitest'
import { SetupError } from '../../../src/core/model/errors.js'
import { plainLinks } from '../../../src/core/model/links.js'
import { anchorOf, annotationText } from '../../../src/core/report/annotation.js'
import { errorAnnotation } from '../../../src/core/report/error-text.js'

it('an annotation says what happened, what to do, and where that is explained', () => {
  const parts = { what: 'it failed', todo: 'try again', see: anchorOf('offline', plainLinks) }
  expect(annotationText(parts)).toBe('it failed\nTo do: try again\nSee: docs/troubleshooting.md#offline')
  expect(annotationText(parts, 'line')).toBe('it failed. To do: try again. See: docs/troubleshooting.md#offline')
  expect(annotationText({ what: 'it failed', todo: 'try again' })).toBe('it failed\nTo do: try again')
})

it('an annotation of an error keeps the lines of what was tried', () => {
  const error = new SetupError('download-failed', 'no place had it', { hint: 'name a mirror', tried: ['one', 'two'] })
  expect(errorAnnotation(error, plainLinks)).toBe(
    'no place had it\n  one\n  two\nTo do: name a mirror\nSee: docs/troubleshooting.md#download-failed',
  )
})
