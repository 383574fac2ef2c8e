// Which suites of Debian the catalog is made from, and which build of one QEMU version is preferred.
// Source: the suites that the archive publishes, https://www.debian.org/releases/.
import type { Host } from '../../src/core/model/catalog.js'

/** The hosts that emulators are for, the preferred first. */
export const hosts: readonly Host[] = ['amd64', 'arm64']

export interface Suite {
  readonly name: string
  /** The archive's name under the snapshot archive's `/archive/`. */
  readonly archive: 'debian' | 'debian-security'
  /** Lower is preferred, see below. */
  readonly rank: number
  /** No renewal to be expected: a Release file whose Valid-Until has passed is what the suite will have for ever. */
  readonly ended?: true
}

// The rank orders builds of one and the same QEMU version. A release and its security updates (0) are what most machines
// run and what gets fixes; a backport (1) is the same source rebuilt for a release; testing and unstable (2) are replaced
// from day to day. Builds of equal rank: the higher Debian version first, for it holds the later fixes.
// A build in several suites is recorded under the first of them in this order.
export const suites: readonly Suite[] = [
  { name: 'bullseye', archive: 'debian', rank: 0, ended: true },
  { name: 'bullseye-security', archive: 'debian-security', rank: 0, ended: true },
  { name: 'bookworm', archive: 'debian', rank: 0 },
  { name: 'bookworm-security', archive: 'debian-security', rank: 0 },
  { name: 'bookworm-backports', archive: 'debian', rank: 1 },
  { name: 'trixie', archive: 'debian', rank: 0 },
  { name: 'trixie-security', archive: 'debian-security', rank: 0 },
  { name: 'trixie-backports', archive: 'debian', rank: 1 },
  { name: 'forky', archive: 'debian', rank: 2 },
  { name: 'sid', archive: 'debian', rank: 2 },
]

const hour = 60 * 60 * 1000

/**
 * The time stamp, in the snapshot archive's form, at which it surely holds a file that a suite's Release of this `date` names.
 *
 * At that date the file is in the pool. The import run before it may have missed a file that is new, so the stamp must come
 * after a run that follows the date: runs follow the updates of the mirrors, about every six hours. Nor may it be too late, for
 * the next update may replace the build: a file that no suite names any more stays in the pool for a day and a half. One day
 * after the date has three or four runs before it, and the newest of them, to which the stamp is resolved, has the file.
 */
export function snapshotAfter(date: Date): string {
  const iso = new Date(date.getTime() + 24 * hour).toISOString()
  return `${iso.slice(0, 19).replace(/[-:]/g, '')}Z`
}
