// The linters of workflows and actions, in pinned versions: actionlint, a program in Go, and zizmor, out of its wheel from PyPI. Both are kept in the cache
// of the tests and installed nowhere. shellcheck, which actionlint calls for the lines of `run`, is the machine's.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { attempt, outputOf } from '../catalog/command.js'
import { bringTools, type Tool } from '../tools.js'

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'setup-qemu-tests', 'linters')

const actionlint = { version: '1.7.12', module: 'github.com/rhysd/actionlint/cmd/actionlint' }
/** SHA-256 of the wheels, by Node's name of the architecture. */
const zizmor = {
  version: '1.32.0',
  wheels: {
    x64: '84a6acb975accc13408786a2bd274b572537ca19c933ebbc13e78f3988562071',
    arm64: '0cdd38fca6eb34ceb567548548d706332e3535ea66894b9168c048e03207b68c',
  },
}

/** The path of a program in the cache; `make` writes it into an empty folder when it is not there. */
function kept(name: string, program: string, make: (folder: string) => void): string {
  const place = join(cache, name)
  if (!existsSync(place)) {
    mkdirSync(cache, { recursive: true })
    const work = mkdtempSync(join(cache, 'work-'))
    try {
      make(work)
      chmodSync(join(work, program), 0o755)
      if (!existsSync(place)) renameSync(work, place)
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  }
  return join(place, program)
}

/** actionlint, built by the machine's Go; Go's checksum database pins the bytes of a version. */
function actionlintPath(): string {
  const { version, module } = actionlint
  return kept(`actionlint-${version}-${process.arch}`, 'actionlint', (folder) => {
    // a Go that is too old fetches a newer one
    const env = { GOBIN: folder, GOFLAGS: '-buildvcs=false', GOTOOLCHAIN: 'auto' }
    outputOf('go', ['install', `${module}@v${version}`], { env })
  })
}

function zizmorPath(): string {
  const { version, wheels } = zizmor
  const sha256 = wheels[process.arch === 'arm64' ? 'arm64' : 'x64']
  return kept(`zizmor-${sha256.slice(0, 16)}`, 'zizmor', (folder) => {
    const wanted = join(folder, 'wanted.txt')
    writeFileSync(wanted, `zizmor==${version} --hash=sha256:${sha256}\n`)
    const only = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--disable-pip-version-check']
    outputOf('pip3', ['download', ...only, '--dest', folder, '--requirement', wanted])
    const script = `import glob, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0])
open(sys.argv[1] + '/zizmor', 'wb').write(wheel.read('zizmor-${version}.data/scripts/zizmor'))`
    outputOf('python3', ['-c', script, folder])
  })
}

export interface LinterReport {
  readonly linter: 'actionlint' | 'zizmor'
  readonly ok: boolean
  readonly text: string
}

/** Programs that the linters are made with, and shellcheck, which actionlint calls. */
export const linterTools: readonly Tool[] = [
  ['shellcheck', 'shellcheck'],
  ['pip3', 'python3-pip'],
  ['git', 'git'],
  ['go', 'golang-go'],
]

/** Brings what the linters need, which takes half a minute the first time. */
export function bringLinters(): void {
  bringTools(linterTools)
  actionlintPath()
  zizmorPath()
}

/** What both say of a folder with `.github/workflows` and actions. Nobody is asked over the network. */
export function linted(folder: string): LinterReport[] {
  const calls = [
    { linter: 'actionlint' as const, program: actionlintPath(), args: ['-color=false'] },
    {
      linter: 'zizmor' as const,
      program: zizmorPath(),
      args: ['--offline', '--no-progress', '--quiet', '--color=never', '--strict-collection', '.'],
    },
  ]
  return calls.map(({ linter, program, args }) => {
    const { status, stdout, stderr } = attempt(program, args, { cwd: folder })
    return { linter, ok: status === 0, text: `${stdout}${stderr}`.trim() }
  })
}
