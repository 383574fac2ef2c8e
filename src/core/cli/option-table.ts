// The options of the command line, each once: what is parsed, what `help` says and what completion offers, all from here. Which command takes
// which is in command-table.ts.

/** An option. `value`: what it takes, as `help` shows it; none: it is a switch. */
export interface OptionRow {
  readonly value?: string
  /** May be given several times. */
  readonly multiple?: true
  /** The values it can have, where they are known. */
  readonly choices?: readonly string[]
  readonly text: string
}

export const options = {
  'qemu-version': {
    value: 'VERSION',
    text: '11.1.3, a prefix (10.0: the newest of it), latest, default, or host: what this machine has; with --image or --path the version that the emulator must have',
  },
  image: { value: 'REFERENCE', text: 'take the emulators of an OCI image, read from its registry without any engine' },
  path: { value: 'PATH', text: 'take an executable of your own, or those in a folder' },
  sha256: { value: 'HEX', multiple: true, text: 'the SHA-256 that such an executable must have' },
  method: {
    value: 'METHOD',
    choices: ['direct', 'container'],
    text: 'direct (default), or container: run the image privileged, as others do, and prove what it did',
  },
  'container-engine': {
    value: 'NAME',
    choices: ['docker', 'podman', 'nerdctl'],
    text: 'docker, podman or nerdctl (default: the first that is there)',
  },
  reset: { text: 'with --method container: remove every entry named qemu-* first; restore puts them back' },
  'if-registered': {
    value: 'POLICY',
    choices: ['shadow', 'keep', 'fail'],
    text: 'shadow (default): take precedence over what is there; keep: leave it in force if it is what is asked for; fail',
  },
  'on-conflict': {
    value: 'POLICY',
    choices: ['fail', 'wait', 'take'],
    text: 'fail (default), wait or take while another job uses the platform with another emulator',
  },
  'conflict-wait-minutes': { value: 'N', text: 'how long to wait (default: 30)' },
  'survive-restart': { text: 'keep the entries when systemd-binfmt is restarted, by a file in /run/binfmt.d' },
  'if-unsupported': {
    value: 'POLICY',
    choices: ['fail', 'skip'],
    text: 'fail (default), or skip: end well with nothing done where the machine cannot do it',
  },
  mirror: {
    value: 'URL',
    multiple: true,
    text: 'a Debian archive to fetch from first (the folder that holds "pool")',
  },
  'registry-mirror': { value: 'URL', multiple: true, text: 'a registry to ask first for images' },
  'verify-in': {
    value: 'ENGINES',
    multiple: true,
    text: 'prove it in containers of docker, podman or nerdctl too; several separated by commas',
  },
  'no-credentials': {
    text: 'register without the flag C: setuid programs (sudo) of the guest do not get their rights',
  },
  rules: {
    value: 'RULES',
    choices: ['upstream', 'wide'],
    text: "upstream (default), or wide: entries that also match AppImages, and MicroBlaze programs of today's toolchains",
  },
  sysroot: {
    value: 'DIR',
    text: 'a root whose libraries dynamic programs use from this machine (QEMU_LD_PREFIX)',
  },
  cpu: {
    value: 'MODEL',
    text: 'the CPU that is emulated, as QEMU names it (QEMU_CPU): cortex-a72, max,pauth-impdef=on',
  },
  offline: { text: 'use no network: only what is in the cache or on this machine' },
  'cache-dir': {
    value: 'DIR',
    text: 'where emulators are kept (default: $XDG_CACHE_HOME, /var/cache for root, else ~/.cache)',
  },
  'dry-run': { text: 'print the plan and change nothing' },
  scope: {
    value: 'SCOPE',
    choices: ['host', 'private'],
    text: 'host (default), or private: in a namespace of its own, without root, until restore or the end of the session; the last line is the program that runs commands in it',
  },
  platform: {
    value: 'PLATFORM',
    multiple: true,
    text: 'what the command needs (default: what its own file is for)',
  },
  'as-root': { text: 'as root of the namespace, not under your own id' },
  qemu: {
    value: 'VERSIONS',
    text: 'the versions, separated by commas (default: all of the catalog that have the platform, or with --cpu the default one)',
  },
  repeat: { value: 'N', text: 'run each so often, in turn (default: 1); from 3 on it is also told which is fastest' },
  parallel: { text: 'run several at once; their times are then not compared' },
  bisect: { text: 'look for the first good version with few runs: once it works it is taken to stay so' },
  timeout: { value: 'SECONDS', text: 'end a run after so long (default: never)' },
  'ignore-output': { text: 'do not compare what the command prints' },
  expect: {
    value: 'OUTCOME',
    choices: ['works', 'agree', 'differ'],
    text: 'what ends with exit status 0: works (default) under all; agree: also if it fails the same way under all; differ',
  },
  root: { value: 'DIR', text: 'FILE is a path in this root, as chroot would see it' },
  platforms: {
    value: 'PLATFORMS',
    text: 'only what touches programs of these platforms',
  },
  all: { text: 'also undo what jobs did that still run' },
  stale: { text: 'only undo what jobs left behind that have ended' },
  json: { text: 'print one JSON object on standard output, and nothing else there' },
  quiet: { text: 'no progress on standard error' },
  verbose: { text: 'say more on standard error' },
  help: { text: 'show this text' },
  version: { text: 'show the version of setup-qemu' },
} as const satisfies Readonly<Record<string, OptionRow>>

export type OptionName = keyof typeof options

/** An option's row. */
export function optionRow(name: OptionName): OptionRow {
  return options[name]
}
