// The kernel's table of the private instance that the system tests run in: emptied between tests, changed by hand as a stranger would.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { type Entry, registerLine } from '../../../src/core/model/entry.js'
import type { Rules } from '../../../src/core/model/rule.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { binfmtFolder } from '../../../src/system/binfmt.js'
import { Fingerprints } from '../../../src/system/fingerprint.js'
import { catalog, type Machine, thisMachine } from '../../../src/system/machine.js'
import { ProbeFolder } from '../../../src/system/probe.js'
import { startOfProcess } from '../../../src/system/process.js'
import { silentLog, warmCache } from '../programs/emulators.js'

/** Empties the table, /run and the temporary folders after each test of a file. */
export function cleanAfterEach(): void {
  afterEach(() => {
    writeFileSync(join(binfmtFolder, 'status'), '1')
    writeFileSync(join(binfmtFolder, 'status'), '-1')
    for (const name of readdirSync('/run')) rmSync(join('/run', name), { recursive: true })
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })
}

const folders: string[] = []

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-test-'))
  folders.push(folder)
  return folder
}

/** An entry for a target as anybody could register it. */
export function entryFor(target: string, interpreter: string, change: Partial<Entry> = {}): Entry {
  const { magic, mask } = targetNamed(target)
  return { name: `qemu-${target}`, interpreter, flags: 'POCF', offset: 0, magic, mask, ...change }
}

/** Registers as a stranger would: one write, no journal. */
export function registerByHand(entry: Entry): Entry {
  writeFileSync(join(binfmtFolder, 'register'), registerLine(entry))
  return entry
}

/** The names in the table. */
export function names(): string[] {
  return readdirSync(binfmtFolder).filter((name) => name !== 'register' && name !== 'status')
}

/** This machine, with the tests' cache. */
export function testMachine(
  change: Partial<Pick<Machine, 'cacheFolder' | 'owner' | 'onJournal' | 'log'>> = {},
): Machine {
  const owner = { face: 'cli', pid: process.pid, start: startOfProcess(process.pid) ?? '' } as const
  return thisMachine({ cacheFolder: warmCache, owner, log: silentLog, ...change })
}

/** Probes of some targets, ready to run; closed with the other folders. */
export function probeFolder(targets: readonly string[], timeoutMs?: number, rules: Rules = 'upstream'): ProbeFolder {
  return new ProbeFolder(temporaryFolder(), targets, testMachine().probes, new Fingerprints(catalog), {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    rules,
  })
}
