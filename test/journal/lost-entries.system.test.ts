// What status and explain say of entries of ours that somebody else took away.

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { viewJson, viewText } from '../../src/core/explain/table-view.js'
import { plainLinks } from '../../src/core/model/links.js'
import { restoreAll } from '../../src/journal/restore.js'
import { inspectTable } from '../../src/setup/status.js'
import { binfmtFolder, isMounted } from '../../src/system/binfmt.js'
import { acquireRoot } from '../../src/system/root.js'
import { seesEveryProcess } from '../support/kernel/every-process.js'
import { cleanAfterEach, entryFor, registerByHand, testMachine } from '../support/kernel/table.js'
import { emulatorPath } from '../support/programs/emulators.js'
import { foreseen, rootBeforeEach, setUp } from '../support/programs/foreseen.js'

cleanAfterEach()
afterEach(() => {
  if (!isMounted()) execFileSync('mount', ['-t', 'binfmt_misc', 'binfmt_misc', binfmtFolder])
})
rootBeforeEach()

const old = await emulatorPath('aarch64', '7.2.22')
const when = String.raw`registered \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC for the command line \(process \d+\)`
const flush = () => writeFileSync(join(binfmtFolder, 'status'), '-1')

async function status() {
  const facts = await inspectTable(testMachine())
  return {
    text: viewText(facts, plainLinks),
    json: viewJson(facts) as { lost: { entry: string; registered: string }[] },
  }
}

describe('an entry of ours', () => {
  it('that stands is not lost, nor one that restore removed', async () => {
    await setUp()
    expect((await status()).json.lost).toEqual([])
    await restoreAll(acquireRoot, 'usual')
    const { text, json } = await status()
    expect([text, json.lost]).toEqual(['the table is empty: no foreign programs are handled here', []])
  })

  it('that a flush took is named, with when it was registered', async () => {
    const start = Date.now()
    await setUp()
    flush()
    const { text, json } = await status()
    expect(text).toMatch(
      new RegExp(`^the table is empty: .*\n\nqemu-aarch64, ${when}, was removed since by somebody else$`),
    )
    expect(json.lost).toMatchObject([{ entry: 'qemu-aarch64', how: 'removed', owner: { face: 'cli', ended: false } }])
    const registered = Date.parse(json.lost[0]?.registered ?? '')
    expect([registered >= start, registered <= Date.now()]).toEqual([true, true])
    expect(await foreseen('/bin/foreign')).toMatch(
      new RegExp(
        `no entry of the kernel's table matches those: qemu-aarch64, ${when}, was removed since by somebody else`,
      ),
    )
  })

  it('that somebody replaced is named beside what stands there', async () => {
    await setUp()
    writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '-1')
    registerByHand(entryFor('aarch64', old))
    const { text, json } = await status()
    expect(text).toMatch(new RegExp(`\nqemu-aarch64, ${when}, was replaced since by somebody else$`))
    expect(json.lost).toMatchObject([{ how: 'replaced' }])
  })

  it('that went with its table is named, with no table and with another one', async () => {
    await setUp()
    execFileSync('umount', [binfmtFolder])
    const gone = new RegExp(`\nqemu-aarch64, ${when}, went with its table, which was unmounted since$`)
    expect((await status()).text).toMatch(seesEveryProcess() ? gone : /^(?![\s\S]*went with its table)/)
    const why = seesEveryProcess()
      ? /binfmt_misc is not mounted: qemu-aarch64, registered .* unmounted/
      : /binfmt_misc is not mounted/
    expect(await foreseen('/bin/foreign')).toMatch(why)
    execFileSync('mount', ['-t', 'binfmt_misc', 'binfmt_misc', binfmtFolder])
    expect((await status()).text).toMatch(seesEveryProcess() ? gone : /^(?![\s\S]*went with its table)/)
    await restoreAll(acquireRoot, 'usual')
    expect((await status()).json.lost).toEqual([])
  })
})
