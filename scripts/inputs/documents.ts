// The documents that show the table of inputs. Which rows they have, and each name, default and command, follow from the table; their order and their
// words are their own, as they have links and examples: only a row that is new gets the words of the table.
import {
  type CommandName,
  commands,
  commonOptions,
  optionName,
  options,
  optionsOf,
} from '../../src/core/cli/command-table.js'
import { type ActionName, type InputRow, inputTable, type OptionName } from '../../src/core/request/inputs.js'

/** A file, and what its text is to be, made of what it is. */
export interface Document {
  readonly file: string
  readonly written: (text: string) => string
}

export const documents: readonly Document[] = [
  { file: 'action.yml', written: (text) => actionInputs(text, 'setup') },
  { file: 'compare/action.yml', written: (text) => actionInputs(text, 'compare') },
  { file: 'README.md', written: (text) => commandLines(optionTable(inputsTable(text, 'setup'))) },
  { file: 'docs/compare.md', written: (text) => inputsTable(text, 'compare') },
]

function inputsOf(action: ActionName): InputRow[] {
  return inputTable.filter((row: InputRow) => row.actions?.includes(action) === true)
}

/** Words for what no document has described yet. */
function helpOf({ name, help }: InputRow): string {
  if (help === undefined) throw new Error(`${name} has no help, and is described nowhere yet`)
  return help
}

/**
 * The rows that there are to be, in the order in which a document has them; one that it does not have stands behind that which it follows in the table.
 */
function inOrder<Row>(rows: readonly Row[], nameOf: (row: Row) => string, documented: readonly string[]): Row[] {
  const ordered = documented.flatMap((name) => rows.filter((row) => nameOf(row) === name))
  for (const [at, row] of rows.entries()) {
    if (ordered.includes(row)) continue
    const before = rows[at - 1]
    ordered.splice(before === undefined ? 0 : ordered.indexOf(before) + 1, 0, row)
  }
  return ordered
}

/** The inputs of an action.yml, each with the lines of its description. */
function actionInputs(text: string, action: ActionName): string {
  return replaced(text, /(?<=\ninputs:\n).*?\n(?=\S)/s, (section) => {
    const described = new Map(
      [...section.matchAll(/^ {2}(\S+):\n(.*?)^ {4}required:/gms)].map(([, name = '', lines = '']) => [name, lines]),
    )
    const rows = inOrder(inputsOf(action), ({ name }) => name, [...described.keys()])
    return rows.map((row) => actionInput(row, described.get(row.name))).join('')
  })
}

function actionInput(row: InputRow, description = `    description: >-\n      ${helpOf(row)}\n`): string {
  if (row.required === true) return `  ${row.name}:\n${description}    required: true\n`
  const fallback = row.default ?? ''
  // YAML reads a bare 30 or true as a number or a boolean
  const quoted = /^[a-z]\w*$/i.test(fallback) && !/^(true|false)$/.test(fallback) ? fallback : `"${fallback}"`
  return `  ${row.name}:\n${description}    required: false\n    default: ${quoted}\n`
}

/** The table under the heading Inputs. */
function inputsTable(text: string, action: ActionName): string {
  return tableUnder(text, 'Inputs', (cells) => {
    const rows = inOrder(inputsOf(action), ({ name }) => name, [...cells.keys()])
    return rows.map((row) => {
      const fallback = row.required === true ? 'required' : row.default === undefined ? 'empty' : `\`${row.default}\``
      return [row.name, fallback, cells.get(row.name) ?? helpOf(row)]
    })
  })
}

/** The table of all options. */
function optionTable(text: string): string {
  return tableUnder(text, 'The command line', (cells) => {
    const rows = inOrder(options, (row) => `--${optionName(row)}`, [...cells.keys()])
    return rows.map((row) => {
      const name = `--${optionName(row)}`
      const takers = commonOptions.includes(row) ? 'all' : takersOf(optionName(row)).join(', ')
      return [name, takers, cells.get(name) ?? helpOf(row)]
    })
  })
}

/** The commands, as help has them. */
function commandLines(text: string): string {
  const lines = Object.entries(commands).map(([name, { usage, text: what }]) => [`setup-qemu ${name} ${usage}`, what])
  const widest = Math.max(...lines.map(([head = '']) => head.length))
  const block = lines.map(([head = '', what]) => `${head.padEnd(widest)}   ${what}\n`).join('')
  return replaced(text, /(?<=\n## The command line\n\n```text\n).*?(?=```)/s, () => block)
}

/** The first table under a heading, with other rows: name, a second cell, and what it means; `rowsOf` is told what each means now. */
function tableUnder(
  text: string,
  heading: string,
  rowsOf: (meanings: ReadonlyMap<string, string>) => (readonly string[])[],
): string {
  const table = new RegExp(
    `(?<=\\n## ${heading}\\n(?:(?!\\n## ).)*?\\n\\| --- \\| --- \\| --- \\|\\n)(?:\\|[^\\n]*\\n)+`,
    's',
  )
  return replaced(text, table, (lines) => {
    const meanings = new Map(
      [...lines.matchAll(/^\| `([^`]+)` \| [^|]* \| (.*) \|$/gm)].map(([, name = '', meaning = '']) => [name, meaning]),
    )
    return rowsOf(meanings)
      .map(([name, second, meaning]) => `| \`${name}\` | ${second} | ${meaning} |\n`)
      .join('')
  })
}

function replaced(text: string, place: RegExp, by: (found: string) => string): string {
  const found = place.exec(text)
  if (found === null) throw new Error(`there is no ${place.source}`)
  return text.slice(0, found.index) + by(found[0]) + text.slice(found.index + found[0].length)
}

/** The commands that take an option as their own; none for a common option. */
export function takersOf(option: OptionName): CommandName[] {
  return (Object.keys(commands) as CommandName[]).filter((command) =>
    optionsOf(command).some((row) => optionName(row) === option),
  )
}
