// What `--help` and `help COMMAND` say, made from the table of commands.
import {
  type CommandName,
  type CommandRow,
  commandNamed,
  commands,
  commonOptions,
  commonOptionsOf,
  optionOf,
  takersOf,
} from './command-table.js'
import { type OptionName, type OptionRow, optionRow } from './option-table.js'

const width = 116
const column = 28

/** Words in lines of at most `width` characters, each behind `indent` blanks. */
function wrapped(text: string, indent = 0): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((one) => ' '.repeat(indent) + one)
}

function optionLines(name: OptionName, { value, multiple, text }: OptionRow): string[] {
  const short = name === 'help' ? '-h, ' : ''
  const head = `  ${short}--${name}${value === undefined ? '' : ` ${value}`}`
  const [first = '', ...others] = wrapped(multiple === true ? `${text}; may be repeated` : text, column)
  return [`${head.padEnd(column - 1)} ${first.trimStart()}`, ...others]
}

function usageLines(names: readonly CommandName[]): string[] {
  const heads = names.map((name) => `  setup-qemu ${name} ${commands[name].usage}`)
  const widest = Math.max(...heads.map(({ length }) => length))
  return heads.map((head, at) => `${head.padEnd(widest)}   ${commands[names[at] as CommandName].text}`)
}

/** The section of the options that every command has. */
function commonLines(names: readonly OptionName[]): string[] {
  return ['Options of all:', ...names.flatMap((name) => optionLines(name, optionRow(name)))]
}

/** The whole help text. An option of several commands stands with the first, and the others name it, if they say nothing else of it. */
export function helpText(): string {
  const names = Object.keys(commands) as CommandName[]
  const sections = names.flatMap((name) => {
    const { options, notes = [], says = {} } = commands[name] as CommandRow
    const own = options.filter((option) => takersOf(option)[0] === name || option in says)
    const shared = options.filter((option) => !own.includes(option)).map((option) => `--${option}`)
    const also = shared.length === 0 ? [] : wrapped(`Also ${shared.join(', ')}, as above.`, 2)
    if (own.length + also.length + notes.length === 0) return []
    const title = own.length + also.length === 0 ? `Of ${name}:` : `Options of ${name}:`
    return [
      '',
      title,
      ...own.flatMap((option) => optionLines(option, optionOf(name, option))),
      ...also,
      ...notes.flatMap((note) => wrapped(note, 2)),
    ]
  })
  return [
    'setup-qemu: run programs of another CPU architecture, and know exactly which QEMU runs them',
    '',
    'Usage:',
    ...usageLines(names),
    ...sections,
    '',
    ...commonLines(commonOptions),
    '',
    'Exit status: 0 what was asked for is so, and proven; 1 it is not; 2 wrong usage; 74 the result could not be written.',
    'Only setup and restore need root or sudo without a password.',
  ].join('\n')
}

/** What a call without any word is told. */
export function shortHelp(): string {
  return [
    'Usage:',
    ...usageLines(Object.keys(commands) as CommandName[]),
    '',
    'To begin with: setup-qemu setup arm64. More: setup-qemu --help, or setup-qemu help COMMAND',
  ].join('\n')
}

/** The help of one command; undefined when there is none of that name. */
export function commandHelp(name: string): string | undefined {
  const row = commandNamed(name)
  if (row === undefined) return undefined
  const { usage, text, options, notes = [] } = row
  const lines = options.flatMap((option) => optionLines(option, optionOf(name as CommandName, option)))
  const own = lines.length === 0 ? [] : ['', 'Options:', ...lines]
  const more = notes.flatMap((note) => ['', ...wrapped(note)])
  const common = commonLines(commonOptionsOf(name as CommandName))
  return [`setup-qemu ${name} ${usage}`, `  ${text}`, ...own, '', ...common, ...more].join('\n')
}
