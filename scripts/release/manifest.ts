// What a release of emulators says about itself: manifest.json for programs, README.md for people.
import type { SourceFile } from '../catalog/apt.js'
import type { ReleasedBuild } from './builds.js'

/** A file of a release. */
export interface ReleaseFile {
  readonly file: string
  readonly size: number
  readonly sha256: string
}

/** An emulator, packed. */
export interface ManifestAsset extends ReleaseFile {
  /** QEMU's name of the target. */
  readonly target: string
  readonly platforms: readonly string[]
  readonly host: string
  /** The executable that it unpacks to. */
  readonly emulator: { readonly size: number; readonly sha256: string }
}

/** A source package, as one tar. */
export interface ManifestSource extends ReleaseFile {
  readonly name: string
  /** Debian's version, with its epoch. */
  readonly version: string
  readonly files: readonly SourceFile[]
}

/** The content of manifest.json. */
export interface ReleaseManifest {
  readonly format: 1
  readonly tag: string
  readonly qemuVersion: string
  readonly build: string
  /** By which brotli the emulators are packed: another version may make other bytes of the same executable. */
  readonly packing: { readonly brotli: string; readonly quality: number }
  readonly assets: readonly ManifestAsset[]
  readonly sources: readonly ManifestSource[]
  /** The Debian packages that the executables were taken from. */
  readonly packages: readonly {
    readonly host: string
    readonly archive: string
    readonly path: string
    readonly size: number
    readonly sha256: string
  }[]
}

function megabytes(size: number): string {
  return `${(size / 1e6).toFixed(1)} MB`
}

/** README.md of a release: what the files are, how to use them without the action, and their licences. */
export function readmeText({ qemuVersion, build }: ReleasedBuild, manifest: ReleaseManifest): string {
  const [example] = manifest.assets
  if (example === undefined) throw new Error(`${build} has no emulator to be released`)
  const program = example.file.replace(/-\d.*$/, '')
  const hosts = [...new Set(manifest.assets.map(({ host }) => host))]
  const targets = [...new Set(manifest.assets.map(({ target }) => target))]
  const rows = targets.map((target) => {
    const assets = manifest.assets.filter((asset) => asset.target === target)
    const cells = hosts.map((host) => assets.find((asset) => asset.host === host)?.file ?? '')
    return `| ${assets[0]?.platforms.join(', ')} | ${cells.map((file) => (file === '' ? '' : `\`${file}\``)).join(' | ')} |\n`
  })
  return `# QEMU ${qemuVersion}: user emulators, ${build}

Each \`.br\` file is one static executable of Debian's package, unchanged and packed by brotli. setup-qemu fetches what it needs from here and checks it by
the SHA-256 in its own catalog; you do not have to download anything yourself.

| runs programs for | ${hosts.map((host) => `on ${host}`).join(' | ')} |
| --- |${hosts.map(() => ' --- |').join('')}
${rows.join('')}
To check all files, and to unpack one without setup-qemu:

\`\`\`sh
sha256sum --check SHA256SUMS
brotli --decompress --output=${program} ${example.file}
\`\`\`

For machines without a network, copy these files into a folder, for example \`/srv/qemu\`, and give setup-qemu \`mirror: /srv/qemu\` (\`--mirror /srv/qemu\`).
\`manifest.json\` says the same for programs: size and SHA-256 of each file, of the executable in it, of the source packages, and of the Debian packages that all was
taken from.

## Licence and source

QEMU is under the GNU General Public License, version 2: \`GPL-2.0.txt\`. Who holds the copyright of which part is in \`copyright.txt\`, the file of Debian's
package. Libraries are linked statically; glibc and GLib are under the GNU Lesser General Public License, version 2.1 or later:
\`LGPL-2.1.txt\`. What the others are under is in \`debian/copyright\` of their sources.

${sourceText(manifest.sources)}`
}

function sourceText(sources: readonly ManifestSource[]): string {
  if (sources.length === 0)
    return `This folder was made without the source, for machines of your own. The licences do not let you pass it on like this: \`npm run release-assets\`
without \`--without-sources\` makes one that has the source.
`
  const rows = sources.map(
    ({ name, version, file, size }) => `| ${name} ${version} | \`${file}\` | ${megabytes(size)} |\n`,
  )
  return `The complete source of this build is in this release: Debian's source packages of QEMU and of all that is linked in, at exactly these versions, with the scripts
that build them. Each is a tar of a \`.dsc\` and its files; \`dpkg-source --extract *.dsc\` unpacks that.

| source package | file | size |
| --- | --- | --- |
${rows.join('')}`
}
