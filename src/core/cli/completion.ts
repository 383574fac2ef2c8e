// Completion scripts for bash and zsh, made from the tables of commands and inputs: commands, options, and the values that each can take.

import { engineNames } from '../model/engine-name.js'
import { targets } from '../model/targets.js'
import {
  type CommandName,
  type CommandRow,
  commands,
  commonOptionsOf,
  type OptionRow,
  optionName,
  options,
  optionsOf,
} from './command-table.js'

export const shells = ['bash', 'zsh'] as const
export type Shell = (typeof shells)[number]

/** Values that no table of the code has. */
export interface Nameable {
  readonly versions: readonly string[]
  /** Ids of known problems. */
  readonly ids: readonly string[]
}

/** The script to source. For zsh it is that of bash, which zsh reads by its `bashcompinit`. */
export function completionScript(shell: Shell, nameable: Nameable): string {
  const script = bashScript(nameable)
  return shell === 'bash' ? script : [...zshStart, script].join('\n')
}

const zshStart = [
  '# zsh completes what an alias stands for, not its name; a function of the same words is completed by its name',
  `if [[ -n \${aliases[setup-qemu]-} ]]; then`,
  `  functions[setup-qemu]="\${aliases[setup-qemu]} \\"\\$@\\""`,
  '  unalias setup-qemu',
  'fi',
  '(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }',
  '(( $+functions[complete] )) || { autoload -Uz bashcompinit && bashcompinit }',
]

const names = Object.keys(commands) as CommandName[]
const platforms = [...new Set(targets.flatMap(({ oci }) => oci.map((name) => name.replace(/^linux\//, ''))))]
/** The first word after `--` can also be a program on PATH. */
const firstWord = '[ "$before" = -- ] && COMPREPLY+=($(compgen -c -- "$word"))'
const dashed = (rows: readonly OptionRow[]) => rows.map((row) => `--${optionName(row)}`).join(' ')

/** The entry point of the completion, and its helper for file names. */
const helpers = [
  '# --option=value in one word, as zsh has it',
  '_setup_qemu() {',
  '  case $2 in',
  '    --*=*)',
  `      _setup_qemu_words "$1" "\${2#*=}" "\${2%%=*}"`,
  `      [ "\${#COMPREPLY[@]}" -eq 0 ] || COMPREPLY=("\${COMPREPLY[@]/#/\${2%%=*}=}") ;;`,
  '    *) _setup_qemu_words "$@" ;;',
  '  esac',
  '}',
  '# names of files, which may have blanks in them; zsh has no compopt, and needs none',
  '_setup_qemu_files() {',
  "  local IFS=$'\\n'",
  '  COMPREPLY=($(compgen -f -- "$1"))',
  '  # bashcompinit looks at the word on the line, with the option before it',
  `  [ -z "\${ZSH_VERSION:-}" ] || { setopt localoptions nullglob; COMPREPLY=("$1"*); }`,
  '  compopt -o filenames 2>/dev/null || true',
  '}',
]

function bashScript(nameable: Nameable): string {
  const kinds = { platforms: [...platforms, 'all'], commands: names, shells, ids: nameable.ids, files: null } as const
  const valueCases = options
    .filter(({ kind }) => kind !== 'boolean')
    .map((row) => `    --${optionName(row)}) ${replyOf(offeredFor(row, nameable))}; return ;;`)
  const commandCases = names.map((name) => {
    const { operands: kind } = commands[name] as CommandRow
    const plain = replyOf(kind === undefined ? [] : kinds[kind])
    return `    ${name}) case $word in -*) ${replyOf([dashed([...optionsOf(name), ...commonOptionsOf(name)])])} ;; *) ${plain} ;; esac ;;`
  })
  return [
    '# Completion of setup-qemu for bash, and for zsh by bashcompinit.',
    '_setup_qemu_words() {',
    `  local word=$2 before=$3 command=${'$'}{COMP_WORDS[1]} at`,
    '  COMPREPLY=()',
    '  # a command that is to be run, and its words',
    '  for ((at = 2; at < COMP_CWORD; at++)); do',
    `    if [ "${'$'}{COMP_WORDS[at]}" = -- ]; then ${replyOf(null)}; ${firstWord}; return; fi`,
    '  done',
    '  # bash takes the = of --option=value for a word',
    `  if [ "$word" = = ]; then word=; elif [ "$before" = = ]; then before=${'$'}{COMP_WORDS[COMP_CWORD - 2]}; fi`,
    '  case $before in',
    ...valueCases,
    '  esac',
    `  if [ "$COMP_CWORD" -eq 1 ]; then ${replyOf([...names, '--help', '--version'])}; return; fi`,
    '  case $command in',
    ...commandCases,
    '  esac',
    '}',
    ...helpers,
    'complete -F _setup_qemu setup-qemu',
    '',
  ].join('\n')
}

/** `null` completes file names. */
function replyOf(words: readonly string[] | null): string {
  return words === null ? '_setup_qemu_files "$word"' : `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word"))`
}

/** The values of an option; `null` for a file name. */
function offeredFor({ kind, choices = [] }: OptionRow, { versions }: Nameable): readonly string[] | null {
  switch (kind) {
    case 'choice':
      return choices
    case 'engines':
      return engineNames
    case 'path':
    case 'places':
      return null
    case 'platforms':
      return platforms
    case 'version':
      return [...versions, 'latest', 'default', 'host']
    case 'versions':
      return versions
    default:
      return []
  }
}
