// How the targets of a plan get their entries: shared with other jobs, registered by us, or by a container that brings its own emulators.
import type { Entry } from '../core/model/entry.js'
import type { UsedImage } from '../core/outcome/outcome.js'
import type { Facts } from '../core/plan/plan.js'
import type { Request } from '../core/request/request.js'
import type { JournalWriter } from '../journal/journal-writer.js'
import type { Machine } from '../system/machine.js'
import type { ProbeFolder } from '../system/probe.js'
import type { Root } from '../system/root.js'
import { type Course, dueOf, isDue } from './acquire.js'
import { type Registered, registerAll } from './register.js'

type Contest = Extract<Registered, { kind: 'other-job' }>

export interface Made {
  readonly courses: readonly Course[]
  readonly entryOf: ReadonlyMap<Course, Entry | undefined>
  readonly image: UsedImage | null
  /** Where another job came first with a different emulator. */
  readonly contested?: readonly Contest[]
  /** An entry that a container left in force was given up meanwhile. */
  readonly givenUp?: true
}

/** Holds the entries of other jobs together with them; false when one of these was given up meanwhile. */
export async function shareAll(courses: readonly Course[], writer: JournalWriter): Promise<boolean> {
  for (const { planned } of courses) {
    if (planned.kind !== 'keep' || planned.share === null || planned.entry === null) continue
    if (!(await writer.share(planned.entry, planned.share.emulator, planned.share.journal))) return false
  }
  return true
}

/** Registers what has an emulator; or lets the container do it, which brings its own. */
export async function registerCourses(
  courses: readonly Course[],
  request: Request,
  bench: { writer: JournalWriter; root: Root; facts: Facts; machine: Machine; folder: ProbeFolder },
): Promise<Made> {
  if (request.wanted.kind === 'container') {
    const { registerCoursesByContainer } = await import('./register-by-container.js')
    const made = await registerCoursesByContainer(courses, request.wanted, request, bench)
    const isShared = await shareAll(
      made.courses.filter((course) => !courses.includes(course)),
      bench.writer,
    )
    return isShared ? made : { ...made, givenUp: true }
  }
  const due = courses.filter(isDue)
  const yieldToOthers = request.onConflict !== 'take'
  const results = due.length === 0 ? [] : await registerAll(due.map(dueOf), bench.writer, yieldToOthers)
  const entryOf = new Map<Course, Entry | undefined>()
  const after = courses.map((course) => {
    const at = (due as readonly Course[]).indexOf(course)
    const result = results[at]
    if (result === undefined) return course
    const registered: Course = 'magic' in result ? course : { ...course, failure: result }
    entryOf.set(registered, 'magic' in result ? result : undefined)
    return registered
  })
  return {
    courses: after,
    entryOf,
    image: null,
    contested: results.filter((result): result is Contest => !('magic' in result)),
  }
}
