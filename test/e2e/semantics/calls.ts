// How programs are called: argv[0], scripts, paths, long lists of arguments, the environment, programs without a path.
import { chmodSync, copyFileSync, linkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from './row.js'
import { behaviour, inFolder, type Side, told, withLimits } from './side.js'

/** What a script with such a first line, written into a folder that has the program as `p`, says when `env` starts it with two arguments. */
function script(side: Side, text: (program: string) => string, nested = 0): string {
  return inFolder(side, (folder) => {
    const program = join(folder, 'p')
    linkSync(join(side.folder, 'behaviour'), program)
    linkSync(join(side.folder, 'busybox'), join(folder, 'sh'))
    let script = join(folder, 's')
    writeFileSync(script, text(folder), { mode: 0o755 })
    for (let level = 1; level <= nested; level++) {
      writeFileSync(join(folder, `s${level}`), `#!${script}\n`, { mode: 0o755 })
      script = join(folder, `s${level}`)
    }
    return told(side, ['env', script, 'a b', 'c']).replaceAll(folder.slice(side.folder.length), '')
  })
}

function linked(side: Side, program: string, name: string, args: readonly string[]): string {
  return inFolder(side, (folder) => {
    symlinkSync(join(side.folder, program), join(folder, name))
    return told(side, [join(folder, name), ...args]).replaceAll(folder.slice(side.folder.length), '')
  })
}

function applet(side: Side, argv0: string, ...args: string[]): string {
  return told(side, [join(side.folder, 'busybox'), ...args], { argv0 })
}

/** A copy of the program that is open as descriptor 7 and has no name any more. */
function deleted(side: Side): string {
  return inFolder(side, (folder) => {
    copyFileSync(join(side.folder, 'behaviour'), join(folder, 'p'))
    chmodSync(join(folder, 'p'), 0o755)
    const line = 'exec 7<"$1"; rm "$1"; exec /proc/self/fd/7 exit 5'
    return told(side, ['sh', '-c', line, 'sh', join(folder, 'p')])
  })
}

/** Starting itself with so many KB of arguments, where the kernel allows 2 MB: a quarter of the stack's limit. */
function longList(side: Side, kilobytes: number): string {
  const words = [join(side.folder, 'behaviour'), 'long-list', String(kilobytes)]
  return told(side, [...withLimits({ stack: 8 << 20 }), ...words])
}

function strangePath(side: Side): string {
  return inFolder(side, (folder) => {
    const path = join(folder, 'a b "é" ☃')
    copyFileSync(join(side.folder, 'behaviour'), path)
    chmodSync(path, 0o755)
    return told(side, [path, 'arguments', 'x', 'y z', '']).replaceAll(folder.slice(side.folder.length), '')
  })
}

/** How often a loader complains about a library that is not there: the guest's does, and no other one does as well. */
function preload(side: Side): string {
  const seen = told(side, [...side.debian(), 'env', 'LD_PRELOAD=/missing.so', '/bin/true'], { cwd: '/' })
  return `${seen.split("'/missing.so' from LD_PRELOAD cannot be preloaded").length - 1} complaint`
}

/** Names of a running shell as `ps` and `pgrep` of this machine read them: /proc/PID/comm and /proc/PID/cmdline. */
function names(side: Side): string {
  const line = '/bin/cat "/proc/$$/comm" "/proc/$$/cmdline"; exit 0'
  const seen = told(side, [join(side.folder, 'busybox'), 'sh', '-c', line]).replaceAll('\0', ' ')
  return seen.replace(/ sh -c .*/, ' ...').replace(/; \/\S*\/qemu-aarch64 /, '; QEMU ')
}

const busyboxPath = './busybox'

export const callRows: readonly Row[] = [
  {
    name: 'argv[0] by exec -a',
    see: (side) => behaviour(side, 'arguments', ['x'], { argv0: 'other' }),
    natively: '[other] [x]',
    emulated: { 'without P': '[./behaviour] [x]' },
  },
  {
    name: 'program by a symbolic link',
    see: (side) => linked(side, 'behaviour', 'link', ['arguments', 'x']),
    natively: '[./link] [x]',
  },
  {
    name: 'busybox applet by a symbolic link',
    see: (side) => linked(side, 'busybox', 'basename', ['/a/b']),
    natively: 'b',
  },
  {
    name: 'busybox applet by exec -a',
    see: (side) => applet(side, 'basename', '/a/b'),
    natively: 'b',
    emulated: { 'without P': 'b: applet not found; exit 127' },
  },
  {
    name: 'login shell by a dash',
    see: (side) => applet(side, '-sh', '-c', 'echo "$0"'),
    natively: '-sh',
    emulated: { 'without P': '-c: applet not found; exit 127' },
  },
  { name: 'script', see: (side) => script(side, (at) => `#!${at}/p arguments\n`), natively: '[./p] [./s] [a b] [c]' },
  {
    name: 'script with an argument of several words',
    see: (side) => script(side, (at) => `#!${at}/p arguments in one word\n`),
    natively: '[./p] [./s] [a b] [c]',
  },
  {
    name: 'script that is the interpreter of scripts, four in a row',
    see: (side) => script(side, (at) => `#!${at}/p arguments\n`, 3),
    natively: '[./p] [./s] [./s1] [./s2] [./s3] [a b] [c]',
  },
  {
    name: 'five scripts in a row',
    see: (side) => script(side, (at) => `#!${at}/p arguments\n`, 4),
    natively: '[./p] [./s] [./s1] [./s2] [./s3] [./s4] [a b] [c]',
    emulated: { default: "env: './s4': Too many levels of symbolic links; exit 126" },
  },
  {
    name: 'script with CRLF',
    see: (side) => script(side, (at) => `#!${at}/sh\r\necho ran\r\n`),
    natively: "env: './s': No such file or directory; exit 127",
  },
  {
    name: 'script without a first line, from a shell',
    see: (side) =>
      inFolder(side, (folder) => {
        writeFileSync(join(folder, 's'), 'exit 3\n', { mode: 0o755 })
        return told(side, [join(side.folder, 'busybox'), 'sh', '-c', '"$1"; exit $?', 'sh', join(folder, 's')])
      }),
    natively: 'exit 3',
    // busybox starts itself anew for it, see below
    emulated: { 'without P': 'exit 1' },
  },
  { name: 'path with spaces and other letters', see: strangePath, natively: '[./a b "é" ☃] [x] [y z] []' },
  { name: '1.9 MB of arguments', see: (side) => longList(side, 1900), natively: '1900 arguments' },
  { name: '2.1 MB of arguments', see: (side) => longList(side, 2100), natively: 'E2BIG' },
  { name: 'LD_PRELOAD', see: preload, natively: '1 complaint' },
  {
    name: 'what a program reads of itself',
    see: (side) => behaviour(side, 'about-itself'),
    natively: 'exe ./behaviour cmdline ./behaviour about-itself execfn ./behaviour',
  },
  {
    name: 'program that starts itself by /proc/self/exe',
    see: (side) => behaviour(side, 'again'),
    natively: 'exit 33',
    // 5.2 starts the emulator itself, with words that are none of its own
    emulated: { 'without P': 'exit 1' },
  },
  {
    name: 'names in ps and pgrep',
    see: names,
    natively: `busybox; ${busyboxPath} ...`,
    emulated: {
      default: `busybox; QEMU ${busyboxPath} ${busyboxPath} ...`,
      'without P': `busybox; QEMU ${busyboxPath} ...`,
    },
  },
  { name: 'program that is open but deleted', see: deleted, natively: 'exit 5' },
  {
    name: 'program from memory',
    see: (side) => behaviour(side, 'from-memory', [join(side.folder, 'behaviour')]),
    natively: 'exit 44',
  },
  {
    name: 'program from memory, closed on exec',
    see: (side) => behaviour(side, 'from-memory', [join(side.folder, 'behaviour'), 'close']),
    natively: 'exit 44',
    // QEMU has execveat() from 8.0 on; without it libc takes the path in /proc
    emulated: { default: 'exit 127', older: 'exit 44', 'without P': 'exit 44' },
  },
]
