// Boots one VM with a shell on this terminal: `node build/test/e2e/vm/shell.js amd64-trixie`. QEMU's own keys: Ctrl-A X ends it.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bringTools } from '../../../scripts/tools.js'
import { vmMakers, vmTools } from './all.js'
import { qemuLine, type Vm } from './machine.js'

const [wanted = ''] = process.argv.slice(2)
bringTools(vmTools)
const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-vm-'))
try {
  const vms: Vm[] = []
  for (const make of Object.values(vmMakers)) vms.push(...(await make(folder)))
  const vm = vms.find(({ name }) => name === wanted)
  if (vm === undefined)
    throw new Error(`there is no VM "${wanted}"; there are ${vms.map(({ name }) => name).join(', ')}`)
  const words = vm.words.map((word) => (word === 'systemd.unit=scenario.service' ? 'systemd.unit=shell.service' : word))
  // a login prompt would read the same console
  words.push('vm.shell', 'systemd.mask=serial-getty@ttyS0.service')
  const [program, args] = qemuLine({ ...vm, words }, 'mon:stdio', '@@shell')
  spawnSync(program, args, { stdio: 'inherit' })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
