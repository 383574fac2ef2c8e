// Brings the programs of the host that tests, benchmarks and generators call.
import { spawnSync } from 'node:child_process'

/** A program, and the Debian and Ubuntu package that has it. */
export type Tool = readonly [program: string, debianPackage: string]

function has(program: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' }).status === 0
}

/** Installs what is missing, as root or by sudo. Throws, and names the packages, when it cannot. */
export function bringTools(tools: readonly Tool[]): void {
  const packages = tools.filter(([program]) => !has(program)).map(([, name]) => name)
  if (packages.length === 0) return
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const [program = '', ...args] = [...prefix, 'apt-get', ...words]
    const { status } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    if (status !== 0)
      throw new Error(`the packages ${packages.join(', ')} are needed, and apt-get could not install them`)
  }
}
