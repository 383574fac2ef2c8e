// The package.json of a release, made from that of main. Main's is private and has the dependencies that the bundles are made of; in a release all of
// them are bundled, and npx must fetch nothing else.
import type { Repository } from '../../src/core/sources/release.js'

/** What a release takes over from main's package.json. */
export interface OwnPackage {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly type: string
  readonly engines: Readonly<Record<string, string>>
  readonly bin: Readonly<Record<string, string>>
  readonly repository: unknown
}

/** What the npm package has beside package.json, README.md and LICENSE, which npm takes anyway: the rest of the release. */
const files = ['CHANGELOG.md', 'action.yml', 'compare', 'dist', 'docs', 'licenses'] as const

const keywords = [
  ...['qemu', 'qemu-user', 'qemu-user-static', 'binfmt_misc', 'emulation', 'multi-arch', 'cross-platform'],
  ...['arm64', 'aarch64', 'riscv64', 's390x', 'ppc64le', 'docker', 'buildx', 'chroot', 'ci', 'github-actions'],
] as const

/** The text of a release's package.json. Without a known repository it keeps main's placeholder, so that no address in it is a wrong one. */
export function releasedPackage(own: OwnPackage, repository: Repository | undefined): string {
  const { name, version, description, type, engines, bin } = own
  const home = repository === undefined ? undefined : `${repository.server}/${repository.name}`
  const links =
    home === undefined
      ? { repository: own.repository }
      : {
          homepage: `${home}#readme`,
          bugs: `${home}/issues`,
          // npm rewrites the short form, and provenance is compared with this address
          repository: { type: 'git', url: `git+${home}.git` },
        }
  // the second licence is that of the emulators
  const license = 'MIT AND GPL-2.0-only'
  const all = { name, version, description, keywords, ...links, license, type, engines, bin, files }
  return `${JSON.stringify(all, undefined, 2)}\n`
}
