// What the local GitHub knows: releases, their assets and pull requests of one repository. Tags are those of a bare git repository, as pushes change them.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'

export interface StoredAsset {
  id: number
  name: string
  label: string
  /** `starter` from the request's first byte until its last. */
  state: 'starter' | 'uploaded'
  contentType: string
  bytes: Buffer
  createdAt: number
  downloads: number
}

export interface StoredRelease {
  id: number
  tag: string
  target: string
  name: string
  body: string
  draft: boolean
  prerelease: boolean
  immutable: boolean
  createdAt: number
  publishedAt: number | null
  assets: StoredAsset[]
}

export interface StoredPull {
  number: number
  state: 'open' | 'closed'
  title: string
  body: string
  head: string
  base: string
}

/** An answer that is not the wanted one. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errors?: readonly object[],
  ) {
    super(message)
  }
}

const validation = (resource: string, field: string, code: string) =>
  new ApiError(422, 'Validation Failed', [{ resource, field, code }])

/** The name that an uploaded file gets: dots for special characters, runs of them as one, none at the ends. */
export function storedName(name: string): string {
  return name
    .replace(/[^A-Za-z0-9._+@-]/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.+|\.+$/g, '')
}

export class Store {
  readonly releases: StoredRelease[] = []
  readonly pulls: StoredPull[] = []
  /** Tags of immutable releases, also of those that were deleted. */
  readonly #lockedTags = new Set<string>()
  #ids = 1000
  /** Which release is marked as the latest by hand. */
  latest: number | undefined

  constructor(
    readonly bare: string,
    /** The repository's setting "Enable release immutability". */
    readonly immutable: boolean,
  ) {}

  git(...args: string[]): { status: number | null; text: string } {
    const { status, stdout } = spawnSync('git', ['--git-dir', this.bare, ...args], { encoding: 'utf8' })
    return { status, text: stdout.trim() }
  }

  /** The commit of a ref (`tags/v1`), or undefined. */
  ref(name: string): string | undefined {
    const { status, text } = this.git('rev-parse', '--verify', '--quiet', `refs/${name}`)
    return status === 0 ? text : undefined
  }

  refs(prefix: string): { ref: string; sha: string }[] {
    const { text } = this.git('for-each-ref', '--format=%(refname) %(objectname)')
    return text
      .split('\n')
      .filter((line) => line.startsWith(`refs/${prefix}`))
      .map((line) => ({ ref: line.split(' ')[0] ?? '', sha: line.split(' ')[1] ?? '' }))
  }

  setRef(name: string, sha: string, { create, force }: { create: boolean; force: boolean }): void {
    const before = this.ref(name)
    if (create && before !== undefined) throw new ApiError(422, 'Reference already exists')
    if (!create && before === undefined) throw new ApiError(422, 'Reference does not exist')
    this.#refuseLocked(name)
    const isForward = before === undefined || this.git('merge-base', '--is-ancestor', before, sha).status === 0
    if (!isForward && !force) throw new ApiError(422, 'Update is not a fast forward')
    if (this.git('update-ref', `refs/${name}`, sha).status !== 0) throw new ApiError(422, 'Object does not exist')
  }

  deleteRef(name: string): void {
    if (this.ref(name) === undefined) throw new ApiError(422, 'Reference does not exist')
    this.#refuseLocked(name)
    this.git('update-ref', '-d', `refs/${name}`)
  }

  #refuseLocked(ref: string): void {
    if (this.#lockedTags.has(ref.replace(/^tags\//, '')))
      throw new ApiError(422, 'Repository rule violations found: the tag belongs to an immutable release')
  }

  release(id: number): StoredRelease {
    const found = this.releases.find((release) => release.id === id)
    if (found === undefined) throw new ApiError(404, 'Not Found')
    return found
  }

  published(tag: string): StoredRelease {
    const found = this.releases.find((release) => release.tag === tag && !release.draft)
    if (found === undefined) throw new ApiError(404, 'Not Found')
    return found
  }

  latestRelease(): StoredRelease {
    const candidates = this.releases.filter(({ draft, prerelease }) => !draft && !prerelease)
    const found = candidates.find(({ id }) => id === this.latest) ?? candidates.at(-1)
    if (found === undefined) throw new ApiError(404, 'Not Found')
    return found
  }

  create(fields: Partial<StoredRelease>): StoredRelease {
    const { tag = '', target = 'main', name = '', body = '', draft = false, prerelease = false } = fields
    if (tag === '') throw validation('Release', 'tag_name', 'missing_field')
    // drafts of one tag may be many
    if (!draft && this.releases.some((one) => one.tag === tag && !one.draft))
      throw validation('Release', 'tag_name', 'already_exists')
    const createdAt = Date.now()
    const release: StoredRelease = {
      ...{ id: this.#ids++, tag, target, name, body, draft: true, prerelease, immutable: false },
      ...{ createdAt, publishedAt: null, assets: [] },
    }
    if (!draft) this.#publish(release)
    this.releases.unshift(release)
    return release
  }

  update(release: StoredRelease, fields: Partial<StoredRelease>): void {
    if (release.immutable && (fields.tag ?? release.tag) !== release.tag)
      throw new ApiError(422, 'Cannot change the tag of an immutable release')
    const { draft, ...others } = fields
    Object.assign(release, others)
    if (draft === false && release.draft) this.#publish(release)
    else if (draft === true && !release.draft)
      throw new ApiError(422, 'A published release cannot become a draft again')
  }

  /** Makes the tag where it is missing, and locks tag and assets where releases are immutable. */
  #publish(release: StoredRelease): void {
    if (this.releases.some((one) => one !== release && one.tag === release.tag && !one.draft))
      throw validation('Release', 'tag_name', 'already_exists')
    if (this.ref(`tags/${release.tag}`) === undefined) {
      if (this.#lockedTags.has(release.tag)) throw new ApiError(422, 'tag_name was used by an immutable release')
      const commit = this.ref(`heads/${release.target}`) ?? release.target
      if (this.git('update-ref', `refs/tags/${release.tag}`, commit).status !== 0)
        throw validation('Release', 'target_commitish', 'invalid')
    }
    release.draft = false
    release.publishedAt = Date.now()
    release.immutable = this.immutable
    if (this.immutable) this.#lockedTags.add(release.tag)
  }

  remove(release: StoredRelease): void {
    this.releases.splice(this.releases.indexOf(release), 1)
  }

  asset(id: number): { release: StoredRelease; asset: StoredAsset } {
    for (const release of this.releases) {
      const asset = release.assets.find((one) => one.id === id)
      if (asset !== undefined) return { release, asset }
    }
    throw new ApiError(404, 'Not Found')
  }

  /** An asset whose bytes have not come yet. */
  startUpload(release: StoredRelease, wanted: string, contentType: string): StoredAsset {
    if (release.immutable) throw new ApiError(422, 'Cannot upload assets to an immutable release.')
    const name = storedName(wanted)
    if (name === '') throw validation('ReleaseAsset', 'name', 'missing_field')
    if (release.assets.some((one) => one.name === name)) throw validation('ReleaseAsset', 'name', 'already_exists')
    if (release.assets.length >= 1000) throw validation('ReleaseAsset', 'name', 'too_many')
    const asset: StoredAsset = {
      ...{ id: this.#ids++, name, label: '', state: 'starter', contentType },
      ...{ bytes: Buffer.alloc(0), createdAt: Date.now(), downloads: 0 },
    }
    release.assets.push(asset)
    return asset
  }

  removeAsset(id: number): void {
    const { release, asset } = this.asset(id)
    if (release.immutable) throw new ApiError(422, 'Cannot delete assets of an immutable release.')
    release.assets.splice(release.assets.indexOf(asset), 1)
  }

  pull(fields: { head: string; base: string; title: string; body: string }): StoredPull {
    if (this.ref(`heads/${fields.head}`) === undefined) throw validation('PullRequest', 'head', 'invalid')
    if (this.pulls.some(({ head, base, state }) => head === fields.head && base === fields.base && state === 'open'))
      throw new ApiError(422, 'Validation Failed', [
        { resource: 'PullRequest', code: 'custom', message: `A pull request already exists for ${fields.head}.` },
      ])
    const pull: StoredPull = { number: this.pulls.length + 1, state: 'open', ...fields }
    this.pulls.push(pull)
    return pull
  }
}

export function digestOf({ bytes, state }: StoredAsset): string | null {
  return state === 'uploaded' ? `sha256:${createHash('sha256').update(bytes).digest('hex')}` : null
}
