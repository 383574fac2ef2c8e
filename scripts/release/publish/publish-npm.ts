// Publishes the npm tarball: `node build/scripts/release/publish/publish-npm.js FILE.tgz`. A version that is there with the same bytes is green, with
// other bytes an error. How npm knows who publishes is npm's matter: a trusted publisher, or a token in its configuration.
// SETUP_QEMU_PROVENANCE=false publishes without a statement of provenance, to a registry that takes none.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseVersion } from './semantic-version.js'
import { Refusal, runStep } from './step.js'

/** `name` and `version` of a package, out of its tarball. */
function identity(file: string): { name: string; version: string } {
  const { status, stdout, stderr } = spawnSync('tar', ['-xzOf', file, 'package/package.json'], { encoding: 'utf8' })
  if (status !== 0) throw new Refusal(`${file} is not a package: ${stderr}`)
  return JSON.parse(stdout)
}

/** The integrity of a published version; undefined when the registry does not have it. */
function publishedIntegrity(name: string, version: string): string | undefined {
  const { stdout } = spawnSync('npm', ['view', `${name}@${version}`, 'dist.integrity', '--json'], { encoding: 'utf8' })
  const answer =
    stdout.trim() === '' ? undefined : (JSON.parse(stdout) as string | { error?: { code?: string; summary?: string } })
  if (typeof answer === 'string' || answer === undefined) return answer
  if (answer.error?.code === 'E404') return undefined
  throw new Refusal(`npm view ${name}@${version} failed: ${answer.error?.code} ${answer.error?.summary}`)
}

await runStep(() => {
  const file = process.argv[2] ?? ''
  const { name, version } = identity(file)
  const integrity = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`
  const there = publishedIntegrity(name, version)
  if (there === integrity) return console.log(`${name}@${version} is published already, with these bytes`)
  if (there !== undefined)
    throw new Refusal(`${name}@${version} is published with other bytes: ${there}, not ${integrity}`)
  // without a tag of its own a prerelease would become what everybody gets
  const tag = (parseVersion(version)?.prerelease.length ?? 0) > 0 ? 'next' : 'latest'
  const provenance = process.env.SETUP_QEMU_PROVENANCE === 'false' ? [] : ['--provenance']
  const words = ['publish', file, '--ignore-scripts', '--access', 'public', '--tag', tag, ...provenance]
  const { status, error } = spawnSync('npm', words, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Refusal(`npm publish failed: ${error ?? `exit status ${status}`}`)
  console.log(`published ${name}@${version}`)
})
