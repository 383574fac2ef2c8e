// The package.json of a release, made from that of main. Main's is private and has the dependencies that the bundles are made of; in a release all of
// them are bundled, and npx must fetch nothing else.
import { type Repository, repositoryOf } from '../../src/core/sources/release.js'
import { pageOf } from './tree-repository.js'

/** What a release takes over from main's package.json. */
export interface MainPackage {
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

/**
 * The text of a release's package.json. Its `repository` is main's, where emulators are looked for besides the release's own repository: a fork keeps the
 * upstream. While main has the placeholder it is the release's repository; where that is not known, the placeholder stays, and no address is a wrong one.
 */
export function releasedPackage(own: MainPackage, repository: Repository | undefined): string {
  const { name, version, description, type, engines, bin } = own
  const links =
    repository === undefined
      ? { repository: own.repository }
      : {
          homepage: `${pageOf(repository)}#readme`,
          bugs: `${pageOf(repository)}/issues`,
          // npm rewrites the short form, and provenance is compared with this address
          repository: { type: 'git', url: `git+${pageOf(repositoryOf(own.repository) ?? repository)}.git` },
        }
  // the second licence is that of the emulators
  const license = 'MIT AND GPL-2.0-only'
  const all = { name, version, description, keywords, ...links, license, type, engines, bin, files }
  return `${JSON.stringify(all, undefined, 2)}\n`
}
