// What others have in the table, and what a container does to it, done by hand on the real kernel.
import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { changesOf } from '../../../src/core/containers/container-changes.js'
import { recordOf, withPrecedence } from '../../../src/core/journal/recorded-entry.js'
import { JournalWriter } from '../../../src/journal/journal-writer.js'
import { restoreAll } from '../../../src/journal/restore.js'
import { binfmtFolder, tableByPrecedence } from '../../../src/system/binfmt.js'
import { readJournals } from '../../../src/system/journal-file.js'
import { acquireRoot } from '../../../src/system/root.js'
import { ruleOf } from '../engines/engine.js'
import { emulatorPath } from '../programs/emulators.js'
import { entryFor, names, registerByHand, temporaryFolder, testMachine } from './table.js'

export const root = await acquireRoot()
export const current = await emulatorPath('aarch64')
export const old = await emulatorPath('aarch64', '7.2.22')

export const restore = () => restoreAll(acquireRoot, 'usual')
/** By name the text of each entry. */
export const texts = () =>
  Object.fromEntries(names().map((name) => [name, readFileSync(join(binfmtFolder, name), 'utf8')]))

export function byHand(line: string): void {
  writeFileSync(join(binfmtFolder, 'register'), line)
}

export function remove(...gone: string[]): void {
  for (const name of gone) writeFileSync(join(binfmtFolder, name), '-1')
}

/** Entries of others of every sort: disabled, by file name, with an offset, without a mask, with odd characters. */
export function foreigners(): void {
  registerByHand(entryFor('aarch64', old))
  registerByHand(entryFor('riscv64', '/nowhere/qemu', { flags: 'P' }))
  writeFileSync(join(binfmtFolder, 'qemu-riscv64'), '0')
  byHand(':qemu-text:E::q::/bin/true:')
  byHand('|qemu-a:b|M|4|QEMU||/bin/a:b c|O')
  registerByHand(entryFor('aarch64', current, { name: 'last' }))
}

/**
 * What the tests' image does that has multiarch's command line: `--reset` removes whatever is named qemu-*, and targets are registered with an
 * emulator of its own. Its script, with other places for its files.
 */
export function resetByImage(targets: readonly string[], emulatorFile = current): void {
  const place = temporaryFolder()
  writeFileSync(join(place, 'rules'), targets.map(ruleOf).join(''))
  for (const target of targets) copyFileSync(emulatorFile, join(place, `qemu-${target}-static`))
  const script = readFileSync('test/support/engines/image-register.sh', 'utf8')
    .replaceAll('/rules', join(place, 'rules'))
    .replaceAll('/usr/bin/qemu-', join(place, 'qemu-'))
  execFileSync('sh', ['-c', script, 'register', '--reset', '-p', 'yes', '-c', 'yes'], {
    env: { ...process.env, END_WAIT: '0', END_STATUS: '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/** The journal of a call whose container did `work`; it is `ended` before the changes are noted, or goes on to that. */
export async function container(work: () => void, ended = false): Promise<JournalWriter> {
  const writer = new JournalWriter(testMachine(), root, false)
  const record = recordOf(tableByPrecedence(), readJournals().journals, writer.journal)
  await writer.recordTable(record)
  work()
  const { made, replaced, unchanged } = changesOf(record, tableByPrecedence())
  if (!ended) await writer.recordChanges(made, withPrecedence(replaced, unchanged, record))
  return writer
}
