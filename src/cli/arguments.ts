// The arguments of the command line, read by the table of inputs: operands, options, and the command after `--`.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type CommandName,
  type CommandRow,
  commandNamed,
  commands,
  commonOptions,
  isCommand,
  type OptionRow,
  optionName,
  options,
  optionsOf,
} from '../core/cli/command-table.js'
import { SetupError } from '../core/model/errors.js'
import { nearest } from '../core/model/targets.js'
import {
  type InputPart,
  type InputRow,
  type InputTexts,
  inputTexts,
  type OptionName,
  type OptionNamed,
} from '../core/request/inputs.js'
import { absolutePlaces } from '../system/folder.js'

/** An option as parseArgs wants it. */
type Parsable<Row> = Row extends { readonly kind: 'boolean' }
  ? { readonly type: 'boolean'; readonly short?: string }
  : Row extends { readonly multiple: true }
    ? { readonly type: 'string'; readonly multiple: true }
    : { readonly type: 'string' }

const parsable = Object.fromEntries(
  options.map((row) => {
    const { kind, multiple } = row
    const type = kind === 'boolean' ? 'boolean' : 'string'
    const name = optionName(row)
    return [name, { type, ...(multiple === true ? { multiple } : {}), ...(name === 'help' ? { short: 'h' } : {}) }]
  }),
) as { readonly [Name in OptionName]: Parsable<OptionNamed<Name>> }

type Parsed = ReturnType<typeof parsed>
export type Values = Parsed['values']

/** A call of the command line. */
export interface Call {
  readonly name: CommandName | 'version'
  readonly operands: readonly string[]
  /** What follows `--`; undefined without it. */
  readonly rest: readonly string[] | undefined
  readonly values: Values
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: parsable, allowPositionals: true })
  } catch (cause) {
    const message = cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : String(cause)
    const strange = /^Unknown option '--([^']*)'/.exec(message)?.[1]
    const name = argv.find((word) => !word.startsWith('-')) ?? ''
    const near = strange === undefined ? undefined : nearest(strange, takenBy(name))
    const hint = near === undefined ? 'setup-qemu --help lists the options' : `did you mean --${near}?`
    throw new SetupError('usage', message, { hint, cause })
  }
}

/** Reads the arguments of a call. Throws `usage`. */
export function callOf(argv: readonly string[]): Call {
  const end = argv.indexOf('--')
  const rest = end < 0 ? undefined : argv.slice(end + 1)
  if (rest === undefined) refuseMissingSeparator(argv)
  const { positionals, values } = parsed(end < 0 ? argv : argv.slice(0, end))
  const [name, ...operands] = positionals
  if (name === 'help') return { name, operands, rest, values }
  if (values.help === true) return { name: 'help', operands: name === undefined ? [] : [name], rest, values }
  if (values.version === true) return { name: 'version', operands, rest, values }
  if (name === undefined)
    throw new SetupError('usage', 'no command is given', { hint: 'setup-qemu setup arm64, or setup-qemu --help' })
  if (!isCommand(name)) throw unknownCommand(name)
  const row: CommandRow = commands[name]
  checkOptions(name, values)
  if (row.operands === undefined && operands.length > 0)
    throw new SetupError('usage', `${name} takes no argument, got "${operands.join(' ')}"`, {
      hint: 'setup-qemu --help',
    })
  if (row.rest !== true && rest !== undefined)
    throw new SetupError('usage', `${name} takes no command after --, got "${rest.join(' ')}"`, {
      hint: 'setup-qemu --help',
    })
  return { name, operands, rest, values }
}

/** Without `--`, the options of the command to run would be read as ours. */
function refuseMissingSeparator(argv: readonly string[]): void {
  const row = commandNamed(argv[0] ?? '')
  if (row?.rest !== true || ['--help', '-h', '--version'].some((word) => argv.includes(word))) return
  throw new SetupError('usage', `${argv[0]} is given no command after --`, {
    hint: `setup-qemu ${argv[0]} ${row.usage}`,
  })
}

function unknownCommand(name: string): SetupError {
  const near = nearest(name, Object.keys(commands))
  return new SetupError('usage', `there is no command "${name}"`, {
    hint: near === undefined ? 'setup-qemu --help lists them' : `did you mean "${near}"?`,
  })
}

/** The options that a command takes; every option if there is no such command. */
function takenBy(name: string): readonly string[] {
  return (isCommand(name) ? [...optionsOf(name), ...commonOptions] : options).map(optionName)
}

function checkOptions(name: string, values: Values): void {
  const foreign = Object.keys(values).find((option) => !takenBy(name).includes(option))
  if (foreign === undefined) return
  throw new SetupError('usage', `${name} takes no option --${foreign}`, { hint: `setup-qemu help ${name} lists them` })
}

/** A given path as an absolute one; '' if none is given. */
export function absolute(path: string | undefined): string {
  return path === undefined || path === '' ? '' : resolve(path)
}

/** The inputs of one part as the options of a command give them; '' for those that the command does not take. */
export function given<Part extends InputPart>(command: CommandName, part: Part, values: Values): InputTexts<Part> {
  const own: readonly InputRow[] = optionsOf(command)
  return inputTexts(part, (row) => {
    if (row.variable !== undefined) return process.env[row.variable]
    if (!own.includes(row)) return undefined
    const value = values[optionName(row as OptionRow)]
    if (value === true) return String((row as OptionRow).negated !== true)
    if (row.kind === 'places') return absolutePlaces([value ?? []].flat().join('\n'))
    if (typeof value === 'object') return value.join('\n')
    return row.kind === 'path' ? absolute(value || undefined) : value || undefined
  })
}
