// Every input of both actions and every option of the command line, one row each. The readers, `help` and completion use this table, and
// `npm run inputs` writes it to action.yml and the documents.
import { engineNames } from '../model/engine-name.js'
import { ruleNames } from '../model/rule.js'

export type ActionName = 'setup' | 'compare'

/** What the text of an input is, which also decides what completion offers. `engines`, `places`, `platforms` and `versions` are lists. */
export type InputKind =
  | 'boolean'
  | 'choice'
  | 'engines'
  | 'number'
  | 'path'
  | 'places'
  | 'platforms'
  | 'text'
  | 'version'
  | 'versions'

interface AnyInput {
  /** Its name in workflows, messages and documents. */
  readonly name: string
  /** `request` says how to set up, `comparison` what to compare; `call` is about the step or the command itself. */
  readonly part: 'request' | 'comparison' | 'call'
  readonly kind: InputKind
  /** The values of a `choice`. */
  readonly choices?: readonly string[]
  /** The value if it is not given, or empty. */
  readonly default?: string
  /** The actions that have it as an input. */
  readonly actions?: readonly ActionName[]
  readonly required?: true
  /** The environment variable that gives it on the command line, for secrets: other users can read the arguments of a process. */
  readonly variable?: string
}

/** What an option of the command line has in addition. */
interface AnyOption {
  /** The commands that take it. */
  readonly commands: readonly string[] | 'all'
  /** Its name as an option, if that differs. */
  readonly option?: string
  /** Whether giving the option means false. */
  readonly negated?: true
  /** The placeholder of its value in `help`; none for a boolean. */
  readonly value?: string
  /** Whether it can be given several times. */
  readonly multiple?: true
  /** Its group in `help`, in this order; options without one come last. */
  readonly section?: 'comparison' | 'command' | 'emulator'
  /** Its text in `help`, and in documents that do not describe it yet. */
  readonly help: string
}

/** A row. An input that is not an option needs `help` only for documents that do not describe it yet. */
export type InputRow = AnyInput & (AnyOption | { readonly commands?: never; readonly help?: string })

export const inputTable = [
  { name: 'platforms', part: 'request', kind: 'platforms', default: 'arm64', actions: ['setup'] },
  {
    name: 'qemu-version',
    part: 'request',
    kind: 'version',
    default: 'default',
    actions: ['setup'],
    commands: ['setup', 'run'],
    section: 'emulator',
    value: 'VERSION',
    help: '11.1.3, a prefix (10.0: the newest of it), latest, default, or host: what this machine has; with --image or --path the version that the emulator must have',
  },
  {
    name: 'qemu-version',
    part: 'call',
    kind: 'version',
    commands: ['known-problems'],
    section: 'emulator',
    value: 'VERSION',
    help: 'only what a QEMU of this version has; it need not be in the catalog',
  },
  {
    name: 'image',
    part: 'request',
    kind: 'text',
    actions: ['setup'],
    commands: ['setup', 'run'],
    section: 'emulator',
    value: 'REFERENCE',
    help: 'take the emulators of an OCI image, read from its registry without any engine',
  },
  {
    name: 'path',
    part: 'request',
    kind: 'path',
    actions: ['setup'],
    commands: ['setup', 'run'],
    section: 'emulator',
    value: 'PATH',
    help: 'take an executable of your own, or those in a folder',
  },
  {
    name: 'sha256',
    part: 'request',
    kind: 'text',
    actions: ['setup'],
    commands: ['setup', 'run'],
    section: 'emulator',
    value: 'HEX',
    multiple: true,
    help: 'the SHA-256 that such an executable must have',
  },
  {
    name: 'method',
    part: 'request',
    kind: 'choice',
    choices: ['direct', 'container'],
    default: 'direct',
    actions: ['setup'],
    commands: ['setup'],
    value: 'METHOD',
    help: 'direct (default), or container: run the image privileged, as others do, and prove what it did',
  },
  {
    name: 'container-engine',
    part: 'request',
    kind: 'choice',
    choices: engineNames,
    actions: ['setup'],
    commands: ['setup'],
    value: 'NAME',
    help: 'docker, podman or nerdctl (default: the first that is there)',
  },
  {
    name: 'reset',
    part: 'request',
    kind: 'boolean',
    actions: ['setup'],
    commands: ['setup'],
    help: 'with --method container: remove every entry named qemu-* first; restore puts them back',
  },
  {
    name: 'if-registered',
    part: 'request',
    kind: 'choice',
    choices: ['shadow', 'keep', 'fail'],
    default: 'shadow',
    actions: ['setup'],
    commands: ['setup'],
    value: 'POLICY',
    help: 'shadow (default): take precedence over what is there; keep: leave it in force if it is what is asked for; fail',
  },
  {
    name: 'on-conflict',
    part: 'request',
    kind: 'choice',
    choices: ['fail', 'wait', 'take'],
    default: 'fail',
    actions: ['setup'],
    commands: ['setup'],
    value: 'POLICY',
    help: 'fail (default), wait or take while another job uses the platform with another emulator',
  },
  {
    name: 'conflict-wait-minutes',
    part: 'request',
    kind: 'number',
    default: '30',
    actions: ['setup'],
    commands: ['setup'],
    value: 'N',
    help: 'how long to wait (default: 30)',
  },
  {
    name: 'survive-restart',
    part: 'request',
    kind: 'boolean',
    default: 'false',
    actions: ['setup'],
    commands: ['setup'],
    help: 'keep the entries when systemd-binfmt is restarted, by a file in /run/binfmt.d',
  },
  {
    name: 'if-unsupported',
    part: 'call',
    kind: 'choice',
    choices: ['fail', 'skip'],
    default: 'fail',
    actions: ['setup'],
    commands: ['setup'],
    value: 'POLICY',
    help: 'fail (default), or skip: end well with nothing done where the machine cannot do it',
  },
  {
    name: 'mirror',
    part: 'request',
    kind: 'places',
    actions: ['setup', 'compare'],
    commands: ['setup', 'run', 'compare'],
    section: 'emulator',
    value: 'PLACE',
    multiple: true,
    help: 'where to get emulators first: a folder or an address that has release assets (TAG/ASSET), or a Debian archive (the address that holds "pool")',
  },
  {
    name: 'registry-mirror',
    part: 'request',
    kind: 'text',
    actions: ['setup'],
    commands: ['setup', 'run'],
    section: 'emulator',
    value: 'URL',
    multiple: true,
    help: 'a registry to ask first for images',
  },
  {
    name: 'registry-username',
    part: 'request',
    kind: 'text',
    actions: ['setup'],
    variable: 'SETUP_QEMU_REGISTRY_USERNAME',
  },
  {
    name: 'registry-password',
    part: 'request',
    kind: 'text',
    actions: ['setup'],
    variable: 'SETUP_QEMU_REGISTRY_PASSWORD',
  },
  {
    name: 'verify-in',
    part: 'request',
    kind: 'engines',
    actions: ['setup'],
    commands: ['setup'],
    value: 'ENGINES',
    multiple: true,
    help: 'prove it in containers of docker, podman or nerdctl too; several separated by commas',
  },
  {
    name: 'credentials',
    part: 'request',
    kind: 'boolean',
    default: 'true',
    actions: ['setup'],
    commands: ['setup', 'run', 'compare'],
    section: 'emulator',
    option: 'no-credentials',
    negated: true,
    help: 'register without the flag C: setuid programs (sudo) of the guest do not get their rights',
  },
  {
    name: 'rules',
    part: 'request',
    kind: 'choice',
    choices: ruleNames,
    default: 'upstream',
    actions: ['setup'],
    commands: ['setup', 'run', 'compare'],
    section: 'emulator',
    value: 'RULES',
    help: "upstream (default), or wide: entries that also match AppImages, and MicroBlaze programs of today's toolchains",
  },
  {
    name: 'sysroot',
    part: 'request',
    kind: 'path',
    actions: ['setup'],
    commands: ['setup', 'run'],
    value: 'DIR',
    help: 'a root whose libraries dynamic programs use from this machine (QEMU_LD_PREFIX)',
  },
  {
    name: 'cpu',
    part: 'request',
    kind: 'text',
    actions: ['setup'],
    commands: ['setup', 'run'],
    value: 'MODEL',
    help: 'the CPU that is emulated, as QEMU names it (QEMU_CPU): cortex-a72, max,pauth-impdef=on',
  },
  {
    name: 'offline',
    part: 'request',
    kind: 'boolean',
    default: 'false',
    actions: ['setup', 'compare'],
    commands: ['setup', 'run', 'compare'],
    section: 'emulator',
    help: 'use no network: only what is in the cache, came with setup-qemu, or is on this machine',
  },
  { name: 'cache', part: 'request', kind: 'boolean', default: 'false', actions: ['setup'] },
  {
    name: 'cache-dir',
    part: 'call',
    kind: 'path',
    commands: ['setup', 'run', 'compare'],
    section: 'emulator',
    value: 'DIR',
    help: 'where emulators are kept (default: $XDG_CACHE_HOME, /var/cache for root, else ~/.cache)',
  },
  { name: 'dry-run', part: 'call', kind: 'boolean', commands: ['setup'], help: 'print the plan and change nothing' },
  {
    name: 'scope',
    part: 'request',
    kind: 'choice',
    choices: ['host', 'private'],
    default: 'host',
    actions: ['setup'],
    commands: ['setup'],
    value: 'SCOPE',
    help: 'host (default), or private: in a namespace of its own, without root, until restore or the end of the session; the last line is the program that runs commands in it',
  },
  { name: 'restore', part: 'call', kind: 'boolean', default: 'true', actions: ['setup'] },
  { name: 'cache-image', part: 'call', kind: 'text', actions: ['setup'] },
  { name: 'run', part: 'call', kind: 'text', actions: ['compare'], required: true },
  {
    name: 'platforms',
    part: 'request',
    kind: 'platforms',
    actions: ['compare'],
    required: true,
    commands: ['run', 'compare'],
    section: 'command',
    option: 'platform',
    value: 'PLATFORM',
    multiple: true,
    help: 'what the command needs (default: what its own file is for)',
  },
  {
    name: 'as-root',
    part: 'call',
    kind: 'boolean',
    commands: ['run', 'compare'],
    section: 'command',
    help: 'as root of the namespace, not under your own id',
  },
  {
    name: 'qemu-versions',
    part: 'comparison',
    kind: 'versions',
    actions: ['compare'],
    commands: ['compare'],
    section: 'comparison',
    option: 'qemu',
    value: 'VERSIONS',
    help: 'the versions, separated by commas (default: all of the catalog that have the platform, or with --cpu the default one)',
  },
  {
    name: 'cpu',
    part: 'comparison',
    kind: 'text',
    actions: ['compare'],
    commands: ['compare'],
    section: 'comparison',
    value: 'MODEL',
    help: 'the CPU models to compare, as QEMU names them, separated by blanks',
  },
  {
    name: 'repeat',
    part: 'comparison',
    kind: 'number',
    default: '1',
    actions: ['compare'],
    commands: ['compare'],
    section: 'comparison',
    value: 'N',
    help: 'run each so often, in turn (default: 1); from 3 on it is also told which is fastest',
  },
  {
    name: 'parallel',
    part: 'comparison',
    kind: 'boolean',
    default: 'false',
    actions: ['compare'],
    commands: ['compare'],
    section: 'comparison',
    help: 'run several at once; their times are then not compared',
  },
  {
    name: 'bisect',
    part: 'comparison',
    kind: 'boolean',
    default: 'false',
    actions: ['compare'],
    commands: ['compare'],
    section: 'comparison',
    help: 'look for the first good version with few runs: once it works it is taken to stay so',
  },
  {
    name: 'timeout',
    part: 'comparison',
    kind: 'number',
    actions: ['compare'],
    commands: ['compare'],
    section: 'comparison',
    value: 'SECONDS',
    help: 'end a run after so long (default: never)',
  },
  {
    name: 'ignore-output',
    part: 'comparison',
    kind: 'boolean',
    default: 'false',
    actions: ['compare'],
    commands: ['compare'],
    section: 'comparison',
    help: 'do not compare what the command prints',
  },
  {
    name: 'expect',
    part: 'comparison',
    kind: 'choice',
    choices: ['works', 'agree', 'differ'],
    default: 'works',
    actions: ['compare'],
    commands: ['compare'],
    section: 'comparison',
    value: 'OUTCOME',
    help: 'what ends with exit status 0: works (default) under all; agree: also if it fails the same way under all; differ',
  },
  { name: 'working-directory', part: 'call', kind: 'text', actions: ['compare'] },
  { name: 'fail-on-difference', part: 'call', kind: 'boolean', default: 'true', actions: ['compare'] },
  {
    name: 'root',
    part: 'call',
    kind: 'path',
    commands: ['explain'],
    value: 'DIR',
    help: 'FILE is a path in this root, as chroot would see it',
  },
  {
    name: 'platforms',
    part: 'call',
    kind: 'platforms',
    commands: ['known-problems'],
    value: 'PLATFORMS',
    help: 'only what touches programs of these platforms',
  },
  {
    name: 'platforms',
    part: 'call',
    kind: 'platforms',
    commands: ['diagnose'],
    value: 'PLATFORMS',
    help: 'say of these platforms whether their programs run here',
  },
  { name: 'all', part: 'call', kind: 'boolean', commands: ['restore'], help: 'also undo what jobs did that still run' },
  {
    name: 'stale',
    part: 'call',
    kind: 'boolean',
    commands: ['restore'],
    help: 'only undo what jobs left behind that have ended',
  },
  {
    name: 'json',
    part: 'call',
    kind: 'boolean',
    commands: 'all',
    help: 'print one JSON object on standard output, and nothing else there',
  },
  { name: 'quiet', part: 'call', kind: 'boolean', commands: 'all', help: 'no progress on standard error' },
  { name: 'verbose', part: 'call', kind: 'boolean', commands: 'all', help: 'say more on standard error' },
  { name: 'help', part: 'call', kind: 'boolean', commands: 'all', help: 'show this text' },
  { name: 'version', part: 'call', kind: 'boolean', commands: 'all', help: 'show the version of setup-qemu' },
] as const satisfies readonly InputRow[]

/** A row by its literal type. */
export type Input = (typeof inputTable)[number]

/** `qemu-version` as `qemuVersion`. */
type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

/** What an input is about. */
export type InputPart = Input['part']

/** The texts of the inputs of one part, by their names in camel case; '' if not given. */
export type InputTexts<Of extends InputPart> = {
  readonly [Name in Extract<Input, { readonly part: Of }>['name'] as CamelCase<Name>]: string
}

/** The inputs of one part, each as `read` returns it; undefined means not given. */
export function inputTexts<Of extends InputPart>(
  part: Of,
  read: (row: InputRow) => string | undefined,
): InputTexts<Of> {
  const texts: Record<string, string> = {}
  for (const row of inputTable.filter((one) => one.part === part)) {
    const key = camelCase(row.name)
    // a name can have a row for each face
    texts[key] = read(row) ?? texts[key] ?? ''
  }
  return texts as InputTexts<Of>
}

type ChoiceInput = Extract<Input, { readonly kind: 'choice' }>
export type ChoiceName = ChoiceInput['name']
/** The type of a choice's values. */
export type ChoiceOf<Name extends ChoiceName> = Extract<ChoiceInput, { readonly name: Name }>['choices'][number]

/** The values of a choice. */
export function choicesOf<Name extends ChoiceName>(name: Name): readonly ChoiceOf<Name>[] {
  return inputNamed(name).choices as readonly ChoiceOf<Name>[]
}

export type BooleanName = Extract<Input, { readonly kind: 'boolean' }>['name']
export type NumberName = Extract<Input, { readonly kind: 'number' }>['name']

/** The row of an input whose name is unique. */
export function inputNamed(name: ChoiceName | BooleanName | NumberName): InputRow {
  return inputTable.find((row) => row.name === name) as InputRow
}

type OptionInput = Extract<Input, { readonly commands: unknown }>
type OptionOf<Row> = Row extends { readonly option: infer Name }
  ? Name
  : Row extends { readonly name: infer Name }
    ? Name
    : never

/** The name of an option, without its dashes. */
export type OptionName = Extract<OptionOf<OptionInput>, string>
/** The rows of an option: it can mean something else with another command. */
export type OptionNamed<Name extends OptionName, Row = OptionInput> = Row extends OptionInput
  ? OptionOf<Row> extends Name
    ? Row
    : never
  : never

/** The inputs that make a request; '' if not given. */
export type RequestInputs = InputTexts<'request'>
