import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { runProgram } from '../../src/system/exec.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'

cleanAfterEach()

const usualPath = process.env.PATH ?? ''
afterEach(() => {
  process.env.PATH = usualPath
  delete process.env.INPUT_PLATFORMS
})

/** A folder with a program, and nothing else on PATH but links to what is named. */
function programs(name: string, script: string, ...others: string[]): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  for (const other of others) symlinkSync(join('/usr/bin', other), join(folder, other))
  process.env.PATH = folder
  return join(folder, name)
}

/** Arguments that let node carry out a script which can run programs: the library writes to node's own streams. */
function scriptWords(script: string): string[] {
  const module = join(process.cwd(), 'build/src/system/exec.js')
  return ['--input-type=module', '-e', `const { runProgram } = await import('${module}')\n${script}`]
}

/** Carries it out with few file descriptors, and the runner's debug logging on. */
function alone(script: string) {
  return spawnSync('sh', ['-c', 'ulimit -n 64; exec "$@"', 'sh', process.execPath, ...scriptWords(script)], {
    encoding: 'utf8',
    env: { ...process.env, RUNNER_DEBUG: '1' },
  })
}

describe('a program run by @actions/exec', () => {
  it('hands over its streams and status, in the C locale, with no input and nothing of the action', async () => {
    process.env.INPUT_PLATFORMS = 'arm64'
    const script = 'cat; printf "%s." "$@"; echo "$LC_ALL$INPUT_PLATFORMS" >&2; exit 7'
    const result = await runProgram('sh', ['-c', script, 'sh', 'a b', '"', "'", '\\', ''])
    expect(result).toEqual({ status: 7, signal: null, stdout: 'a b.".\'.\\..', stderr: 'C\n' })
  })

  it('shows neither its command line nor its output', async () => {
    const { stdout, stderr, status } = alone("await runProgram('sh', ['-c', 'echo shown; echo shown >&2', 'secret'])")
    expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 })
  })

  it.each([
    ['/nonexistent/program', 'ENOENT'],
    ['no-such-program', 'ENOENT'],
    ['/etc/passwd', 'EACCES'],
    ['/proc', 'EACCES'],
  ])('that cannot be started is told by its errno: %s', async (file, errno) => {
    expect(await runProgram(file, ['x'])).toEqual({ status: null, signal: null, stdout: '', stderr: '', errno })
  })

  it('that cannot be executed when it is started is told by its errno, too', async () => {
    const file = join(temporaryFolder(), 'script')
    writeFileSync(file, '#!/nonexistent/interpreter\n', { mode: 0o755 })
    expect(await runProgram(file, [])).toMatchObject({ status: null, errno: 'ENOENT' })
  })

  it('with a word that the kernel does not take is told by its errno, too', async () => {
    expect(await runProgram('true', ['x'.repeat(200_000)])).toMatchObject({ status: null, errno: 'E2BIG' })
  })

  it('over its time limit is killed, what it had said is kept, and what it left with its pipes is not waited for', async () => {
    const start = performance.now()
    const result = await runProgram('sh', ['-c', 'echo before; sleep 20 & wait'], { timeoutMs: 300 })
    expect(result).toEqual({ status: null, signal: 'SIGKILL', stdout: 'before\n', stderr: '' })
    expect(performance.now() - start).toBeLessThan(8_000)
  })

  it('that cannot be killed is not waited for', async () => {
    // as if the kernel did not let it
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'timeout'), '#!/bin/sh\nshift 3\nexec "$@"\n', { mode: 0o755 })
    process.env.PATH = `${folder}:${usualPath}`
    const result = await runProgram('sh', ['-c', 'echo before; exec sleep 8'], { timeoutMs: 300 })
    expect(result).toEqual({ status: null, signal: 'SIGKILL', stdout: 'before\n', stderr: '' })
  })

  it('that ends as one that was killed is told apart from one over its limit', async () => {
    expect(await runProgram('sh', ['-c', 'exit 137'])).toMatchObject({ status: 137, signal: null })
    expect(await runProgram('sh', ['-c', 'kill -SEGV $$'])).toMatchObject({ status: null, signal: null })
  })

  it('that prints much, and lines without end, does no harm', async () => {
    const before = process.cpuUsage()
    const { status, stdout, stderr } = await runProgram('sh', [
      '-c',
      'head -c 50000000 /dev/zero; yes | head -c 5000000 >&2',
    ])
    expect(status).toBe(0)
    for (const text of [stdout, stderr]) {
      expect(text.length).toBeGreaterThanOrEqual(1 << 20)
      expect(text.length).toBeLessThan((1 << 20) + 65_537)
    }
    // the library alone takes 13 s
    const { user, system } = process.cpuUsage(before)
    expect(user + system).toBeLessThan(4_000_000)
  })

  it('leaves nothing behind that keeps this process', () => {
    const { stdout, stderr } = alone(`await runProgram('true', [])
const ended = performance.now()
process.on('exit', () => console.log(performance.now() - ended))`)
    expect(stderr).toBe('')
    expect(Number(stdout)).toBeLessThan(1_000)
  })

  it('runs many at once, each with its own output', async () => {
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, at) => runProgram('sh', ['-c', `echo ${at}; exit ${at}`])),
    )
    expect(all.map(({ status, stdout }) => [status, stdout])).toEqual(all.map((_, at) => [at, `${at}\n`]))
  })

  it('a machine without coreutils runs it all the same, within its limit', async () => {
    const file = programs('slow', 'exec /bin/sleep 60')
    expect(await runProgram(file, [], { timeoutMs: 200 })).toMatchObject({ status: null, signal: 'SIGKILL' })
    programs('busybox', 'echo "unrecognized option: foreground" >&2; exit 1')
    symlinkSync('busybox', join(process.env.PATH ?? '', 'timeout'))
    expect(await runProgram('/bin/echo', ['fine'])).toMatchObject({ status: 0, stdout: 'fine\n' })
  })

  it('hears the signal of a terminal, and of whoever ends this process', async () => {
    const folder = temporaryFolder()
    const told = join(folder, 'told')
    writeFileSync(
      join(folder, 'program'),
      `#!/bin/sh\ntrap 'echo heard >${told}; exit' INT\necho >${folder}/ready\nwhile :; do sleep 0.1; done\n`,
    )
    chmodSync(join(folder, 'program'), 0o755)
    const words = scriptWords(`await runProgram('${folder}/program', [])`)
    const child = spawn(process.execPath, words, { detached: true, stdio: 'ignore' })
    const ended = once(child, 'exit')
    while (!existsSync(join(folder, 'ready'))) await new Promise((resolve) => setTimeout(resolve, 20))
    // a terminal tells its whole foreground group
    process.kill(-(child.pid ?? 0), 'SIGINT')
    await ended
    for (let tries = 0; tries < 100 && !existsSync(told); tries++)
      await new Promise((resolve) => setTimeout(resolve, 20))
    expect(readFileSync(told, 'utf8')).toBe('heard\n')
  })

  it('the end of file descriptors is told as what it is', () => {
    const { stdout, stderr } = alone(`await runProgram('true', [])
const { openSync } = await import('node:fs')
try { for (;;) openSync('/dev/null') } catch {}
console.log(await runProgram('true', []).catch((error) => error.code))`)
    expect([stdout, stderr]).toEqual(['too-many-open-files\n', ''])
  })
})
