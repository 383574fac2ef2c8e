// The part `vm` of the end-to-end run: old and new kernels, arm64 machines, and Debian with systemd as process 1, two VMs at a time, and a
// table of what ran where. SETUP_QEMU_VM names some of them: `SETUP_QEMU_VM=amd64-trixie,arm64-trixie`.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bringTools } from '../../../scripts/tools.js'
import { tableText } from '../../../src/core/text/table.js'
import type { Check } from '../check.js'
import { isWanted, vmMakers, vmTools } from './all.js'
import { type Row, runVm, type Vm } from './machine.js'

const [results = ''] = process.argv.slice(2)
const atOnce = 2
const rows: Row[] = []
const failures: Check[] = []

function save(): void {
  writeFileSync(results, JSON.stringify([...rows.flatMap(({ checks }) => checks), ...failures]))
}

/** All VMs that can be made; what cannot be made is a failed check, and the others run. */
async function madeVms(folder: string): Promise<Vm[]> {
  const vms: Vm[] = []
  for (const [name, make] of Object.entries(vmMakers)) {
    try {
      vms.push(...(await make(folder)))
    } catch (error) {
      failures.push({ name: `preparation of ${name}`, ok: false, seconds: 0, detail: String(error) })
    }
  }
  return vms.filter(isWanted)
}

async function runAll(vms: readonly Vm[]): Promise<void> {
  const waiting = vms.values()
  const worker = async () => {
    for (const vm of waiting) {
      rows.push(await runVm(vm))
      save()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  rows.sort((one, other) => vms.indexOf(one.vm) - vms.indexOf(other.vm))
}

function vmTable(): string {
  const lines = rows.map(({ vm, kernel, init, seconds, checks }) => {
    const failed = checks.filter(({ ok }) => !ok).length
    const result = failed === 0 ? `${checks.length} ok` : `${failed} of ${checks.length} FAILED`
    return [vm.host, kernel, init, vm.targets, result, seconds.toFixed(0)]
  })
  return tableText([['host', 'kernel', 'init', 'targets', 'result', 'seconds'], ...lines])
}

bringTools(vmTools)
const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-vm-'))
try {
  await runAll(await madeVms(folder))
  save()
  console.log(`\n${vmTable()}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
