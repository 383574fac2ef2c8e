// Children and signals: storms of them, threads that start some, how they end, and how their parents learn of it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from './row.js'
import { behaviour, inFolder, limited, type Side, told, withLimits } from './side.js'

/** Cores land beside the program and can be seen only with the kernel's own pattern. */
const plainCores = readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim() === 'core'

const aarch64 = 183

/** Cores that a crash leaves with `ulimit -c unlimited`: of the program (by name of its machine), and of the emulator. */
function cores(side: Side): string {
  return inFolder(side, (folder) => {
    const words = [...withLimits({ core: 'unlimited' }), join(side.folder, 'behaviour'), 'die', 'fault']
    told(side, words, { cwd: folder })
    const kinds = readdirSync(folder).map((name) => {
      const guest = readFileSync(join(folder, name)).readUInt16LE(18) === aarch64
      return guest && /^qemu_behaviour_\d{8}-\d{6}_\d+\.core$/.test(name)
        ? "QEMU's core of the program"
        : "the kernel's core"
    })
    return kinds.sort().join(', ')
  })
}

const kernelCore = plainCores ? "the kernel's core" : ''
const uncaught = 'qemu: uncaught target signal'

export const processRows: readonly Row[] = [
  {
    name: '1000 children by fork and exec',
    see: (side) => behaviour(side, 'storm', [1000]),
    natively: '1000 of 1000 right',
  },
  { name: 'exit statuses 0 to 255', see: (side) => behaviour(side, 'statuses'), natively: '256 of 256 right' },
  { name: 'threads that start children', see: (side) => behaviour(side, 'threads'), natively: '160 of 160 right' },
  {
    name: 'posix_spawn of a missing program',
    see: (side) => behaviour(side, 'spawn-missing'),
    natively: 'ENOENT',
    emulated: { default: 'started, then exit 127' },
  },
  {
    name: 'memory of a parent after vfork',
    see: (side) => behaviour(side, 'vfork'),
    natively: 'memory shared',
    emulated: { default: 'memory copied' },
  },
  { name: 'end by SIGTERM', see: (side) => limited(side, { core: 0 }, 'die', 15), natively: 'SIGTERM' },
  { name: 'end by SIGKILL', see: (side) => limited(side, { core: 0 }, 'die', 9), natively: 'SIGKILL' },
  {
    name: 'end by SIGABRT',
    see: (side) => limited(side, { core: 0 }, 'die', 6),
    natively: 'SIGABRT',
    emulated: { default: `${uncaught} 6 (Aborted) - core dumped; SIGABRT` },
  },
  {
    name: 'end by a wrong address',
    see: (side) => limited(side, { core: 0 }, 'die', 'fault'),
    natively: 'SIGSEGV',
    emulated: { default: `${uncaught} 11 (Segmentation fault) - core dumped; SIGSEGV` },
  },
  {
    name: 'signals that end a child, as its parent sees them',
    see: (side) => behaviour(side, 'deaths'),
    natively: '1 2 3 4 5 6 7 8 9 10 11 13 14 15 24',
  },
  {
    name: 'child stopped and continued',
    see: (side) => behaviour(side, 'stopped'),
    natively: 'stopped, continued, exit 7',
  },
  {
    name: 'address of a fault in a handler',
    see: (side) => behaviour(side, 'fault-address'),
    natively: 'address 16, code 1',
  },
  { name: 'overflow of the stack, caught', see: (side) => behaviour(side, 'overflow'), natively: 'caught' },
  {
    name: 'real-time signals',
    see: (side) => behaviour(side, 'realtime'),
    natively: '31 of 31',
    emulated: { default: '27 of 31', older: '29 of 31' },
  },
  {
    name: 'timers',
    see: (side) => behaviour(side, 'timers'),
    natively: 'setitimer, timer_create, timerfd, sleep interrupted',
  },
  {
    name: 'cores with ulimit -c unlimited',
    see: cores,
    natively: kernelCore,
    emulated: {
      default: "QEMU's core of the program",
      // 7.2 leaves the emulator's own too, of some hundred MB
      older: ["QEMU's core of the program", kernelCore].filter((text) => text !== '').join(', '),
    },
  },
]
