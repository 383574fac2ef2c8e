// Private scopes and `run` with real programs: as root and as ordinary users, with two versions at once beside a host's own, through terminals,
// signals and kills. Runs inside test/support/kernel/range.sh, whose table is the host's here.
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { registerLine } from '../../../src/core/model/entry.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { binfmtFolder } from '../../../src/system/binfmt.js'
import { sha256OfFile } from '../../../src/system/regular-file.js'
import { everyTable } from '../../support/kernel/every-process.js'
import { emulator, emulatorPath } from '../../support/programs/emulators.js'
import { checker, expectEqual } from '../check.js'
import { nothingLeft } from '../storms/storm.js'
import { makeAccounts, must, Person, shareCache, users } from './scope-user.js'

const [results = '', firstStage = ''] = process.argv.slice(2)
const check = checker(results)
const probe = '/run/probe'
const newest = '11.1.3'
const older = '7.2.22'
const hosts = '5.2.0'

/** SHA-256 of what runs an arm64 program that a person starts: it is that very process, as everything before it was replaced. */
async function whatRuns(person: Person, ...before: string[]): Promise<string> {
  const [file = '', ...args] = [...before, probe]
  const child = person.start(file, ...args)
  try {
    const first = await Promise.race([
      once(child.stdout!, 'data').then(() => 'ran'),
      once(child, 'exit').then(() => ''),
    ])
    if (first === '') throw new Error(`it did not run: ${await text(child.stderr!)}`)
    return sha256OfFile(`/proc/${child.pid}/exe`)
  } finally {
    child.kill('SIGKILL')
  }
}

function expectVersion(sha256: string, version: string): string {
  expectEqual(sha256, emulator('aarch64', version).sha256)
  return `${version} ${sha256.slice(0, 16)}`
}

const everything = `
  pwd; umask; ulimit -n; ulimit -f; ulimit -c; nice
  env -0 | sort -z | grep -zv '^SETUP_QEMU_SCOPE=\\|^_=' | od -c
  grep -E '^(SigIgn|SigBlk):' /proc/self/status
  id -u; id -g; cat <&5`

/** The same script with and without the scope has to say the same. */
function passesThrough(person: Person, withQemu: string): string {
  const script = `umask 027; ulimit -S -n 321; ulimit -f 654; trap '' USR1; cd "$PWD"; exec 5<<'END'\nfile five\nEND\n`
  const plain = person.run('bash', '-c', `${script} exec bash -c "$1"`, 'bash', everything)
  const scoped = person.run('bash', '-c', `${script} exec "$2" bash -c "$1"`, 'bash', everything, withQemu)
  expectEqual(scoped, plain)
  expectEqual(plain.stdout.includes('file five') && plain.stdout.includes('a folder'), true)
  return `${plain.stdout.split('\n').length} lines are the same`
}

function endings(person: Person, withQemu: string): string {
  expectEqual(person.run(withQemu, '--', 'sh', '-c', 'exit 42').status, 42)
  expectEqual(person.run(withQemu, 'sh', '-c', 'kill -TERM $$').signal, 'SIGTERM')
  expectEqual(person.run(withQemu, 'no-such-program').status, 127)
  expectEqual(person.run(withQemu).status, 125)
  expectEqual(person.run('sh', '-c', 'printf "a\\0b" | "$0" cat | od -An -c', withQemu).stdout.trim(), 'a  \\0   b')
  const shell = 'echo one; false; echo two'
  writeFileSync(join(person.folder, 'step.sh'), shell, { mode: 0o755 })
  const step = person.run(withQemu, 'bash', '-e', join(person.folder, 'step.sh'))
  expectEqual([step.status, step.stdout], [1, 'one\n'])
  return '42, SIGTERM, 127, 125, a step'
}

/** Files that a command makes are the person's, outside. */
function owners(person: Person, withQemu: string): string {
  for (const [name, words] of [
    ['own', []],
    ['root', ['--as-root']],
  ] as const) {
    expectEqual(person.run(withQemu, ...words, 'touch', `made by ${name}`).status, 0)
    expectEqual(statSync(join(person.folder, `made by ${name}`)).uid, users[person.name])
  }
  return `uid ${users[person.name]}`
}

function terminal(person: Person, withQemu: string): string {
  const command = `stty cols 91 rows 17; '${withQemu}' sh -c 'tty; stty size; ps -o tpgid= -o pgid= -p $$'`
  const { stdout } = person.run('script', '-qec', command, '/dev/null')
  const [tty, size, groups = ''] = stdout.split('\r\n')
  expectEqual([/^\/dev\/pts\/\d+$/.test(tty ?? ''), size], [true, '17 91'])
  const [front, own] = groups.trim().split(/\s+/)
  expectEqual(front, own)
  return `${tty}, ${size}`
}

function chroots(person: Person, withQemu: string, root: string): string {
  const { status, stdout, stderr } = person.run(withQemu, 'chroot', root, '/bin/uname', '-m')
  expectEqual([status, stdout.trim(), stderr], [0, 'aarch64', ''])
  expectEqual(person.run(withQemu, '--as-root', 'chroot', root, '/usr/bin/id', '-u').stdout.trim(), '0')
  return stdout.trim()
}

async function asPerson(name: keyof typeof users, root: string): Promise<void> {
  const person = new Person(name)
  let scopes: readonly [string, string] = ['', '']
  const [old, current] = [() => scopes[0], () => scopes[1]]
  await check(`${name}: two private scopes, ${older} and ${newest}`, () => {
    scopes = [person.open(older), person.open(newest)]
    expectEqual(everyTable().length, 3)
    return scopes.join(' ')
  })
  await check(`${name}: each sees its own emulator, and the host its own`, async () => {
    const seen = [await whatRuns(person, old()), await whatRuns(person, current()), await whatRuns(person, 'env')]
    return [older, newest, hosts].map((version, at) => expectVersion(seen[at] ?? '', version)).join(', ')
  })
  await check(`${name}: what with-qemu passes through`, () => passesThrough(person, old()))
  await check(`${name}: how commands end`, () => endings(person, current()))
  await check(`${name}: whose files are`, () => owners(person, current()))
  await check(`${name}: a terminal`, () => terminal(person, current()))
  await check(`${name}: chroot into an arm64 root`, () => chroots(person, current(), root))
  await check(`${name}: nobody else gets in`, () => {
    const other = new Person(name === 'runner' ? 'subordinate' : 'runner')
    const { status, stderr } = other.run('sh', '-c', 'sh "$0" true', old())
    expectEqual(status === 0, false)
    const inner = person.run(current(), old(), 'true')
    expectEqual([inner.status, /cannot enter another/.test(inner.stderr)], [125, true])
    expectEqual(person.run(current(), current(), 'sh', '-c', 'exit 3').status, 3)
    return stderr.trim()
  })
  await check(`${name}: restore ends both, nothing is left`, () => {
    expectEqual(person.cli('restore').stdout.match(/closed the private scope/g)?.length, 2)
    return expectNothing(person)
  })
}

const expectNothing = (person: Person) => nothingLeft('private-scope.js', [person])

/** A user with subordinate ids makes a whole Debian root. */
async function secondStage(): Promise<void> {
  const person = new Person('subordinate', { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' })
  const root = join(person.folder, '..', 'root')
  await check("a user's own Debian root: the second stage under a private scope", async () => {
    const withQemu = person.open(newest)
    person.run('mkdir', root)
    const unpacked = person.run(
      withQemu,
      '--as-root',
      'tar',
      '-C',
      root,
      '--exclude=./dev/*',
      '-xf',
      '/run/first-stage.tar',
    )
    expectEqual([unpacked.status, unpacked.stderr], [0, ''])
    const { status, stdout, stderr } = person.run(
      withQemu,
      '--as-root',
      // as the README has it: debootstrap must not try to make devices, which no user namespace allows
      'env',
      'container=lxc',
      'chroot',
      root,
      '/debootstrap/debootstrap',
      '--second-stage',
    )
    if (status !== 0) throw new Error(`${status}: ${stdout.slice(-600)}${stderr.slice(-600)}`)
    expectEqual(
      person.run(withQemu, '--as-root', 'chroot', root, '/usr/bin/dpkg', '--print-architecture').stdout,
      'arm64\n',
    )
    const owner = statSync(join(root, 'usr/bin/dpkg')).uid
    expectEqual(owner, users.subordinate)
    expectEqual(person.run(withQemu, '--as-root', 'rm', '-rf', root).status, 0)
    expectEqual(person.cli('restore').status, 0)
    await expectNothing(person)
    return stdout.trim().split('\n').at(-1) ?? ''
  })
}

makeAccounts()
shareCache()
mkdirSync('/run/root')
// where no user may look otherwise
writeFileSync('/run/first-stage.tar', '')
must('mount', '--bind', firstStage, '/run/first-stage.tar')
must('tar', '-C', '/run/root', '--exclude=./dev/*', '-xf', '/run/first-stage.tar')
const probes = JSON.parse(readFileSync('src/data/probes.json', 'utf8')).probes
writeFileSync(probe, Buffer.from(probes.aarch64.base64, 'base64'), { mode: 0o755 })
const { magic, mask } = targetNamed('aarch64')
const interpreter = await emulatorPath('aarch64', hosts)
writeFileSync(
  join(binfmtFolder, 'register'),
  registerLine({ name: 'qemu-aarch64', interpreter, flags: 'POCF', offset: 0, magic, mask }),
)
const entry = readFileSync(join(binfmtFolder, 'qemu-aarch64'), 'utf8')
for (const name of ['root', 'runner', 'subordinate'] as const) await asPerson(name, '/run/root')
if (process.env.SETUP_QEMU_SECOND_STAGE !== 'no') await secondStage()
await check("the host's table is as it was", () => {
  expectEqual(readFileSync(join(binfmtFolder, 'qemu-aarch64'), 'utf8'), entry)
  expectEqual(readdirSync(binfmtFolder).sort(), ['qemu-aarch64', 'register', 'status'])
  return 'the same entry'
})
