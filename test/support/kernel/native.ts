// Which programs this machine runs without an emulator. It depends on more than the processor: a kernel runs 32-bit x86 programs or does not
// (CONFIG_IA32_EMULATION, `ia32_emulation=0`), and an arm64 processor may have no 32-bit Arm.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hostOf } from '../../../src/core/model/host.js'
import { errnoOfNumber } from '../../../src/system/command.js'
import { thisMachine } from '../../../src/system/machine.js'
import { silentLog, warmCache } from '../programs/emulators.js'

/** The target that is native on every machine: the host's own. */
export const hostTarget = hostOf(process.platform, process.arch).machine

const answers = new Map<string, boolean>()

/** Whether the kernel itself runs the programs of a target: its probe is run where the table is empty. Throws when it neither ran nor was refused. */
export function isNative(target: string): boolean {
  const known = answers.get(target)
  if (known !== undefined) return known
  const answer = answerOf(target)
  answers.set(target, answer)
  return answer
}

function answerOf(target: string): boolean {
  const owner = { face: 'cli', pid: process.pid, start: '' } as const
  const { launcher, probes } = thisMachine({ cacheFolder: warmCache, owner, log: silentLog }).probes
  const probe = probes.get(target)
  if (probe === undefined) throw new Error(`there is no probe for ${target}`)
  const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-native-'))
  try {
    const [launch, path] = [join(folder, 'launch'), join(folder, target)]
    writeFileSync(launch, launcher, { mode: 0o755 })
    writeFileSync(path, probe, { mode: 0o755 })
    // a shell would try to read as a script what the kernel refuses; the launcher tells the errno
    const args = [launch, '-', '-', '', path, 'name']
    const { status, stdout, stderr } = spawnSync('test/support/kernel/private.sh', args, {
      input: 'A',
      encoding: 'utf8',
    })
    // it answers with the byte that it was given, changed in a way of its own
    if (status === (0x41 ^ 0x5a) && stdout.startsWith(`setup-qemu probe 1 ${target}\n`)) return true
    if (errnoOfNumber(status ?? 0) === 'ENOEXEC' && stdout === '' && stderr.startsWith('setup-qemu: exec')) return false
    throw new Error(`the probe of ${target} ended with ${status}: ${stdout}${stderr}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
