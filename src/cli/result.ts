// What every command of the command line has: the machine that it works on, and what it answers.
import { consoleLog, type Output } from '../system/console.js'
import { ownerOf } from '../system/journal-file.js'
import { defaultCacheFolder, type Machine, thisMachine } from '../system/machine.js'
import { absolute, type Values } from './arguments.js'

/** A command's result: text for people, an object for `--json`, and whether it is green. */
export interface Result {
  readonly text: string
  readonly json: object
  readonly ok: boolean
  /** The exit status, where it is not 0 for green and 1 for red. */
  readonly status?: number
  /** What is so on the machine now, to be told when nobody gets the text; undefined where nothing was changed. */
  readonly state?: string
  /** The signal to die by, as the command did that was run. */
  readonly signal?: NodeJS.Signals
}

/** The machine, as the options of a call describe it; `stream` is where progress goes, if not to node's standard error. */
export function machineOf(values: Values, stream?: Output): Machine {
  const log = consoleLog({ quiet: values.quiet === true, verbose: values.verbose === true }, stream)
  // the changes of the command line last until restore, so no process owns them
  const owner = ownerOf('cli', process.pid)
  return thisMachine({
    cacheFolder: absolute(values['cache-dir']) || defaultCacheFolder(),
    owner,
    log,
  })
}
