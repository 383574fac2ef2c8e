// The text that goes with the emulators of a release: what they are, under which licences, and where their source is.
import type { CatalogEmulator } from '../../src/core/model/catalog.js'
import { assetName, type Repository, releaseTag } from '../../src/core/sources/release.js'
import type { SourceName } from './source-packages.js'
import { pageOf } from './tree-repository.js'

/** The texts of licences that go with emulators, in scripts/release/licenses. */
export const licenceTexts = ['GPL-2.0.txt', 'LGPL-2.1.txt'] as const

/** Emulators of one build. */
export interface BundledBuild {
  readonly emulators: readonly [CatalogEmulator, ...CatalogEmulator[]]
  /** QEMU's source package, and those of what is linked into them, as the packages' control files say. */
  readonly sources: readonly [SourceName, ...SourceName[]]
}

/** The text of `licenses/README.md` in a release. The source is in a release of the repository; while that is not known, only Debian's archive is named. */
export function licencesText(
  { emulators, sources: [own, ...used] }: BundledBuild,
  repository: Repository | undefined,
): string {
  const [{ build, qemuVersion }] = emulators
  const tag = releaseTag(build)
  const linked = used.map(({ name, version }) => `- ${name} ${version}`)
  const inRelease =
    repository === undefined
      ? ''
      : `in the release [\`${tag}\`](${pageOf(repository)}/releases/tag/${encodeURIComponent(tag)}) of this repository, and `
  const rows = emulators.map((emulator) => {
    const { binary, host, sha256, package: from } = emulator
    return `| \`dist/emulators/${assetName(emulator)}\` | ${binary} | ${host} | \`${sha256}\` | ${posixName(from.path)}, SHA-256 \`${from.sha256}\` |`
  })
  return `# Licences

- setup-qemu: MIT, [LICENSE](../LICENSE)
- the libraries in its bundles: [dist/licenses.txt](../dist/licenses.txt)
- the emulators in \`dist/emulators\`: GPL version 2, below

## The emulators

QEMU ${qemuVersion}, ${build}: executables of Debian's packages, unchanged, and packed by brotli.

| file | executable | host | SHA-256 of the executable | package |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

QEMU is under the GNU General Public License, version 2: [GPL-2.0.txt](GPL-2.0.txt). Copyright holders, and the licences of QEMU's parts, are in
[qemu-user.copyright](qemu-user.copyright), the file of the package. These are linked statically, at the version that the package names in \`Built-Using\`; some
of them are under the GNU Lesser General Public License, [LGPL-2.1.txt](LGPL-2.1.txt):

${linked.join('\n')}

## Their source

The complete source of QEMU and of what is linked into it, at these versions and with the scripts that build it, is ${inRelease}in
[Debian's snapshot archive](https://snapshot.debian.org/package/qemu/${encodeURIComponent(own.version)}/).
`
}

function posixName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
