// A registry of npm that has one package in one version. Source: npm's documents of its registry
// (https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md).
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** What a registry sends for a path. */
export interface RegistryBody {
  readonly type: string
  readonly body: Buffer
}

/** The answers of a registry at `base` that has the package of a tarball; undefined for a path that it does not know: 404. */
export function npmRegistry(tarball: string, base: string): (path: string) => RegistryBody | undefined {
  const bytes = readFileSync(tarball)
  const text = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' })
  const manifest = JSON.parse(text) as { name: string; version: string }
  const { name, version } = manifest
  const path = `/${name}/-/${name}-${version}.tgz`
  const dist = {
    tarball: `${base}${path}`,
    shasum: createHash('sha1').update(bytes).digest('hex'),
    integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
  }
  const known = { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } }
  const bodies = new Map([
    [`/${name}`, { type: 'application/json', body: Buffer.from(JSON.stringify(known)) }],
    [path, { type: 'application/octet-stream', body: bytes }],
  ])
  return (asked) => bodies.get(asked)
}
