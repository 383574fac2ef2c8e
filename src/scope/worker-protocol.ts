// What is said between a call and the worker that it starts inside a private scope: lines of JSON over file 3. The worker is this bundle, started
// once more (src/setup/worker.ts).

import type { Owner } from '../core/journal/journal.js'
import { errorAgain, type SetupError, type SetupErrorCode } from '../core/model/errors.js'
import type { Outcome } from '../core/outcome/outcome.js'
import type { Plan } from '../core/plan/plan.js'
import type { Request } from '../core/request/request.js'

/** What is asked: a set-up or only its plan, and for a run the program to start when all is proven. */
export interface Ask {
  readonly deed: 'setup' | 'plan'
  readonly request: Request
  readonly cacheFolder: string
  readonly owner: Owner
  readonly log:
    | { readonly face: 'workflow' }
    | { readonly face: 'console'; readonly quiet: boolean; readonly verbose: boolean }
  readonly run?: {
    readonly file: string
    readonly args: readonly string[]
    readonly environment: Readonly<Record<string, string | undefined>>
    /** What the set-up mounted for itself, to be unmounted before. */
    readonly unmount: string
  }
}

/** What is answered, one after the other. */
export type Answer =
  | { readonly kind: 'error'; readonly code: SetupErrorCode; readonly message: string; readonly hint: string }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'started' }
  | { readonly kind: 'unstarted'; readonly errno: string }
  | { readonly kind: 'ended'; readonly status: number | null; readonly signal: NodeJS.Signals | null }

/** Asks of whoever started us: first an `Ask`, then signals for the command. */
export type Line = Ask | { readonly signal: NodeJS.Signals }

/** An answer that is an error, as the error that it was. */
export function errorOf({ code, message, hint }: Extract<Answer, { kind: 'error' }>): SetupError {
  return errorAgain(code, message, hint)
}

/** Its first argument then; nobody else has one of this name. */
export const insideWord = '--inside-private-scope'
