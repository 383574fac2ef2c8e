// What an executable of a package must be before the catalog may name it: static, for its host, and of the QEMU build that
// the package claims. Source: QEMU's linux-user/main.c for what `--version` prints.
import { chmodSync, writeFileSync } from 'node:fs'
import { type Host, parseVersionOutput } from '../../src/core/model/catalog.js'
import { staticRefusal } from '../../src/core/model/elf.js'
import { outputOf } from './command.js'

/** Throws unless the bytes are an ELF64 executable for the host that needs no interpreter and no library; static-pie is fine. */
export function checkStatic(name: string, elf: Buffer, host: Host): void {
  const fault = staticRefusal((offset, size) => elf.subarray(offset, offset + size), host)
  if (fault !== undefined) throw new Error(`${name} for ${host} ${fault}`)
}

/** The QEMU version that an executable for amd64 prints. Throws when it does not run or is not the binary and build expected. */
export function printedVersion(name: string, bytes: Buffer, build: string, folder: string): string {
  const file = `${folder}/${name}`
  writeFileSync(file, bytes)
  chmodSync(file, 0o755)
  const [line = ''] = outputOf(file, ['--version']).toString().split('\n')
  const printed = parseVersionOutput(line)
  if (printed === undefined || printed.build !== build || !line.startsWith(`${name} version `)) {
    throw new Error(`${name} --version prints "${line}", expected ${name} of ${build}`)
  }
  return printed.qemuVersion
}

/**
 * Throws unless an executable that cannot run here holds, word for word, what `--version` would print: version and build
 * are one literal with the name.
 */
export function checkVersionText(name: string, bytes: Buffer, version: string, build: string): void {
  const text = `${name} version ${version} (${build})`
  if (!bytes.includes(text)) throw new Error(`${name} does not contain "${text}"`)
}
