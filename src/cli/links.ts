// What the texts of the command line point to: documents of a release, or else those in the package, and the words by which it was called.
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { calledAs, isOfPackage } from '../core/cli/called-as.js'
import { type Links, plainLinks } from '../core/model/links.js'
import { packageDocuments } from '../core/report/document-base.js'
import { isRecord, json } from '../core/text/json.js'
import { ownPackage, packageFolder } from '../system/own-package.js'
import { toolOnPath } from '../system/program.js'
import { textOfFile } from '../system/regular-file.js'

/** The links of this call. */
export function commandLineLinks(): Links {
  const own = ownPackage()
  const program = process.argv[1] ?? ''
  const command = calledAs({
    program,
    executable: isExecutable(program),
    onPath: isSameFile(toolOnPath(basename(program)), program),
    // another node on PATH may be too old
    node: isSameFile(toolOnPath('node'), process.execPath) ? 'node' : process.execPath,
    name: own.name ?? 'setup-qemu',
    packages: askedOfNpx(program),
  })
  return { docs: packageDocuments(own) ?? documentFolder(), command }
}

/** The documents in the package, as a path that can be opened from everywhere. */
function documentFolder(): string {
  const folder = join(packageFolder, 'docs')
  return existsSync(join(folder, 'troubleshooting.md')) ? folder : plainLinks.docs
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    // of a folder it says that one may look into it
    return statSync(file).isFile()
  } catch {
    return false
  }
}

function isSameFile(one: string | undefined, other: string): boolean {
  try {
    return one !== undefined && realpathSync(one) === realpathSync(other)
  } catch {
    return false
  }
}

const mostBytes = 1 << 20

/** What npx was asked for; undefined for a program that is not in a folder of npx's. */
function askedOfNpx(program: string): string[] | undefined {
  if (!isOfPackage(program)) return undefined
  try {
    const npx = json(textOfFile(join(dirname(program), '..', '..', 'package.json'), mostBytes))?._npx
    if (!isRecord(npx)) return undefined
    return Array.isArray(npx.packages) ? npx.packages.filter((spec) => typeof spec === 'string') : []
  } catch {
    return undefined
  }
}
