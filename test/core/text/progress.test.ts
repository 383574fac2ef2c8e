import { expect, it } from 'vitest'
import { progressLine } from '../../../src/core/text/progress.js'

it('the line of a download fits the terminal', () => {
  expect(progressLine(['qemu-aarch64'], 2_100_000, 4_200_000, 0.5, 80)).toBe(
    'qemu-aarch64  [###############---------------]  2.1 of 4.2 MB  4.2 MB/s',
  )
  expect(progressLine(['qemu-aarch64'], 30_000_000, 4_200_000, 10, 80)).toBe(
    'qemu-aarch64  [##############################]  30.0 MB  3.0 MB/s',
  )
  expect(progressLine(['a', 'b'], 0, 0, 0, 80)).toMatch(/^2 emulators {2}\[-+\] {2}0\.0 of 0\.0 MB/)
  for (const width of [0, 1, 20, 40, 79])
    expect(progressLine(['qemu-aarch64'], 9e9, 1, 0.1, width).length).toBeLessThan(Math.max(1, width))
})
