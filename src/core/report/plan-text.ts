// A plan as a person and a program read it: what `setup --dry-run` prints.
import { referenceText } from '../model/image-reference.js'
import type { Plan, Registration, TargetPlan } from '../plan/plan.js'
import { visible } from '../text/visible.js'
import { emulatorWords, nameOf } from './outcome-text.js'

/** A plan in words, a line or two a target. */
export function planText(plan: Plan): string {
  return plan.targets.flatMap(plannedLines).map(visible).join('\n')
}

function plannedLines(planned: TargetPlan): string[] {
  const name = nameOf(planned)
  if (planned.kind === 'native') return [`${name}  native: ${planned.reason}`]
  if (planned.kind === 'impossible') return [`${name}  impossible: ${planned.reason}`]
  if (planned.kind === 'keep') {
    const { fingerprint, entry, reason } = planned
    const kept = `${name}  keep ${entry?.name ?? 'what is there'}: ${reason}`
    return [kept, `  ${emulatorWords(fingerprint)}, sha256 ${fingerprint.sha256}`]
  }
  const how =
    planned.source.kind === 'container'
      ? `let a container of ${referenceText(planned.source.image)} register`
      : `register ${planned.name} with flags ${planned.flags[0]}${planned.rules === 'wide' ? ' and a wide rule' : ''}`
  return [`${name}  ${how}: ${planned.reason}`, `  ${sourceWords(planned.source)}`]
}

function sourceWords(source: Registration['source']): string {
  switch (source.kind) {
    case 'catalog':
      return `${emulatorWords(source.emulator)}, sha256 ${source.emulator.sha256}`
    case 'file':
      return `${emulatorWords(source.emulator)}, ${source.emulator.path}, sha256 ${source.emulator.sha256}`
    case 'image':
      return `${source.binary} out of the image ${referenceText(source.image)}`
    case 'container':
      return `whatever emulator the image has${source.engine === null ? '' : `, run by ${source.engine}`}`
  }
}

/** The JSON of `setup --dry-run --json`. */
export function planJson(plan: Plan): object {
  return { ok: plan.targets.every(({ kind }) => kind !== 'impossible'), targets: plan.targets.map(plannedJson) }
}

function plannedJson(planned: TargetPlan): object {
  const { target, platform } = planned.platform
  const base = { target: target.name, platform, plan: planned.kind, reason: planned.reason }
  if (planned.kind === 'native' || planned.kind === 'impossible') return base
  if (planned.kind === 'keep') {
    const { qemuVersion, build, sha256 } = planned.fingerprint
    return {
      ...base,
      entry: planned.entry?.name ?? null,
      flags: planned.entry?.flags ?? null,
      qemuVersion,
      build,
      sha256,
    }
  }
  const { source, name, flags, rules, shadows } = planned
  const entry = { entry: name, flags: flags[0], rules, shadows, supply: source.kind }
  if (source.kind === 'image' || source.kind === 'container')
    return { ...base, ...entry, image: referenceText(source.image) }
  const { qemuVersion, build, sha256 } = source.emulator
  return { ...base, ...entry, qemuVersion, build, sha256 }
}
