import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  annotations,
  cli,
  dist,
  machineNode,
  main,
  play,
  post,
  type StepResult,
  shell,
  temporary,
} from '../support/runner/runner.js'

const matcher = join(dist, 'main', 'problem-matcher.json')
const commands = ({ stdout }: StepResult) => stdout.split('\n').filter((line) => /^::(add|remove)-matcher/.test(line))

describe('the action', () => {
  it('has lines of later steps annotated until post, and warns of nothing by default', async () => {
    const { result } = await play([main(), post()])
    expect([commands(result('main')), commands(result('post of main'))]).toEqual([
      [`::add-matcher::${matcher}`],
      ['::remove-matcher owner=setup-qemu::'],
    ])
    expect(existsSync(matcher)).toBe(true)
    expect(result('main').stdout.trimEnd().split('\n').at(-1)).toBe(`::add-matcher::${matcher}`)
    expect(annotations('warning', result('main'))).toEqual([])
    expect(result('main').summary).not.toContain('known problem')
  })

  it('does not where nothing is emulated, or it is red', async () => {
    const native = process.arch === 'arm64' ? 'arm64' : 'amd64'
    const { result } = await play([
      main({ platforms: native }, {}, 'native'),
      post('native'),
      main({ platforms: 'arm46' }, {}, 'red'),
      post('red'),
    ])
    expect([result('native').status, result('red').status]).toEqual([0, 1])
    for (const name of ['native', 'post of native', 'red', 'post of red']) expect(commands(result(name))).toEqual([])
  })

  it('warns of an old QEMU, one line a problem, and the summary has it', async () => {
    const { result } = await play([main({ 'qemu-version': '7.2' }), post()])
    const done = result('main')
    expect(done.status).toBe(0)
    expect(annotations('warning', done).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^aarch64 under QEMU 7\.2\.22: .*cortex-a72.*To do: give cpu: cortex-a72.*#slow-cpu$/),
      expect.stringMatching(
        /^aarch64 under QEMU 7\.2\.22: tar and ostree .*To do: use QEMU 11\.1\.3 .*#known-problem \(R23\)$/,
      ),
    ])
    expect(done.summary).toContain('**this QEMU has a known problem (R23)**')
    const { findings } = JSON.parse(done.outputs.status ?? '').targets[0]
    expect(findings).toMatchObject([{ code: 'slow-cpu' }, { code: 'known-problem', details: { id: 'R23' } }])
  })
})

describe('known-problems', () => {
  it('lists them, of a version and of platforms, and one by its id', async () => {
    const { result } = await play([
      cli('all', ['known-problems', '--json']),
      cli('some', ['known-problems', '--qemu-version', '7.2', '--platforms', 'linux/arm64,s390x']),
      cli('one', ['known-problems', 'R16']),
      cli('versions', ['versions', '--json']),
      cli('none', ['known-problems', 'R99']),
      cli('wrong', ['known-problems', '--platforms', 'arm46']),
    ])
    expect(JSON.parse(result('all').stdout).problems).toHaveLength(56)
    expect(result('some').stdout).toMatch(/^R23 .*\n(.*\n)*.*use QEMU 11\.1\.3/m)
    expect(result('some').stdout).not.toMatch(/^(R17|E1) /m)
    expect(result('one').stdout).toMatch(/^R16 .*\n(.*\n)*1 problem is known for these\n$/)
    const counts = JSON.parse(result('versions').stdout).builds.map(
      (build: { knownProblems: number }) => build.knownProblems,
    )
    expect(Math.min(...counts)).toBeGreaterThan(0)
    expect([result('none').status, result('wrong').status]).toEqual([2, 2])
  })
})

const crash = 'qemu: uncaught target signal 11 (Segmentation fault) - core dumped'

describe('diagnose', () => {
  it('reads a file or standard input, looks at this machine, and ends with 0 whatever it found', async () => {
    const folder = temporary()
    const log = join(folder, 'a.log')
    writeFileSync(
      log,
      `one\r\n\u001b[31m${crash}\u001b[0m\r\ntar: x: Cannot open: Function not implemented\nexec /x: exec format error\n`,
    )
    const { result } = await play([
      cli('before', ['diagnose', log, '--platforms', 'arm64']),
      cli('setup', ['setup', 'arm64', '--qemu-version', '7.2']),
      cli('file', ['diagnose', log]),
      shell('stdin', '"$1" "$2" diagnose --json - < "$3"', machineNode, join(dist, 'cli/index.js'), log),
      shell('nothing', 'echo well | "$1" "$2" diagnose', machineNode, join(dist, 'cli/index.js')),
      cli('restore', ['restore']),
    ])
    expect(result('before').status).toBe(0)
    expect(result('before').stdout).toContain('no entry for aarch64 is registered here')
    expect(result('file').stdout).toMatch(/\(line 2\)\n {2}> qemu: uncaught target signal 11 \(Segm.*\n/)
    expect(result('file').stdout).toContain('qemu-aarch64 runs aarch64 programs here with QEMU 7.2.22')
    expect(result('file').stdout).toContain('openat2 is missing (known of the QEMU that is here): use QEMU 11.1.3')
    // a build of the catalog is position-independent: R15 is not about it
    expect(result('file').stdout).toMatch(/of other QEMUs: R4, R5, R7, R13, R15, R16 /)
    expect(result('file').stdout).toMatch(/\n\n\S+ \S+\/dist\/cli\/index\.js explain FILE /)
    expect(result('file').stdout).not.toMatch(/^::/m)
    expect(JSON.parse(result('stdin').stdout)).toMatchObject({
      ok: true,
      lines: 4,
      causes: [
        { code: 'target-signal-11', line: 2 },
        { code: 'tar-openat2', line: 3 },
        { code: 'exec-format-error', line: 4 },
      ],
    })
    expect(result('nothing')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^nothing known was found: 1 line /),
    })
  })

  it('says why a log cannot be read', async () => {
    const folder = temporary()
    mkdirSync(join(folder, 'sub'))
    const { result } = await play([
      cli('none', ['diagnose', join(folder, 'none')]),
      cli('folder', ['diagnose', join(folder, 'sub')]),
      cli('two', ['diagnose', 'a', 'b']),
    ])
    expect(result('none')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('failed: No such file or directory'),
    })
    expect(result('folder')).toMatchObject({ status: 2, stderr: expect.stringContaining('failed: Is a directory') })
    expect(result('two')).toMatchObject({ status: 2, stderr: expect.stringContaining('diagnose takes one log, got 2') })
  })

  it.each([
    ['lines', `yes "$(printf '%0120d' 7)"`],
    ['one line', "tr '\\0' x < /dev/zero"],
    ['NULs', 'cat /dev/zero'],
  ])('reads 200 MB of %s in little memory', async (_, source) => {
    const script = `(${source} | head -c 200000000; echo; echo '${crash}') | "$1" -e '
      process.argv.splice(1, 0, process.argv[1]); process.argv[2] = "diagnose"
      process.on("exit", () => console.log("peak", process.resourceUsage().maxRSS))
      import(process.argv[1])' "$2"`
    const { result } = await play([shell('big', script, machineNode, join(dist, 'cli/index.js'))])
    const { stdout, status } = result('big')
    expect([status, stdout]).toEqual([0, expect.stringContaining('an emulated program crashed')])
    const peak = Number(/peak (\d+)/.exec(stdout)?.[1])
    expect(peak).toBeGreaterThan(0)
    expect(peak).toBeLessThan(250_000)
  })
})
