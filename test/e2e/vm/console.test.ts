// What a VM says is hostile until parsed: results count only behind the mark of this run and in their form, and a lost one shows.
import { expect, test } from 'vitest'
import { toldOn } from './console.js'

const mark = '@@0123456789abcdef'
const line = (value: unknown) => `${mark} ${JSON.stringify(value)}\r\n`
const check = { kind: 'check', name: 'it runs', ok: true, seconds: 1.5, detail: 'aarch64' }
const about = line({ kind: 'about', kernel: '6.1.0', init: 'none' })
const end = (checks: number) => line({ kind: 'end', checks })

test('results stand between the words of kernel and init', () => {
  const text = `SeaBIOS\r\n${about}[    1.0] Run /init\r\n${line(check)}[    2.0] reboot\r\n${end(1)}`
  expect(toldOn(text, mark)).toEqual({
    kernel: '6.1.0',
    init: 'none',
    checks: [{ name: 'it runs', ok: true, seconds: 1.5, detail: 'aarch64' }],
    complete: true,
  })
})

test.each([
  ['nothing at all', ''],
  ['no end', about + line(check)],
  ['fewer checks than were made', line(check) + end(2)],
  ['more checks than were made', line(check) + line(check) + end(1)],
  ['an end without a check', about + end(0)],
  ['two ends', line(check) + end(1) + end(1)],
  ['a line broken by the kernel', `${line(check).slice(0, 40)}[ 3.0] oops\r\n${end(1)}`],
  ['another mark', (line(check) + end(1)).replaceAll(mark, '@@fedcba9876543210')],
  ['a check without a verdict', line({ ...check, ok: 'yes' }) + end(1)],
  ['a check without a time', line({ ...check, seconds: null }) + end(1)],
])('%s is not complete', (_, text) => {
  expect(toldOn(text, mark).complete).toBe(false)
})

test('values of other types, and bytes that a terminal would obey, come out as plain words', () => {
  const hostile = { ...check, name: ['x'], detail: `\u001b[2J\u009bred\n::error::${'x'.repeat(5000)}` }
  const { checks, kernel } = toldOn(line({ kind: 'about', kernel: {} }) + line(hostile) + line(null) + line(7), mark)
  expect(kernel).toBe('?')
  expect(checks[0]?.name).toBe('?')
  expect(checks[0]?.detail).toMatch(/^ \[2J red ::error::x+$/)
  expect(checks[0]?.detail.length).toBeLessThanOrEqual(2000)
})
