// `setup-qemu status`: the kernel's table, and what stands behind each entry.
import { viewJson, viewText } from '../core/explain/table-view.js'
import { inspectTable } from '../setup/status.js'
import { type CommandCall, machineOf, type Result } from './result.js'

/** The table as it is now. Throws what opening it throws. */
export async function statusResult(call: CommandCall): Promise<Result> {
  const facts = await inspectTable(machineOf(call))
  return { text: viewText(facts, call.links), json: viewJson(facts), ok: true }
}
