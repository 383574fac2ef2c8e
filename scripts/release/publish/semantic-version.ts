// Versions of our own releases, as Semantic Versioning 2.0.0 writes them, and which tags follow from one.

/** A version without build metadata, which no tag and no package of ours has. */
export interface Version {
  readonly text: string
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** `['rc', '1']` of `1.0.0-rc.1`; empty for a version that is final. */
  readonly prerelease: readonly string[]
}

const number = '(0|[1-9]\\d{0,8})'
const identifier = '(?:0|[1-9]\\d{0,8}|\\d*[A-Za-z-][0-9A-Za-z-]*)'
const shape = new RegExp(`^${number}\\.${number}\\.${number}(?:-(${identifier}(?:\\.${identifier})*))?$`)

/** `0.2.0` or `1.0.0-rc.1`; undefined for anything else, `v0.2.0` and `1.0` included. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor, patch, prerelease] = shape.exec(text) ?? []
  if (major === undefined) return undefined
  return {
    text,
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    prerelease: prerelease?.split('.') ?? [],
  }
}

/** Below zero when `one` comes before `other` (rule 11 of the specification). */
export function compareVersions(one: Version, other: Version): number {
  const numbers = one.major - other.major || one.minor - other.minor || one.patch - other.patch
  if (numbers !== 0) return numbers
  const [a, b] = [one.prerelease, other.prerelease]
  if (a.length === 0 || b.length === 0) return b.length - a.length
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = compareIdentifiers(a[at], b[at])
    if (difference !== 0) return difference
  }
  return 0
}

function compareIdentifiers(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) return Number(one !== undefined) - Number(other !== undefined)
  const [a, b] = [one, other].map((word) => /^\d+$/.test(word))
  if (a && b) return Number(one) - Number(other)
  if (a !== b) return a ? -1 : 1
  return one < other ? -1 : Number(one > other)
}

/** The tag of a release: `v0.2.0`. */
export function versionTag(version: Version): string {
  return `v${version.text}`
}

/** The tag that follows the newest release of a major version: `v0`. */
export function majorTag(version: Version): string {
  return `v${version.major}`
}

/** Whether the major tag moves to this version: not for a prerelease, and not when `tags` have a later final version of the same major. */
export function movesMajorTag(version: Version, tags: readonly string[]): boolean {
  if (version.prerelease.length > 0) return false
  return !tags.some((tag) => {
    const other = tag.startsWith('v') ? parseVersion(tag.slice(1)) : undefined
    const isSameLine = other !== undefined && other.major === version.major && other.prerelease.length === 0
    return isSameLine && compareVersions(other, version) > 0
  })
}
