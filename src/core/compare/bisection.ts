// Finds the first good version with few trials, on the assumption that all newer ones are good too.

/** What to try next, or what was found. `good`: the first good one; null: even the newest is bad. `bad`: the last bad one; null: none. */
export type BisectionStep =
  | { readonly kind: 'try'; readonly version: string }
  | { readonly kind: 'found'; readonly good: string | null; readonly bad: string | null }

/** The next step. `versions`: from the oldest to the newest; `known`: which are known to be good (true) or bad. */
export function bisectionStep(versions: readonly string[], known: ReadonlyMap<string, boolean>): BisectionStep {
  const [oldest, newest] = [versions[0], versions.at(-1)]
  if (oldest === undefined || newest === undefined) return { kind: 'found', good: null, bad: null }
  // both ends first: without a bad and a good one there is nothing to find between them
  for (const end of [newest, oldest]) if (!known.has(end)) return { kind: 'try', version: end }
  if (known.get(newest) === false) return { kind: 'found', good: null, bad: newest }
  if (known.get(oldest) === true) return { kind: 'found', good: oldest, bad: null }
  let [bad, good] = [0, versions.length - 1]
  for (const [at, version] of versions.entries()) {
    if (known.get(version) === false && at < good) bad = Math.max(bad, at)
    if (known.get(version) === true && at > bad) good = Math.min(good, at)
  }
  const middle = versions[Math.floor((bad + good) / 2)]
  if (good - bad > 1 && middle !== undefined) return { kind: 'try', version: middle }
  return { kind: 'found', good: versions[good] ?? null, bad: versions[bad] ?? null }
}

/** What was found, in words. */
export function bisectionText({ good, bad }: Extract<BisectionStep, { kind: 'found' }>): string {
  if (good === null) return `fails even under ${bad}, the newest that was tried`
  return bad === null
    ? `works already under ${good}, the oldest that was tried`
    : `fails under ${bad}, works from ${good}`
}
