// What the steps of one set-up work with.

import type { Containers } from '../containers/verify-in.js'
import type { Facts } from '../core/plan/plan.js'
import type { Request } from '../core/request/request.js'
import type { JournalWriter } from '../journal/journal-writer.js'
import type { Machine } from '../system/machine.js'
import type { ProbeFolder } from '../system/probe.js'
import type { Root } from '../system/root.js'
import type { Guest } from './verify-guest.js'

export interface SetupContext {
  readonly request: Request
  readonly machine: Machine
  readonly folder: ProbeFolder
  readonly facts: Facts
  readonly guest: Guest
  /** The engines of `verify-in`, where there are any. */
  readonly containers?: Containers
  /** The table was mounted to look at it. */
  readonly mounted: boolean
  /** Without root's rights entries that are there are verified as far as that goes. */
  readonly root?: Root
  /** Only there when something is registered, or shared. */
  readonly writer?: JournalWriter
}

/** The same when the table is open for changes. */
export interface RegisteringContext extends SetupContext {
  readonly root: Root
  readonly writer: JournalWriter
}
