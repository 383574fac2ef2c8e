import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { mapLimit } from '../../src/system/map-limit.js'

describe('mapLimit', () => {
  it('so many go on at once and no more, and what comes of them stands in the order of the items', async () => {
    let going = 0
    let most = 0
    const work = async (item: number) => {
      most = Math.max(most, ++going)
      await sleep(20 - item)
      going--
      return item * 10
    }
    const items = Array.from({ length: 10 }, (_, at) => at)
    expect(await mapLimit(items, 3, work)).toEqual(items.map((item) => item * 10))
    expect(most).toBe(3)
  })

  it('nothing comes of nothing, and what one throws comes out', async () => {
    expect(await mapLimit([], 4, async () => 1)).toEqual([])
    const work = async (item: number) => {
      if (item === 2) throw new Error('no')
    }
    await expect(mapLimit([1, 2, 3], 2, work)).rejects.toThrow('no')
  })
})
