// The CPU models that an emulator knows, read from the output of `-cpu help`. Source: the list functions of QEMU's targets
// (cpu_list in target/*/cpu.c), whose forms differ from target to target and from version to version: 5.2, 7.2, 10.0 and 11.1 were read.
import { SetupError } from '../model/errors.js'
import { nearest, printable } from '../model/targets.js'

/** Prefixes of the names in lists of older versions. */
const families = /^(?:x86|s390|PowerPC|MIPS|Sparc) +/
/** What follows the models: features that can be added to one. */
const behind = /^(?:Recognized|Default CPU|Available CPU feature|Numerical)/
/** How many models a message lists: most emulators have fewer, those of x86 and PowerPC have hundreds. */
const mostNamed = 40

/** The model names of an emulator's list, in order; empty if there are none. Never throws. */
export function cpuModelsOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim())
  const end = lines.findIndex((line, at) => (at > 0 && line === '') || behind.test(line))
  const listed = lines.slice(0, end === -1 ? undefined : end).filter((line) => !/^(?:Available CPU.*:)?$/.test(line))
  const names = listed.map((line) => {
    const rest = line.replace(families, '')
    // names of sparc may hold a blank, and what follows them is always the same
    return /^'(.+)'$/.exec(rest)?.[1] ?? /^(.+?) +\(?IU /.exec(rest)?.[1] ?? rest.split(' ')[0] ?? ''
  })
  return [...new Set(names)].filter((name) => name !== '' && name.length <= 64)
}

/** A CPU: a model and, after commas, its properties (`max,pauth-impdef=on`); '' is null. Throws `invalid-input`. */
export function cpuOf(word: string): string | null {
  const cpu = word.trim()
  if (cpu === '') return null
  if (cpu.length <= 400 && /^[\w.][\w .+-]*(?:,[\w.+-]+(?:=[\w.:+-]*)?)*$/.test(cpu)) return cpu
  throw new SetupError('invalid-input', `cpu "${printable(cpu)}" is no CPU model`, {
    hint: 'write a model as QEMU names it, for example cortex-a72, with its properties behind commas: max,pauth-impdef=on',
  })
}

/** The name of the model, without properties. */
export function modelOf(cpu: string): string {
  return cpu.split(',')[0]?.trim() ?? ''
}

/** Whether a list has the model. Some targets ignore case, and some list type names (`ev67-alpha-cpu`). */
export function isListed(cpu: string, models: readonly string[]): boolean {
  const name = modelOf(cpu).toLowerCase()
  return models.map((model) => model.toLowerCase()).some((model) => model === name || isTypeOf(model, name))
}

function isTypeOf(model: string, name: string): boolean {
  return model.startsWith(`${name}-`) && /^-[a-z0-9]+-cpu$/.test(model.slice(name.length))
}

/** The error for a model that the emulator (`qemu-aarch64`) does not list, with the nearest name as a hint. `several`: other platforms are requested too. */
export function notListed(cpu: string, binary: string, models: readonly string[], several: boolean): SetupError {
  const name = modelOf(cpu)
  const near = nearest(name, models)
  const rest = models.length - mostNamed
  const some = rest > 0 ? [...models.slice(0, mostNamed), `${rest} more (${binary} -cpu help)`] : models
  const wish = near === undefined ? '' : `did you mean "${printable(near)}"? `
  // many targets have no model of that name
  const common = name !== 'max' && models.includes('max') ? 'give a model that each knows, as max, or ' : ''
  return new SetupError(
    'unknown-cpu',
    `${binary} has no CPU model "${printable(name)}"; it has ${some.map((model) => printable(model)).join(', ')}`,
    {
      hint: several
        ? `${wish}QEMU_CPU is one variable for all emulators: ${common}leave cpu out and set QEMU_CPU for each program by hand`
        : wish.trim() || 'give one of these',
    },
  )
}

/** The error for an emulator that does not start with the CPU, mostly because of an unknown property. `said` is its standard error, `models` its list. */
export function notStarting(cpu: string, binary: string, said: string, models: readonly string[] = []): SetupError {
  const words = said.trim() === '' ? 'it said nothing' : `it said: ${printable(said.trim(), 300)}`
  return new SetupError('unknown-cpu', `${binary} does not start with the CPU "${printable(cpu)}": ${words}`, {
    hint: startingHint(cpu, models),
  })
}

function startingHint(cpu: string, models: readonly string[]): string {
  const name = modelOf(cpu)
  const otherCase = models.find((model) => model !== name && model.toLowerCase() === name.toLowerCase())
  if (otherCase !== undefined && !models.includes(name)) return `did you mean "${printable(otherCase)}"?`
  return cpu.includes(',') ? 'leave the property out that it names, or choose another model' : 'choose another model'
}
