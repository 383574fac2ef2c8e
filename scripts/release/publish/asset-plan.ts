// What has to be done so that a release has exactly the files of a folder.

/** A file that a release is to have. */
export interface LocalAsset {
  readonly name: string
  readonly size: number
  readonly sha256: string
}

/** An asset as GitHub's API tells it. */
export interface RemoteAsset {
  readonly id: number
  readonly name: string
  /** `uploaded`; `starter` or `open` where an upload did not come to its end. */
  readonly state: string
  readonly size: number
  /** `sha256:...`; null where the server did not make one. */
  readonly digest: string | null
}

export type AssetStep =
  | { readonly kind: 'delete'; readonly asset: RemoteAsset; readonly reason: string }
  | { readonly kind: 'upload'; readonly name: string }

/** What is wrong with an asset that has the right name; undefined when nothing is. */
function faultOf(local: LocalAsset, remote: RemoteAsset): string | undefined {
  if (remote.state !== 'uploaded') return `its upload was interrupted (state ${remote.state})`
  if (remote.digest === null) return 'the server tells no digest of it'
  if (remote.digest !== `sha256:${local.sha256}`) return `expected sha256:${local.sha256}, got ${remote.digest}`
  return undefined
}

/** For a draft: what is deleted and what is uploaded, in that order for each name. An asset that is there with the right bytes is kept. */
export function draftSteps(local: readonly LocalAsset[], remote: readonly RemoteAsset[]): AssetStep[] {
  const names = new Set(local.map(({ name }) => name))
  const strangers = remote.filter(({ name }) => !names.has(name))
  const steps: AssetStep[] = strangers.map((asset) => ({
    kind: 'delete',
    asset,
    reason: 'it does not belong to the release',
  }))
  for (const one of local) {
    const there = remote.find(({ name }) => name === one.name)
    const fault = there === undefined ? 'missing' : faultOf(one, there)
    if (fault === undefined) continue
    if (there !== undefined) steps.push({ kind: 'delete', asset: there, reason: fault })
    steps.push({ kind: 'upload', name: one.name })
  }
  return steps
}

/** For a release that nobody may change any more: how it differs from the files, a sentence each; empty when it has exactly those. */
export function releaseDifferences(local: readonly LocalAsset[], remote: readonly RemoteAsset[]): string[] {
  const names = new Set(local.map(({ name }) => name))
  const faults = local.flatMap((one) => {
    const there = remote.find(({ name }) => name === one.name)
    const fault = there === undefined ? 'it is missing' : faultOf(one, there)
    return fault === undefined ? [] : [`${one.name}: ${fault}`]
  })
  return [...faults, ...remote.filter(({ name }) => !names.has(name)).map(({ name }) => `${name}: nobody expects it`)]
}

/**
 * Why a file cannot have its name in a release; undefined when it can. GitHub puts a dot in place of special characters, `~` among them, and drops
 * dots at the ends; then SHA256SUMS would name a file that nobody finds.
 *
 * Source: https://docs.github.com/en/rest/releases/assets#upload-a-release-asset
 */
export function nameFault(name: string): string | undefined {
  if (!/^[A-Za-z0-9._+-]{1,200}$/.test(name)) return 'GitHub would replace characters other than A-Z a-z 0-9 . _ + -'
  if (name.startsWith('.') || name.endsWith('.')) return 'GitHub would drop dots at its ends'
  return undefined
}
