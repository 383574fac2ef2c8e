// Where this program's documents are, and how its command line is called: what texts need, found out once.
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { calledAs, isOfPackage } from '../core/cli/called-as.js'
import { absoluteFolders } from '../core/machine/search-path.js'
import { type Links, plainLinks } from '../core/model/links.js'
import { actionDocuments, packageDocuments } from '../core/report/document-base.js'
import { isRecord, json } from '../core/text/json.js'
import { shellWord } from '../core/text/shell-word.js'
import { ownPackage, packageFolder } from './own-package.js'
import { textOfFile } from './regular-file.js'

/** The links of an action's step: documents of its own repository, and its own command line, which later steps of the job can call. */
export function actionLinks(): Links {
  const bundle = process.argv[1] ?? ''
  const docs = actionDocuments({ env: process.env, bundle, own: ownPackage() }) ?? plainLinks.docs
  // with the links on the way to it, which are shorter than what they lead to
  const commandLine = join(dirname(dirname(bundle)), 'cli', 'index.js')
  // the runner's own node has a long path, and is often not on PATH
  const node = onPath('node') === undefined ? process.execPath : 'node'
  return { docs, command: `${shellWord(node)} ${shellWord(commandLine)}` }
}

/** The links of the command line: documents of a release, or else those in its package, and the words by which it was called. */
export function commandLineLinks(): Links {
  const own = ownPackage()
  const program = process.argv[1] ?? ''
  const command = calledAs({
    program,
    executable: isExecutable(program),
    onPath: !isOfPackage(program) && isSameFile(onPath(basename(program)), program),
    // another node on PATH may be too old
    node: isSameFile(onPath('node'), process.execPath) ? 'node' : process.execPath,
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

function onPath(name: string): string | undefined {
  return absoluteFolders(process.env.PATH ?? '')
    .map((folder) => join(folder, name))
    .find(isExecutable)
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
