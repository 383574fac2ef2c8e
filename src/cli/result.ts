// What all commands share: the machine that they work on, and the form of their result.
import type { Links } from '../core/model/links.js'
import { consoleLog, type Output } from '../system/console.js'
import { ownerOf } from '../system/journal-file.js'
import { defaultCacheFolder, type Machine, thisMachine } from '../system/machine.js'
import { absolute, type Call, type Values } from './arguments.js'

/** A call of a command, and what its texts point to. */
export interface CommandCall extends Call {
  readonly links: Links
}

/** The result of a command: text for people, an object for `--json`, and whether it succeeded. */
export interface Result {
  readonly text: string
  readonly json: object
  readonly ok: boolean
  /** The exit status, if it is not 0 for success and 1 for failure. */
  readonly status?: number
  /** The state of the machine, printed when the text cannot be; undefined if nothing was changed. */
  readonly state?: string
  /** The signal that ended the command of `run`, and is to end this process too. */
  readonly signal?: NodeJS.Signals
}

type MachineOptions = Pick<CommandCall, 'links'> & { readonly values: Values }

/** The machine, as the options describe it; progress goes to `stream`, by default node's standard error. */
export function machineOf({ values, links }: MachineOptions, stream?: Output): Machine {
  const log = consoleLog({ quiet: values.quiet === true, verbose: values.verbose === true }, stream)
  // changes of the command line last until `restore`, so no process owns them
  const owner = ownerOf('cli', process.pid)
  return thisMachine({
    cacheFolder: absolute(values['cache-dir']) || defaultCacheFolder(),
    owner,
    log,
    links,
  })
}
