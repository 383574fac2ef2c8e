// The commands of the command line: which options each takes, what `help` says of it, and what completion offers. The options are in
// option-table.ts.
import { type OptionName, type OptionRow, options } from './option-table.js'

export interface CommandRow {
  /** What follows the name. */
  readonly usage: string
  readonly text: string
  readonly options: readonly OptionName[]
  /** It takes words of its own: for completion what they are. */
  readonly words?: 'platforms' | 'files' | 'commands' | 'shells' | 'ids'
  /** It takes a command after `--`. */
  readonly rest?: true
  /** What else is to be known of it, a paragraph each. */
  readonly notes?: readonly string[]
  /** Options of all commands that this one refuses. */
  readonly refuses?: readonly OptionName[]
  /** What an option says of itself here, where it says something else elsewhere. */
  readonly says?: Readonly<Partial<Record<OptionName, string>>>
}

const whichEmulator = [
  'qemu-version',
  'image',
  'path',
  'sha256',
  'mirror',
  'registry-mirror',
  'no-credentials',
  'rules',
  'offline',
  'cache-dir',
] as const satisfies readonly OptionName[]

const registryNote =
  'A registry\'s user and password: SETUP_QEMU_REGISTRY_USERNAME and SETUP_QEMU_REGISTRY_PASSWORD in the environment, or what "docker login" has stored.'

export const commands = {
  setup: {
    usage: 'PLATFORM... [options]',
    text: 'get the emulators, register them, prove them',
    words: 'platforms',
    options: [
      ...whichEmulator,
      'method',
      'container-engine',
      'reset',
      'if-registered',
      'on-conflict',
      'conflict-wait-minutes',
      'survive-restart',
      'if-unsupported',
      'verify-in',
      'sysroot',
      'cpu',
      'dry-run',
      'scope',
    ],
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
    options: ['platform', 'as-root', ...whichEmulator, 'sysroot', 'cpu'],
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
    options: [
      'qemu',
      'cpu',
      'repeat',
      'parallel',
      'bisect',
      'timeout',
      'ignore-output',
      'expect',
      'platform',
      'as-root',
      'mirror',
      'no-credentials',
      'rules',
      'offline',
      'cache-dir',
    ],
    says: { cpu: 'the CPU models to compare, as QEMU names them, separated by blanks' },
    notes: [
      'The command reads nothing from standard input, and what it prints is not shown but compared.',
      'The exit status is 0 when it works under all, or what --expect says; 1: the results differ, or a version could not be set up; 3: it fails the same way under all; 4: it works under all, and --expect differ was given.',
    ],
  },
  status: {
    usage: '[options]',
    text: "show the kernel's table, and what really stands behind each entry",
    options: [],
  },
  explain: {
    usage: 'FILE [options]',
    text: 'tell what will happen when FILE is executed, and who is behind it',
    words: 'files',
    options: ['root'],
    notes: [
      'A name without a slash is a file of the current folder, or else what a shell finds of that name on PATH.',
      'The exit status is 0 when FILE will run. Nothing of it is executed.',
    ],
  },
  restore: {
    usage: '[options]',
    text: 'undo what earlier setup calls did, and nothing else',
    options: ['all', 'stale'],
  },
  versions: { usage: '[options]', text: 'list the QEMU versions of the catalog', options: [] },
  'known-problems': {
    usage: '[ID...] [options]',
    text: 'list what is known to go wrong under which QEMU, and what to do',
    words: 'ids',
    options: ['qemu-version', 'platforms'],
    says: { 'qemu-version': 'only what a QEMU of this version has; it need not be in the catalog' },
  },
  diagnose: {
    usage: '[LOG] [options]',
    text: 'read a build log (- or no name: standard input) and name causes and remedies',
    words: 'files',
    options: ['platforms'],
    says: { platforms: 'say of these platforms whether their programs run here' },
    notes: ['The exit status is 0 whenever the log was read, whatever was found in it.'],
  },
  completion: {
    usage: 'bash | zsh',
    text: 'print a completion script for that shell',
    words: 'shells',
    options: [],
    notes: [
      'In ~/.bashrc: source <(setup-qemu completion bash); in ~/.zshrc: source <(setup-qemu completion zsh). It is for the name setup-qemu: where that is none on PATH, let it be an alias.',
    ],
  },
  help: { usage: '[COMMAND]', text: 'show the help text, or that of one command', words: 'commands', options: [] },
} as const satisfies Readonly<Record<string, CommandRow>>

export type CommandName = keyof typeof commands

/** Options that every command takes. */
export const commonOptions = ['json', 'quiet', 'verbose', 'help', 'version'] as const satisfies readonly OptionName[]

/** Those of them that a command does not refuse. */
export function commonOptionsOf(command: CommandName): OptionName[] {
  const { refuses = [] } = commands[command] as CommandRow
  return commonOptions.filter((option) => !refuses.includes(option))
}

/** A command's row by a word that somebody wrote; undefined when there is none. */
export function commandNamed(name: string): CommandRow | undefined {
  return Object.hasOwn(commands, name) ? commands[name as CommandName] : undefined
}

/** An option as a command says it. */
export function optionOf(command: CommandName, option: OptionName): OptionRow {
  const says = (commands[command] as CommandRow).says?.[option]
  return says === undefined ? options[option] : { ...options[option], text: says }
}

/** The commands that take an option; every one of them where it is common. */
export function takersOf(option: OptionName): CommandName[] {
  const takes = (name: CommandName) => (commands[name] as CommandRow).options.includes(option)
  return (Object.keys(commands) as CommandName[]).filter(takes)
}
