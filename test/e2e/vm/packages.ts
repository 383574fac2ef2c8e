// What the VMs are made of, out of Debian's packages whose signatures apt has checked: kernels, Node's libraries, foreign programs, whole roots.
// Everything is kept in the cache of the e2e tests; a folder there is complete, for it is made beside its place and renamed.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  downloaded,
  type OfferedPackage,
  packagesNamed,
  updatedApt,
  type Wanted,
} from '../../../scripts/catalog/apt.js'
import { outputOf } from '../../../scripts/catalog/command.js'
import { type Suite, suites } from '../../../scripts/catalog/suites.js'

export const vmCache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'setup-qemu-tests', 'e2e', 'vm')

/** The folder or file of a name in the cache; `make` fills the path it is given when there is none yet. */
export function kept(name: string, make: (path: string) => void): string {
  const place = join(vmCache, name)
  if (existsSync(place)) return place
  console.log(`making ${name}`)
  mkdirSync(dirname(place), { recursive: true })
  const work = mkdtempSync(join(vmCache, 'work-'))
  try {
    make(join(work, 'made'))
    try {
      renameSync(join(work, 'made'), place)
    } catch (error) {
      // another run was faster
      if (!existsSync(place)) throw error
    }
    return place
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

export function suiteNamed(name: string): Suite {
  const suite = suites.find((one) => one.name === name)
  if (suite === undefined) throw new Error(`scripts/catalog/suites.ts has no suite ${name}`)
  return suite
}

/** An apt of our own, its indexes fetched when first needed. */
export class Archive {
  readonly #folder: string
  readonly #wanted: Wanted
  #apt: ReturnType<typeof updatedApt> | undefined

  /** Suites by name, and Debian's names of architectures. `close` removes what was fetched. */
  constructor(suiteNames: readonly string[], architectures: readonly string[]) {
    mkdirSync(vmCache, { recursive: true })
    this.#folder = mkdtempSync(join(vmCache, 'apt-'))
    this.#wanted = { suites: suiteNames.map(suiteNamed), architectures }
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Unpacks a package of a suite into a folder; gives what the index says of it. Throws when there is none or it cannot be had. */
  unpack(name: string, architecture: string, suite: string, into: string): OfferedPackage {
    this.#apt ??= updatedApt(this.#folder, this.#wanted)
    const apt = { ...this.#apt, wanted: { ...this.#wanted, suites: [suiteNamed(suite)] } }
    const offer = packagesNamed(apt, [name]).find(({ host }) => host === architecture)
    if (offer === undefined) throw new Error(`${suite} offers no ${name}:${architecture}`)
    const file = downloaded(apt, offer, join(this.#folder, 'debs'))
    if (file === undefined)
      throw new Error(`the mirror of ${suite} does not have ${name}:${architecture}, which it lists`)
    mkdirSync(into, { recursive: true })
    outputOf('dpkg-deb', ['-x', file, into])
    return offer
  }
}
