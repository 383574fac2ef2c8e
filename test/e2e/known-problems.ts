// Known problems that can be seen with the catalog's emulators and Debian's packages of other architectures: each is there under an old version
// and gone under a new one, or wherever else its row says. The programs are run by the emulator itself, without any entry.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { knownProblems } from '../../src/problems/known-problems.js'
import { emulatorPath } from '../support/programs/emulators.js'
import { checker, expectEqual } from './check.js'
import { guestRoot, type RootName } from './known-roots.js'

const [results = ''] = process.argv.slice(2)
const check = checker(results)
const now = '11.1.3'

interface Ran {
  readonly status: number | null
  readonly output: string
}

/** Runs a program of a root under a version's emulator; a signal ends the emulator itself, and the status is then null. */
async function run(version: string, target: string, name: RootName, args: readonly string[], env = {}): Promise<Ran> {
  const root = guestRoot(name)
  const [program = '', ...rest] = args
  const emulator = await emulatorPath(target, version)
  const { status, stdout, stderr } = spawnSync(emulator, ['-L', root, join(root, program), ...rest], {
    encoding: 'utf8',
    cwd: tmpdir(),
    timeout: 200_000,
    env: { PATH: process.env.PATH, LC_ALL: 'C', PYTHONDONTWRITEBYTECODE: '1', ...env },
  })
  return { status, output: `${stdout}${stderr}`.trim() }
}

/** What a Perl program of the arm64 root says; the numbers of system calls are those of arm64. */
async function perl(version: string, program: string, name: RootName = 'bookworm-arm64', env = {}): Promise<string> {
  return (await run(version, 'aarch64', name, ['usr/bin/perl', '-e', program], env)).output
}

/** A check for a row, which must say that it can be seen. */
function shows(id: string, what: string, work: () => Promise<string>): Promise<void> {
  return check(`${id} ${what}`, async () => {
    const row = knownProblems.find((problem) => problem.id === id)
    if (row === undefined || row.status === 'reported') throw new Error(`the row of ${id} does not say so`)
    return await work()
  })
}

async function saysInTurn(
  says: readonly (readonly [version: string, text: string])[],
  program: string,
): Promise<string> {
  for (const [version, text] of says) expectEqual(`${version}: ${await perl(version, program)}`, `${version}: ${text}`)
  return says.map(([version, text]) => `${version}: ${text}`).join('; ')
}

// a page is filled from a file, given up, and read again: mmap, pread64, madvise(MADV_DONTNEED)
const dontneed = `
  my $page = syscall(222, 0, 8192, 3, 0x22, -1, 0); open(my $file, '<', '/proc/self/exe');
  syscall(67, fileno($file), $page, 4, 0); my $answer = syscall(233, $page, 4096, 4);
  print "$answer ", unpack('H*', unpack('P4', pack('Q', $page)))`
// openat2(AT_FDCWD, "/", { 0, 0, 0 }, 24)
const openat2 = `my ($how, $path) = (pack('QQQ', 0, 0, 0), "/\\0"); print syscall(437, -100, $path, $how, 24) < 0 ? "$!" : 'opened'`
// pidfd_open of itself, and clone(CLONE_PIDFD | SIGCHLD), whose child ends at once
const pidfd = `
  my $descriptor = pack('q', -1); my $open = syscall(434, $$ + 0, 0) < 0 ? "$!" : 'opened';
  my $child = syscall(220, 0x1000 | 17, 0, $descriptor, 0, 0); syscall(94, 0) if $child == 0;
  print "$open, ", $child < 0 ? "$!" : 'cloned'`
const pauthLoop = `my %h; for (1..60000) { $h{$_ % 97} .= chr(65 + $_ % 26) } print +(times)[0]`
// by libc's readdir, which has 32-bit offsets, and not by Python's own
const readdir = `
import ctypes, os, sys
c = ctypes.CDLL(None, use_errno=True)
c.opendir.restype = c.readdir.restype = ctypes.c_void_p
c.opendir.argtypes, c.readdir.argtypes = [ctypes.c_char_p], [ctypes.c_void_p]
folder, count = c.opendir(sys.argv[1].encode()), 0
ctypes.set_errno(0)
while c.readdir(folder): count += 1
print(count, os.strerror(ctypes.get_errno()))`

const ext = 0xef53
const xfs = 0x58465342

/** A new folder with six files on a file system of one of these types. */
function folderOn(types: readonly number[], parents: readonly string[]): string {
  const parent = parents.find((folder) => types.includes(statfsSync(folder).type))
  if (parent === undefined) throw new Error(`none of ${parents.join(', ')} is on a file system of the right type`)
  const folder = mkdtempSync(join(parent, 'setup-qemu-known-'))
  for (const name of 'abcdef') writeFileSync(join(folder, name), '')
  return folder
}

async function systemCalls(): Promise<void> {
  const missing = 'Function not implemented'
  await shows('R8', 'madvise(MADV_DONTNEED) keeps what was there', () =>
    saysInTurn(
      [
        ...([['5.2.0', '0 7f454c46']] as const),
        ['7.2.22', '0 00000000'],
        ['10.0.13', '0 00000000'],
        [now, '0 00000000'],
      ],
      dontneed,
    ),
  )
  await shows('R11', 'clone(CLONE_PIDFD) is refused where pidfd_open works', () =>
    saysInTurn(
      [
        ['5.2.0', `${missing}, Invalid argument`],
        ['7.2.22', 'opened, Invalid argument'],
        ['10.0.13', 'opened, cloned'],
        [now, 'opened, cloned'],
      ],
      pidfd,
    ),
  )
  await shows('R23', 'openat2 is missing', () =>
    saysInTurn(
      [
        ['5.2.0', missing],
        ['7.2.22', missing],
        ['10.0.13', 'opened'],
        [now, 'opened'],
      ],
      openat2,
    ),
  )
  await shows('R26', 'readdir of 32-bit programs fails on ext4 or xfs, and not on a tmpfs', async () => {
    const wide = folderOn([ext, xfs], [tmpdir(), homedir(), process.cwd()])
    const narrow = folderOn([0x01021994], ['/dev/shm', '/run'])
    try {
      for (const version of ['5.2.0', '7.2.22', '10.0.13', now]) {
        const list = async (folder: string) =>
          (await run(version, 'arm', 'bookworm-armhf', ['usr/bin/python3.11', '-S', '-c', readdir, folder])).output
        expectEqual(
          [version, await list(wide), await list(narrow)],
          [version, '0 Value too large for defined data type', '8 Success'],
        )
      }
      return '0 of 8 names under 5.2.0, 7.2.22, 10.0.13 and 11.1.3'
    } finally {
      for (const folder of [wide, narrow]) rmSync(folder, { recursive: true })
    }
  })
}

async function processors(): Promise<void> {
  await shows('R10', 'the processor has no x86-64-v2', async () => {
    const levels = async (version: string) => {
      const { output } = await run(version, 'x86_64', 'bookworm-amd64', ['lib64/ld-linux-x86-64.so.2', '--help'])
      if (!output.includes('x86-64-v2')) throw new Error(`${version}: ${output}`)
      return [...output.matchAll(/(x86-64-v\d) \(supported/g)].map(([, level]) => level).sort()
    }
    expectEqual(await levels('5.2.0'), [])
    for (const version of ['7.2.22', '10.0.13', now]) expectEqual(await levels(version), ['x86-64-v2', 'x86-64-v3'])
    return 'none under 5.2.0, v2 and v3 from 7.2.22 on'
  })
  await shows('R25', 'pointer authentication is slow', async () => {
    const seconds = async (version: string, cpu?: string) =>
      Number(await perl(version, pauthLoop, 'trixie-arm64', cpu === undefined ? {} : { QEMU_CPU: cpu }))
    const [slow, plain, quick] = [
      await seconds('7.2.22'),
      await seconds('7.2.22', 'cortex-a57'),
      await seconds('10.0.13'),
    ]
    if (!(slow > 3 * plain && slow > 2 * quick)) throw new Error(`${slow}, ${plain} and ${quick} s`)
    return `7.2.22 ${slow} s, with cortex-a57 ${plain} s; 10.0.13 ${quick} s`
  })
}

async function crashes(): Promise<void> {
  await shows('R14', 'Erlang crashes at its start', async () => {
    const root = guestRoot('bookworm-arm64')
    const home = join(root, 'usr/lib/erlang')
    const programs = join(home, 'erts-13.1.5/bin')
    const places = ['-root', home, '-bindir', programs, '-home', '/', '-boot', join(home, 'bin/start_clean')]
    const words = [...places, '-progname', 'erl', '-noshell']
    const starts = async (version: string) => {
      const env = { BINDIR: programs, ERL_CRASH_DUMP: '/dev/null' }
      const program = 'usr/lib/erlang/erts-13.1.5/bin/beam.smp'
      const { output } = await run(version, 'aarch64', 'bookworm-arm64', [program, '--', ...words], env)
      // it then wants helpers, foreign programs too, which nothing runs here
      return output.includes('uncaught target signal 11')
        ? 'crashed'
        : output.includes('erl_child_setup')
          ? 'started'
          : output
    }
    for (const version of ['5.2.0', '7.2.22']) expectEqual([version, await starts(version)], [version, 'crashed'])
    for (const version of ['10.0.13', now]) expectEqual([version, await starts(version)], [version, 'started'])
    return 'signal 11 under 5.2.0 and 7.2.22, started under 10.0.13 and 11.1.3'
  })
  await shows('R16', "bullseye's ldconfig crashes now and then", async () => {
    const root = guestRoot('bullseye-arm64')
    for (let runs = 1; runs <= 900; runs++) {
      const { status, output } = await run('10.0.2', 'aarch64', 'bullseye-arm64', ['sbin/ldconfig', '-X', '-r', root])
      if (status !== 0) {
        if (!output.includes('uncaught target signal 11') && status !== null) throw new Error(output)
        return `in run ${runs} under 10.0.2: ${output.split('\n').at(-1)}`
      }
    }
    throw new Error('not in 900 runs under 10.0.2')
  })
}

await systemCalls()
await processors()
await crashes()
await check('every row that says so has its check here', () => {
  const said = knownProblems.filter(({ status }) => status !== 'reported').map(({ id }) => id)
  expectEqual(said, ['R8', 'R10', 'R11', 'R14', 'R16', 'R23', 'R25', 'R26'])
  return said.join(' ')
})
