// What a face of the product does with method container, by a wish as JSON in the first argument: registers, then tells what runs each target.

import { registerByContainer } from '../../../src/containers/register.js'
import { asSetupError } from '../../../src/core/model/errors.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { JournalWriter } from '../../../src/journal/journal-writer.js'
import { openTable } from '../../../src/system/binfmt.js'
import { thisMachine, withProbeFolder } from '../../../src/system/machine.js'
import { startOfProcess } from '../../../src/system/process.js'
import { silentLog, warmCache } from '../../support/programs/emulators.js'

interface Words {
  readonly image: string
  readonly engine: 'docker' | 'podman' | 'nerdctl' | null
  readonly targets: readonly string[]
  readonly credentials: boolean
  readonly offline: boolean
  readonly reset: boolean
}

async function main(words: Words): Promise<object> {
  const owner = { face: 'cli', pid: process.pid, start: startOfProcess(process.pid) ?? '' } as const
  const lines: string[] = []
  const log = { ...silentLog, info: (line: string) => void lines.push(line) }
  const machine = thisMachine({ cacheFolder: warmCache, owner, log })
  return await withProbeFolder(words.targets, machine, 'upstream', async (folder) => {
    const root = await machine.root()
    const writer = new JournalWriter(machine, root, await openTable(root))
    const heads = new Map(words.targets.map((name) => [name, folder.probe(name).bytes.subarray(0, 256)] as const))
    const wish = { ...words, targets: words.targets.map(targetNamed), host: machine.host, log }
    try {
      const done = await registerByContainer(wish, writer, root, heads)
      const runs = await Promise.all(
        words.targets.map(async (name) => [name, (await folder.direct(name)).run] as const),
      )
      const [entries, hidden, unregistered] = [done.entries, done.hidden, done.unregistered].map((map) =>
        Object.fromEntries(map),
      )
      return { ...done, entries, hidden, unregistered, runs: Object.fromEntries(runs) }
    } catch (thrown) {
      await writer.undo()
      const { code, message, hint } = asSetupError(thrown)
      return { error: { code, message, hint }, told: lines }
    }
  })
}

console.log(JSON.stringify(await main(JSON.parse(process.argv[2] ?? '{}'))))
