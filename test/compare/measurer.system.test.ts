import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Measurer } from '../../src/compare/measurer.js'
import { cleanAfterEach, temporaryFolder, testMachine } from '../support/kernel/table.js'

cleanAfterEach()

function measured(file: string, ...argv: string[]) {
  const measurer = new Measurer(testMachine().measurer, [temporaryFolder()])
  try {
    const { words, result } = measurer.measured(file, argv)
    const [program, ...args] = words
    const { stdout } = spawnSync(program, args, { encoding: 'utf8' })
    return { ...result(), stdout }
  } finally {
    measurer.close()
  }
}

describe('the measurer', () => {
  it('tells how a program ended, and hands its arguments on', () => {
    expect(measured('/bin/sh', 'name', '-c', 'echo $0 $1; exit 7', 'a', 'b c')).toMatchObject({
      ...{ status: 7, signal: null, errno: null, stdout: 'a b c\n' },
    })
    expect(measured('/bin/sh', 'sh', '-c', 'kill -SEGV $$')).toMatchObject({ status: null, signal: 'SIGSEGV' })
    expect(measured('/bin/sh', 'sh', '-c', 'kill -9 $$')).toMatchObject({ status: null, signal: 'SIGKILL' })
  })

  it('tells why one could not be executed', () => {
    expect(measured('/nowhere', 'x')).toMatchObject({ errno: 'ENOENT' })
    expect(measured('/etc/passwd', 'x')).toMatchObject({ errno: 'EACCES' })
  })

  it('tells time, processor time and memory, of children too', () => {
    const slept = measured('/bin/sh', 'sh', '-c', 'sleep 0.3')
    expect(slept.seconds).toBeGreaterThanOrEqual(0.3)
    expect(slept.cpuSeconds).toBeLessThan(slept.seconds ?? 0)
    const busy = measured('/bin/sh', 'sh', '-c', '(i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done); true')
    expect(busy.cpuSeconds).toBeGreaterThan(slept.cpuSeconds ?? 1)
    const script = 'const a = Buffer.alloc(300e6, 1); process.exit(a[7] - 1)'
    const big = measured('/bin/sh', 'sh', '-c', '"$0" -e "$1"; true', process.execPath, script)
    expect(big.peakBytes).toBeGreaterThan(300e6)
    expect(big.peakBytes).toBeGreaterThan(10 * (slept.peakBytes ?? 0))
  })

  it('has no result for a run that was killed, and leaves no folder', () => {
    const parent = temporaryFolder()
    const measurer = new Measurer(testMachine().measurer, [parent])
    const { words, result } = measurer.measured('/bin/sleep', ['sleep', '5'])
    const [program, ...args] = words
    spawnSync(program, args, { timeout: 200, killSignal: 'SIGKILL' })
    expect(result()).toBeUndefined()
    measurer.close()
    expect(readdirSync(parent)).toEqual([])
  })

  it('takes the next folder where one is missing or mounted noexec, and says so where none will do', () => {
    const [noexec, usable] = [join(temporaryFolder(), 'noexec'), temporaryFolder()]
    mkdirSync(noexec)
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'noexec', 'tmpfs', noexec])
    try {
      const measurer = new Measurer(testMachine().measurer, ['/nowhere', noexec, usable])
      const [program] = measurer.measured('/bin/true', ['true']).words
      expect([program.startsWith(usable), existsSync(program)]).toEqual([true, true])
      measurer.close()
      expect(() => new Measurer(testMachine().measurer, ['/nowhere', noexec])).toThrow(
        expect.objectContaining({ code: 'probe-unrunnable', message: expect.stringMatching(/ENOENT.*EACCES/) }),
      )
      expect(readdirSync(noexec)).toEqual([])
    } finally {
      spawnSync('umount', [noexec])
    }
  })
})
