// Brings the programs of the host that tests, benchmarks and generators call.
import { spawnSync } from 'node:child_process'

/** A program, and the Debian and Ubuntu package that has it. */
export type Tool = readonly [program: string, debianPackage: string]

function has(program: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' }).status === 0
}

/** apt's lock is another's for minutes while a new machine updates itself, and a mirror may be renewed. */
const usualPatience = { tries: 6, pauseSeconds: 15 }

/** Installs what is missing, as root or by sudo, and tries again when apt cannot. Throws, and names the packages, when it never can. */
export function bringTools(tools: readonly Tool[], patience = usualPatience): void {
  const packages = tools.filter(([program]) => !has(program)).map(([, name]) => name)
  if (packages.length === 0) return
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  // of dpkg's lock apt knows by itself how to wait
  const install = ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...new Set(packages)]
  for (let tries = 1; ![['update'], install].every((words) => isDone([...prefix, 'apt-get', ...words])); tries++) {
    if (tries === patience.tries)
      throw new Error(`the packages ${packages.join(', ')} are needed, and apt-get could not install them`)
    spawnSync('sleep', [String(patience.pauseSeconds)])
  }
}

function isDone([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
}
