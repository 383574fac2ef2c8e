// The commands of the command line, and what `help` says of each. Their options are rows of the table of inputs.
import type { commandNames } from '../model/links.js'
import { type InputRow, inputTable, type OptionName } from '../request/inputs.js'

export interface CommandRow {
  /** What follows the name. */
  readonly usage: string
  readonly text: string
  /** What its operands are, if it takes any. */
  readonly operands?: 'platforms' | 'files' | 'commands' | 'shells' | 'ids'
  /** It takes a command after `--`. */
  readonly rest?: true
  /** Further paragraphs of its help. */
  readonly notes?: readonly string[]
  /** Common options that this command refuses. */
  readonly refuses?: readonly OptionName[]
}

const registryNote =
  'A registry\'s user and password: SETUP_QEMU_REGISTRY_USERNAME and SETUP_QEMU_REGISTRY_PASSWORD in the environment, or what "docker login" has stored.'

export const commands = {
  setup: {
    usage: 'PLATFORM... [options]',
    text: 'get the emulators, register them, prove them',
    operands: 'platforms',
    notes: [
      'PLATFORM is one of arm64, arm, riscv64, s390x, ppc64le, 386, amd64, ... in any usual spelling (linux/arm64, aarch64, armhf, ppc64el, riscv64-linux-gnu), several separated by spaces or commas, or "all".',
      registryNote,
      'It needs root, or sudo without a password; with --scope private neither.',
    ],
  },
  run: {
    usage: '[options] -- COMMAND...',
    text: 'run one command under one QEMU, and leave nothing behind',
    rest: true,
    refuses: ['json'],
    notes: [
      registryNote,
      "There is no --json: standard output is the command's.",
      'The exit status is that of the command; 125: setup-qemu itself failed, 126: the command cannot be executed, 127: there is none.',
    ],
  },
  compare: {
    usage: '[options] -- COMMAND...',
    text: 'run one command under several QEMUs, and say which of them it works under',
    rest: true,
    notes: [
      'The command reads nothing from standard input, and what it prints is not shown but compared.',
      'The exit status is 0 when it works under all, or what --expect says; 1: the results differ, or a version could not be set up; 3: it fails the same way under all; 4: it works under all, and --expect differ was given.',
    ],
  },
  status: {
    usage: '[options]',
    text: "show the kernel's table, and what really stands behind each entry",
  },
  explain: {
    usage: 'FILE [options]',
    text: 'tell what will happen when FILE is executed, and who is behind it',
    operands: 'files',
    notes: [
      'A name without a slash is a file of the current folder, or else what a shell finds of that name on PATH.',
      'The exit status is 0 when FILE will run. Nothing of it is executed.',
    ],
  },
  restore: {
    usage: '[options]',
    text: 'undo what earlier setup calls did, and nothing else',
  },
  versions: { usage: '[options]', text: 'list the QEMU versions of the catalog' },
  'known-problems': {
    usage: '[ID...] [options]',
    text: 'list what is known to go wrong under which QEMU, and what to do',
    operands: 'ids',
  },
  diagnose: {
    usage: '[LOG] [options]',
    text: 'read a build log (- or no name: standard input) and name causes and remedies',
    operands: 'files',
    notes: ['The exit status is 0 whenever the log was read, whatever was found in it.'],
  },
  completion: {
    usage: 'bash | zsh',
    text: 'print a completion script for that shell',
    operands: 'shells',
    notes: [
      'In ~/.bashrc: source <(setup-qemu completion bash); in ~/.zshrc: source <(setup-qemu completion zsh). It completes the name setup-qemu: where that is not on PATH, define an alias first.',
    ],
  },
  help: { usage: '[COMMAND]', text: 'show the help text, or that of one command', operands: 'commands' },
} as const satisfies Readonly<Record<(typeof commandNames)[number], CommandRow>>

export type CommandName = keyof typeof commands

/** A row of the table of inputs that is an option. */
export type OptionRow = Extract<InputRow, { readonly commands: unknown }> & {
  readonly commands: readonly CommandName[] | 'all'
}

const optionRows: readonly OptionRow[] = inputTable.filter((row) => 'commands' in row)

/** The name of an option, without its dashes. */
export function optionName({ option, name }: OptionRow): OptionName {
  return (option ?? name) as OptionName
}

/** One row for each option: those that mean something else with another command take the same values. */
export const options: readonly OptionRow[] = optionRows.filter(
  (row, at) => optionRows.findIndex((other) => optionName(other) === optionName(row)) === at,
)

/** The options of every command. */
export const commonOptions: readonly OptionRow[] = optionRows.filter(({ commands }) => commands === 'all')

/** The common options, without those that a command refuses. */
export function commonOptionsOf(command: CommandName): OptionRow[] {
  const { refuses = [] } = commands[command] as CommandRow
  return commonOptions.filter((row) => !refuses.includes(optionName(row)))
}

const sections = ['comparison', 'command', 'emulator', undefined] as const

/** The own options of a command, in the order of its help. */
export function optionsOf(command: CommandName): OptionRow[] {
  const own = optionRows.filter(({ commands }) => commands !== 'all' && commands.includes(command))
  return sections.flatMap((section) => own.filter((row) => row.section === section))
}

/** The row of a command; undefined if there is no such command. */
export function commandNamed(name: string): CommandRow | undefined {
  return isCommand(name) ? commands[name] : undefined
}

/** Whether there is a command of this name. */
export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name)
}
