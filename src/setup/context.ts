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
  /** The engines of `verify-in`, if any. */
  readonly containers?: Containers
  /** The table was mounted only to read it. */
  readonly mounted: boolean
  /** Without root, existing entries are verified as far as that is possible. */
  readonly root?: Root
  /** Only when something is registered or shared. */
  readonly writer?: JournalWriter
}

/** The same while entries are registered. */
export interface RegisteringContext extends SetupContext {
  readonly root: Root
  readonly writer: JournalWriter
}
