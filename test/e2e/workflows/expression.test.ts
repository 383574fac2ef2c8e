import { describe, expect, it } from 'vitest'
import { evaluated, filled, runs } from './expression.js'

const scope = {
  contexts: {
    needs: { missing: { result: 'success', outputs: { versions: '["11.1.3","10.0.13"]' } } },
    inputs: { version: '0.2.0' },
  },
  success: true,
}

describe('expressions', () => {
  it.each([
    ['inputs.version', '0.2.0'],
    ['inputs.other.deeper', undefined],
    ["inputs.version == '0.2.0'", true],
    ["inputs.other == ''", true],
    ["inputs.version != '[]' && needs.missing.result == 'success'", true],
    ["!cancelled() && needs.missing.result == 'failure'", false],
    ["(failure() || always()) && 'it''s'", "it's"],
    ['fromJSON(needs.missing.outputs.versions)', ['11.1.3', '10.0.13']],
    ["inputs.none || 'default'", 'default'],
  ])('%s', (text, value) => {
    expect(evaluated(text, scope)).toEqual(value)
    expect(evaluated(`\${{ ${text} }}`, scope)).toEqual(value)
  })

  it.each(['format(inputs.version)', 'inputs.version >', "'open", '(a', 'a b'])('refuses %s', (text) => {
    expect(() => evaluated(text, scope)).toThrow()
  })

  it('fills texts', () => {
    expect(filled(`v\${{ inputs.version }} of \${{inputs.none}}`, scope)).toBe('v0.2.0 of ')
  })

  it.each([
    [undefined, true, true],
    [undefined, false, false],
    ["inputs.version == '0.2.0'", false, false],
    ["always() && inputs.version == '0.2.0'", false, true],
    ['failure()', true, false],
  ])('%s runs after success=%s: %s', (condition, success, expected) => {
    expect(runs(condition, { ...scope, success })).toBe(expected)
  })
})
