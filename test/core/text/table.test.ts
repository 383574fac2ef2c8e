import { expect, it } from 'vitest'
import { tableText } from '../../../src/core/text/table.js'

it('a table has aligned columns and no blanks at the end of a line', () => {
  const rows = [
    ['QEMU', 'build', ''],
    ['11.1.3', '', 'x'],
    ['7', 'b', ''],
  ]
  expect(tableText(rows)).toBe('QEMU    build\n11.1.3         x\n7       b')
  expect(tableText([])).toBe('')
})
