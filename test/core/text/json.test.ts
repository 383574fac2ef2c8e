import { describe, expect, it } from 'vitest'
import { isRecord, json, jsonValue, record } from '../../../src/core/text/json.js'

describe('JSON of strangers', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    [' {} \n', {}],
    ['{"__proto__":{"b":2}}', JSON.parse('{"__proto__":{"b":2}}')],
    ['[]', undefined],
    ['null', undefined],
    ['"{}"', undefined],
    ['1', undefined],
    ['', undefined],
    ['{', undefined],
    ['{} {}', undefined],
    ['\ufeff{}', undefined],
    ['<html>', undefined],
  ])('%j is %j', (text, value) => {
    expect(json(text)).toEqual(value)
  })

  it('never sets a prototype', () => {
    expect(Object.getPrototypeOf(json('{"__proto__":{"admin":true}}'))).toBe(Object.prototype)
  })

  it.each([[null], [undefined], [[]], ['a'], [1], [true]])('%j is no object', (value) => {
    expect([record(value), isRecord(value)]).toEqual([undefined, false])
  })

  it('an object is the same object', () => {
    const value = { a: [] }
    expect([record(value), isRecord(value)]).toEqual([value, true])
  })

  it.each([
    ['[1]', [1]],
    ['null', null],
    ['"a"', 'a'],
    ['', undefined],
    ['undefined', undefined],
    ["{'a':1}", undefined],
  ])('of any kind: %j is %j', (text, value) => {
    expect(jsonValue(text)).toEqual(value)
  })
})
