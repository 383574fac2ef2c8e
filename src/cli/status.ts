// `setup-qemu status`: the kernel's table, and what stands behind each entry.
import { viewJson, viewText } from '../core/explain/table-view.js'
import { inspectTable } from '../setup/status.js'
import type { Call } from './arguments.js'
import { machineOf, type Result } from './result.js'

/** The table as it is now. Throws what opening it throws. */
export async function statusResult({ values }: Call): Promise<Result> {
  const facts = await inspectTable(machineOf(values))
  return { text: viewText(facts), json: viewJson(facts), ok: true }
}
