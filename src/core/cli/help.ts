// The texts of `--help` and `help COMMAND`, made from the tables of commands and inputs.
import { asCalled, type Links } from '../model/links.js'
import {
  type CommandName,
  type CommandRow,
  commands,
  commonOptions,
  commonOptionsOf,
  isCommand,
  type OptionRow,
  optionName,
  optionsOf,
} from './command-table.js'

const width = 80
const column = 28

/** Text in lines of at most `width` characters, each indented. */
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

function optionLines(row: OptionRow): string[] {
  const { value, multiple, help } = row
  const name = optionName(row)
  const short = name === 'help' ? '-h, ' : ''
  const head = `  ${short}--${name}${value === undefined ? '' : ` ${value}`}`
  const [first = '', ...others] = wrapped(multiple === true ? `${help}; may be repeated` : help, column)
  return [`${head.padEnd(column - 1)} ${first.trimStart()}`, ...others]
}

/** Each command with what it does, in two columns. */
function usageLines(): string[] {
  const names = Object.keys(commands) as CommandName[]
  const heads = names.map((name) => `  ${name} ${commands[name].usage}`)
  const indent = Math.max(...heads.map(({ length }) => length)) + 2
  const lines = names.flatMap((name, at) => {
    const [first = '', ...others] = wrapped(commands[name].text, indent)
    return [`${heads[at]?.padEnd(indent)}${first.trimStart()}`, ...others]
  })
  return ['Usage: setup-qemu COMMAND', ...lines]
}

/** The section of common options. */
function commonLines(rows: readonly OptionRow[]): string[] {
  return ['Options of all:', ...rows.flatMap(optionLines)]
}

/** What `setup-qemu` in the usage stands for. */
function callLines({ command }: Links): string[] {
  const here = command === 'setup-qemu' ? [] : [`setup-qemu stands for: ${command}`]
  const others = command.startsWith('npx ')
    ? []
    : ['Without installing it: npx setup-qemu; in a clone: node dist/cli/index.js']
  return ['', ...here, ...others]
}

/** The whole help text. An option of several commands is described once, with the first of them. */
export function helpText(links: Links): string {
  const names = Object.keys(commands) as CommandName[]
  const sections = names.flatMap((name) => {
    const { notes = [] } = commands[name] as CommandRow
    const options = optionsOf(name)
    const own = options.filter((row) => row.commands[0] === name)
    const shared = options.filter((row) => !own.includes(row)).map((row) => `--${optionName(row)}`)
    const also = shared.length === 0 ? [] : wrapped(`Also ${shared.join(', ')}, as above.`, 2)
    if (own.length + also.length + notes.length === 0) return []
    const title = own.length + also.length === 0 ? `Of ${name}:` : `Options of ${name}:`
    return [
      '',
      title,
      ...own.flatMap(optionLines),
      ...also,
      ...notes.flatMap((note) => wrapped(asCalled(note, links), 2)),
    ]
  })
  return [
    ...wrapped('setup-qemu: run programs of another CPU architecture, and know exactly which QEMU runs them'),
    '',
    ...usageLines(),
    ...callLines(links),
    ...sections,
    '',
    ...commonLines(commonOptions),
    '',
    ...wrapped(
      'Exit status: 0 success: set up and verified; 1 failure; 2 wrong usage; 74 the result could not be written.',
    ),
    'Only setup and restore need root or sudo without a password.',
  ].join('\n')
}

/** What a call without arguments prints. */
export function shortHelp(links: Links): string {
  return [
    ...usageLines(),
    ...callLines(links),
    '',
    `To begin with: ${links.command} setup arm64`,
    'More: --help, or help COMMAND',
  ].join('\n')
}

/** The help of one command; undefined if there is no such command. */
export function commandHelp(name: string, links: Links): string | undefined {
  if (!isCommand(name)) return undefined
  const { usage, text, notes = [] }: CommandRow = commands[name]
  const lines = optionsOf(name).flatMap(optionLines)
  const own = lines.length === 0 ? [] : ['', 'Options:', ...lines]
  const here = links.command === 'setup-qemu' ? [] : ['', `setup-qemu stands for: ${links.command}`]
  const more = notes.flatMap((note) => ['', ...wrapped(asCalled(note, links))])
  return [
    `setup-qemu ${name} ${usage}`,
    `  ${text}`,
    ...here,
    ...own,
    '',
    ...commonLines(commonOptionsOf(name)),
    ...more,
  ].join('\n')
}
