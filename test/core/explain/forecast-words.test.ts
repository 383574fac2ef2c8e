import { describe, expect, it } from 'vitest'
import type { Why } from '../../../src/core/explain/forecast.js'
import { verdictWords } from '../../../src/core/explain/forecast-words.js'
import type { ListedEntry } from '../../../src/core/model/entry.js'
import type { ElfProgram } from '../../../src/core/model/program.js'

const entry: ListedEntry = {
  name: 'qemu-x',
  enabled: true,
  interpreter: '/q',
  flags: 'F',
  offset: 0,
  magic: '00',
  mask: 'ff',
}
const program = { kind: 'elf', bits: 64, endian: 'LE', machine: 183, target: 'aarch64' } as ElfProgram
const stranger = { ...program, machine: 999, target: null }
const emulator = { path: '/e', sha256: 'aa', qemuVersion: '11.1.3', build: null, where: 'held' } as const
const fails = (why: Why, errno = 'ENOENT') => verdictWords({ kind: 'fails', errno, why })

describe('a verdict', () => {
  it('that it runs needs nothing to be done', () => {
    expect(verdictWords({ kind: 'native' })).toEqual({
      sentence: 'It will run natively, without an emulator.',
      remedy: null,
    })
    const under = (found: typeof entry | null, by: typeof emulator | null) =>
      verdictWords({ kind: 'emulated', entry: found, emulator: by }).sentence
    expect(under(entry, emulator)).toBe('It will run under QEMU 11.1.3, by the entry qemu-x.')
    expect(under(entry, null)).toBe('It will run under /q, by the entry qemu-x.')
    expect(under(null, emulator)).toBe('It will run under QEMU 11.1.3, by an entry out of sight.')
  })

  it('that it fails names the errno in words and by its name', () => {
    const why: Why = { kind: 'file-folder', path: '/f', errno: 'EACCES' }
    expect(fails(why, 'EACCES').sentence).toBe(
      'It will fail with "Permission denied" (EACCES), because /f is a folder.',
    )
    expect(fails(why, 'EODD').sentence).toBe('It will fail with EODD, because /f is a folder.')
  })

  it('that it breaks names who gives up, or that it crashes by itself', () => {
    const why: Why = { kind: 'damaged', path: '/f', fault: 'cut' }
    expect(verdictWords({ kind: 'breaks', entry, emulator, why }).sentence).toMatch(
      /^It will start under QEMU 11\.1\.3, by the entry qemu-x, which will give up, because /,
    )
    expect(verdictWords({ kind: 'breaks', entry: null, emulator: null, why }).sentence).toMatch(
      /^It will start natively and crash, because /,
    )
  })

  it('that cannot be told says why', () => {
    const why: Why = { kind: 'file-sealed', path: '/f', errno: 'EACCES' }
    expect(verdictWords({ kind: 'unknown', why })).toEqual({
      sentence: 'What will happen cannot be told, because this user may execute /f, and not read it.',
      remedy: 'run explain as root',
    })
  })
})

describe('a reason', () => {
  const script = { kind: 'script-interpreter-missing', path: '/f', interpreter: '/i', cwd: null } as const
  const loader = { path: '/f', loader: '/ld', emulated: 'aarch64' } as const
  it.each<[Why, RegExp, RegExp]>([
    [{ kind: 'file-missing', path: '/f', errno: 'ENOENT' }, /because there is no \/f\.$/, /ls -l/],
    [
      { kind: 'file-missing', path: '/f', errno: 'ENOENT', at: '/d' },
      /no \/f: on the way \/d is not there\.$/,
      /ls -l/,
    ],
    [{ kind: 'file-missing', path: '/f', errno: 'ENOTDIR', at: '/d' }, /on the way \/d is no folder\.$/, /ls -l/],
    [{ kind: 'file-missing', path: '/f', errno: 'ELOOP' }, /\/f is a link that leads to itself/, /ls -l/],
    [{ kind: 'file-not-executable', path: '/f', errno: 'EACCES' }, /no x permission/, /^chmod \+x \/f$/],
    [
      { kind: 'file-not-executable', path: '/f', errno: 'EACCES', blocked: { kind: 'noexec', point: '/tmp' } },
      /\/tmp, which is mounted noexec/,
      /remount,exec \/tmp$/,
    ],
    [
      { kind: 'file-not-executable', path: '/f', errno: 'EACCES', blocked: { kind: 'special' } },
      /is a pipe or a device/,
      /name a program/,
    ],
    [{ kind: 'file-unreadable', path: '/f', errno: 'EIO' }, /by this user: Input\/output error\.$/, /as root/],
    [script, /its first line names \/i, which is not there\.$/, /install that interpreter/],
    [
      { ...script, interpreter: 'i', cwd: '/home' },
      /looks for it in the current folder \/home/,
      /#!\/usr\/bin\/env i$/,
    ],
    [{ ...script, interpreter: '/i\r' }, /carriage return, .* named \/i\\r\.$/, /sed -i 's\/\\r\$\/\/' \/f/],
    [{ kind: 'script-odd', path: '/f', fault: 'too long' }, /\/f is no script .*: too long\.$/, /first line/],
    [{ kind: 'scripts-too-deep', path: '/f' }, /too many scripts/, /name a program/],
    [{ kind: 'no-program', path: '/f', what: 'empty' }, /\/f is empty, and no entry/, /head -c 64/],
    [{ kind: 'no-program', path: '/f', what: 'text' }, /text without #!/, /write #!\/bin\/sh/],
    [{ kind: 'no-program', path: '/f', what: 'data' }, /neither ELF nor a script/, /head -c 64/],
    [{ kind: 'loader-missing', ...loader, prefix: null }, /\/ld, is not\.$/, /setup aarch64 --sysroot DIR$/],
    [{ kind: 'loader-missing', ...loader, prefix: '/p' }, /is not, nor below QEMU_LD_PREFIX \/p\.$/, /--sysroot/],
    [{ kind: 'loader-missing', ...loader, emulated: null, prefix: null }, /is not\.$/, /^install the C library/],
    [{ kind: 'loader-foreign', ...loader, got: 's390x' }, /another architecture \(s390x\)/, /--sysroot/],
    [{ kind: 'loader-foreign', ...loader, got: 'no program' }, /its loader \/ld is no ELF program/, /--sysroot/],
    [{ kind: 'loader-unusable', ...loader, errno: 'EIO', fault: 'is cut short' }, /\/ld is cut short\.$/, /--sysroot/],
    [
      { kind: 'no-entry', path: '/f', program, lost: null },
      /program for aarch64, and no entry/,
      /^setup-qemu setup aarch64$/,
    ],
    [{ kind: 'no-entry', path: '/f', program: stranger, lost: null }, /machine number 999/, /no user emulator for it/],
    [{ kind: 'rule-misses', path: '/f', program }, /QEMU's rule does not match/, /setup aarch64 --rules wide$/],
    [{ kind: 'rule-misses', path: '/f', program: stranger }, /does not match/, /no user emulator for it/],
    [{ kind: 'not-mounted', program, lost: null }, /binfmt_misc is not mounted\.$/, /setup aarch64$/],
    [{ kind: 'switched-off', program }, /switched off/, /echo 1 \| sudo tee .*\/status$/],
    [{ kind: 'entry-disabled', entry: 'qemu-x', program }, /qemu-x that matches it is disabled/, /tee .*\/qemu-x, or/],
    [{ kind: 'emulator-missing', entry, root: null }, /\/q is not there \(deleted\?\)/, /with F/],
    [{ kind: 'emulator-missing', entry, root: '/r' }, /\/q is not in the root \/r\.$/, /with F/],
    [
      { kind: 'emulator-unrunnable', entry, fault: 'is a folder' },
      /interpreter \/q of the entry qemu-x is a folder/,
      /F$/,
    ],
    [{ kind: 'probe-refused', entry, errno: 'EPERM' }, /a probe got EPERM/, /setup-qemu status/],
    [{ kind: 'probe-unanswered', output: null }, /a probe hangs under it/, /setup-qemu compare/],
    [{ kind: 'probe-unanswered', output: ' \n' }, /before it could answer\.$/, /setup-qemu compare/],
    [{ kind: 'probe-unanswered', output: 'oops\n' }, /before it could answer, and it said: oops\.$/, /compare/],
    [
      { kind: 'probe-unanswered', output: "unable to find CPU model 'x'" },
      /and it said: /,
      /^QEMU_CPU in the environment/,
    ],
  ])('%j', (why, sentence, remedy) => {
    const words = fails(why)
    expect(words.sentence).toMatch(sentence)
    expect(words.remedy).toMatch(remedy)
  })

  it('shows the names of others so that nothing in them is obeyed', () => {
    const odd = '/a\x1b[2J\n::error::b'
    expect(fails({ kind: 'file-folder', path: odd, errno: 'EACCES' }).sentence).toContain(
      '/a\\u001b[2J\\n::error::b is a',
    )
  })
})
