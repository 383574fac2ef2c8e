// Rights that a program gets from its file: setuid, setgid, capabilities, and what takes them away; and files that may be run but not read.
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from './row.js'
import { inFolder, type Side, told, user } from './side.js'

const plain = `uid ${user} euid ${user} gid ${user} egid ${user} secure 0 net_raw 0`
const setuid = `uid ${user} euid 0 gid ${user} egid ${user} secure 1 net_raw 1`

function run(...[file = '', ...args]: string[]): void {
  const { status, stderr } = spawnSync(file, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: exit status ${status}: ${stderr}`)
}

interface Making {
  readonly mode?: number
  readonly capabilities?: string
  /** Options of a file system of its own. */
  readonly mount?: string
}

/** What a copy of the program with such rights says of its ids, called by an ordinary user. */
function ids(side: Side, { mode = 0o755, capabilities, mount }: Making, before: readonly string[] = []): string {
  return inFolder(side, (folder) => {
    chmodSync(folder, 0o755)
    if (mount !== undefined) run('mount', '-t', 'tmpfs', '-o', `mode=755,${mount}`, 'tmpfs', folder)
    try {
      const copy = join(folder, 'copy')
      copyFileSync(join(side.folder, 'behaviour'), copy)
      chmodSync(copy, mode)
      if (capabilities !== undefined) run('setcap', capabilities, copy)
      return told(side, [...before, copy, 'ids'], { user }).replaceAll(folder.slice(side.folder.length), '')
    } finally {
      if (mount !== undefined) run('umount', folder)
    }
  })
}

/** Whose file a setuid program's emulator writes when a user asks for its log by QEMU's variables. */
function logOwner(side: Side): string {
  return inFolder(side, (folder) => {
    chmodSync(folder, 0o777)
    const copy = join(folder, 'copy')
    copyFileSync(join(side.folder, 'behaviour'), copy)
    chmodSync(copy, 0o4755)
    told(side, [copy, 'ids'], { user, env: { QEMU_LOG: 'strace', QEMU_LOG_FILENAME: join(folder, 'log-%d') } })
    const [log] = readdirSync(folder).filter((name) => name.startsWith('log-'))
    if (log === undefined) return 'no file'
    return statSync(join(folder, log)).uid === 0 ? "root's file" : "the user's file"
  })
}

/** sudo of a Debian: this machine's, or the guest root's. */
function sudo(side: Side): string {
  return told(side, [...side.debian(user), 'sudo', '-n', 'id', '-u'], { cwd: '/' }).replace(/, is .*/, '')
}

export const credentialRows: readonly Row[] = [
  { name: 'sudo', see: sudo, natively: '0', emulated: { 'without C': 'sudo: effective uid is not 0' } },
  {
    name: 'setuid program',
    see: (side) => ids(side, { mode: 0o4755 }),
    natively: setuid,
    emulated: { 'without C': plain },
  },
  {
    name: 'setgid program',
    see: (side) => ids(side, { mode: 0o2755 }),
    natively: `uid ${user} euid ${user} gid ${user} egid 0 secure 1 net_raw 0`,
    emulated: { 'without C': plain },
  },
  {
    name: 'file capabilities',
    see: (side) => ids(side, { capabilities: 'cap_net_raw+ep' }),
    natively: plain.replace('secure 0 net_raw 0', 'secure 1 net_raw 1'),
    emulated: { 'without C': plain },
  },
  {
    name: 'setuid program on a nosuid mount',
    see: (side) => ids(side, { mode: 0o4755, mount: 'nosuid' }),
    natively: plain,
  },
  {
    name: 'setuid program with no-new-privileges',
    see: (side) => ids(side, { mode: 0o4755 }, ['setpriv', '--no-new-privs']),
    natively: plain,
  },
  {
    name: 'program on a noexec mount',
    see: (side) => ids(side, { mount: 'noexec' }, ['env']),
    natively: "env: './copy': Permission denied; exit 126",
  },
  {
    name: 'program that may not be read',
    see: (side) => ids(side, { mode: 0o711 }),
    natively: plain,
    emulated: { 'without C': 'Error while loading ./copy: Permission denied; exit 1' },
  },
  {
    name: 'variables of QEMU in a setuid program',
    see: logOwner,
    natively: 'no file',
    emulated: { default: "root's file", 'without C': "the user's file" },
  },
]
