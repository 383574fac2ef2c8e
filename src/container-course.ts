// The targets that a container registers: what it made becomes their entries, and what it did not make is a failure.
import { registerByContainer } from './container.js'
import type { Entry } from './core/entry.js'
import { referenceText } from './core/image-reference.js'
import type { UsedImage } from './core/outcome.js'
import { type Facts, rivalsOf } from './core/plan.js'
import type { Request } from './core/request.js'
import type { Wanted } from './core/wanted.js'
import type { Course } from './course.js'
import type { Ledger } from './ledger.js'
import type { Machine } from './machine.js'
import type { Root } from './system/root.js'

interface Bench {
  readonly ledger: Ledger
  readonly root: Root
  readonly facts: Facts
  readonly machine: Machine
}

/** Runs the container for all targets that are to be registered. Throws what `registerByContainer` throws. */
export async function registerCoursesByContainer(
  courses: readonly Course[],
  wanted: Extract<Wanted, { kind: 'container' }>,
  request: Request,
  { ledger, root, facts, machine }: Bench,
): Promise<{ courses: Course[]; entryOf: Map<Course, Entry | undefined>; image: UsedImage | null }> {
  const due = courses.filter(({ planned }) => planned.kind === 'register')
  if (due.length === 0) return { courses: [...courses], entryOf: new Map(), image: null }
  const asked = referenceText(wanted.image)
  const { credentials, offline } = request
  const targets = due.map(({ planned }) => planned.platform.target)
  const heads = new Map([...facts.before].map(([name, { head }]) => [name, head]))
  const wish = { image: asked, engine: wanted.engine, targets, credentials, offline }
  const done = await registerByContainer(wish, ledger, root, heads)
  for (const note of done.notes) machine.log.info(note)
  const entryOf = new Map<Course, Entry | undefined>()
  const after = courses.flatMap((course): Course[] => {
    if (!due.includes(course)) return [course]
    const { name } = course.planned.platform.target
    const entry = done.entries.get(name)
    if (entry === undefined && request.all) return []
    const names = rivalsOf(name, facts, request.rules).entries.map((rival) => rival.name)
    const made: Course =
      entry === undefined
        ? { ...course, failure: { kind: 'container-made-nothing', image: asked, names } }
        : entry.flags.includes('C') === credentials
          ? { ...course, locator: 'container' }
          : { ...course, failure: { kind: 'wrong-flags', entry: entry.name, flags: entry.flags, credentials } }
    entryOf.set(made, entry)
    return [made]
  })
  return { courses: after, entryOf, image: { asked, pinned: done.image } }
}
