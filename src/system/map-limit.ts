// Concurrent work with a limit, so that a slow machine or network does not get everything at once.

/** The results of `work` for each item, in the items' order; at most `atOnce` run at the same time. Throws what `work` throws. */
export async function mapLimit<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const waiting = items.entries()
  const worker = async () => {
    for (const [at, item] of waiting) results[at] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return results
}
