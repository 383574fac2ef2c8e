// By which words the command line was called, so that a person can call it once more. Source: npm 11, which puts programs of packages into
// node_modules/.bin, and for npx makes a folder of packages whose package.json has in `_npx` what was asked for.
import { shellWord } from '../text/shell-word.js'

/** How this process was called. */
export interface Called {
  /** Path of the program, with links: `/usr/local/bin/setup-qemu`, `/srv/setup-qemu/dist/cli/index.js`. */
  readonly program: string
  /** Whether it can be executed itself, without naming node. */
  readonly executable: boolean
  /** Whether its name alone leads to it by PATH. */
  readonly onPath: boolean
  /** The words for node. */
  readonly node: string
  /** The name of our package. */
  readonly name: string
  /** What npx was asked for, if it made the folder that the program is in. */
  readonly packages?: readonly string[] | undefined
}

/** The words of a shell by which the command line works here. */
export function calledAs({ program, executable, onPath, node, name, packages }: Called): string {
  const file = program.slice(program.lastIndexOf('/') + 1)
  const byPath = `${shellWord(node)} ${shellWord(program)}`
  if (!executable || file.endsWith('.js')) return byPath
  if (packages !== undefined) {
    // a folder or an archive has no name by which npx would find it from everywhere
    const asked = packages.find((spec) => spec === name || spec.startsWith(`${name}@`))
    return asked === undefined ? byPath : `npx ${shellWord(asked)}`
  }
  if (isOfPackage(program)) return `npx ${shellWord(file)}`
  return shellWord(onPath ? file : program)
}

/** Whether npm made the program for a package that is installed in a folder: such programs are on PATH only while npm runs something. */
export function isOfPackage(program: string): boolean {
  return /\/node_modules\/\.bin\/[^/]+$/.test(program)
}
