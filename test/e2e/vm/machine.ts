// One VM: QEMU's system emulator without acceleration, its serial console in a file, ended by the guest's reboot or by the time limit.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from '../../../src/core/model/catalog.js'
import type { Check } from '../check.js'
import { toldOn } from './console.js'

export interface Vm {
  /** `amd64-bookworm`: also the name of the console's file. */
  readonly name: string
  readonly host: Host
  readonly cpu: string
  readonly image: string
  readonly initrd: string
  /** Raw images, the first is /dev/vda; nothing that the VM writes is kept. */
  readonly disks: readonly string[]
  /** What it asks setup for, for the table. */
  readonly targets: string
  /** For the kernel's command line. */
  readonly words: readonly string[]
  readonly limitSeconds: number
}

/** A row of the table: what ran, and how it went. */
export interface Row {
  readonly vm: Vm
  readonly kernel: string
  readonly init: string
  readonly seconds: number
  readonly checks: readonly Check[]
}

const programs: Readonly<Record<Host, { program: string; machine: readonly string[]; serial: string }>> = {
  amd64: { program: 'qemu-system-x86_64', machine: ['-M', 'q35'], serial: 'ttyS0' },
  arm64: { program: 'qemu-system-aarch64', machine: ['-M', 'virt,gic-version=3'], serial: 'ttyAMA0' },
}

/** Program and arguments; `serial` is QEMU's word for where the console goes. */
export function qemuLine(vm: Vm, serial: string, mark: string): readonly [string, readonly string[]] {
  const { program, machine, serial: console } = programs[vm.host]
  const drives = vm.disks.flatMap((file) => ['-drive', `file=${file},format=raw,if=virtio,snapshot=on`])
  const append = [`console=${console}`, 'quiet', 'loglevel=1', 'panic=-1', `vm.mark=${mark}`, ...vm.words].join(' ')
  return [
    program,
    [
      ...[...machine, '-accel', 'tcg', '-cpu', vm.cpu, '-smp', '1', '-m', '2048'],
      ...['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-serial', serial],
      ...['-kernel', vm.image, '-initrd', vm.initrd, '-append', append],
      ...drives,
    ],
  ]
}

/** Boots a VM, waits for its end, and gives its checks; the console is kept when one failed. */
export async function runVm(vm: Vm): Promise<Row> {
  mkdirSync('build/vm', { recursive: true })
  const file = join('build/vm', `${vm.name}.console`)
  rmSync(file, { force: true })
  const mark = `@@${randomBytes(8).toString('hex')}`
  const started = performance.now()
  const ending = await ended(qemuLine(vm, `file:${file}`, mark), vm.limitSeconds)
  const seconds = (performance.now() - started) / 1000
  const { kernel, init, checks, complete } = toldOn(existsSync(file) ? readFileSync(file, 'latin1') : '', mark)
  const through: Check = {
    name: 'the scenario goes through to its end',
    ok: complete && ending === 'exit status 0',
    seconds,
    detail: `${ending}, ${checks.length} checks told`,
  }
  const all = [...checks, through].map((check) => ({ ...check, name: `${vm.name}: ${check.name}` }))
  const failed = all.filter(({ ok }) => !ok)
  if (failed.length === 0) rmSync(file, { force: true })
  const result = failed.length === 0 ? 'ok    ' : 'FAILED'
  console.log(
    `${result} ${vm.name} (${all.length} checks, ${seconds.toFixed(0)} s)${failed.length > 0 ? `: ${file}` : ''}`,
  )
  return { vm, kernel, init, seconds, checks: all }
}

function ended([program, args]: ReturnType<typeof qemuLine>, limitSeconds: number): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    let limit = ''
    const timer = setTimeout(() => {
      limit = `ended at the limit of ${limitSeconds} s, `
      child.kill('SIGKILL')
    }, limitSeconds * 1000)
    child.on('error', (error) => {
      clearTimeout(timer)
      resolve(`${program}: ${error.message}`)
    })
    child.on('exit', (status, signal) => {
      clearTimeout(timer)
      resolve(`${limit}${signal ?? `exit status ${status}`}`)
    })
  })
}
