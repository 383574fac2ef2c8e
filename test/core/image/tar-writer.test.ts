import { expect, test } from 'vitest'
import { tarOf } from '../../../src/core/image/tar-writer.js'

test('a name that a header has no room for is refused', () => {
  const member = (name: string) => [{ name, bytes: Uint8Array.of(1), mode: 0o644 }]
  expect(tarOf(member('n'.repeat(100)))).toHaveLength(4 * 512)
  expect(() => tarOf(member('ä'.repeat(51)))).toThrow(
    `a tar header has 100 bytes for a name, too few for "${'ä'.repeat(51)}"`,
  )
})
