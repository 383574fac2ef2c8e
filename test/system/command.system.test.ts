import { describe, expect, it } from 'vitest'
import { command } from '../../src/system/command.js'

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

describe('a program of the host', () => {
  it('that does not exist is told by its errno, and nothing waits for it', async () => {
    const before = timers()
    expect(await command('/nonexistent/program', [])).toMatchObject({ status: null, errno: 'ENOENT' })
    expect(timers()).toBeLessThanOrEqual(before)
  })

  it('gets its input and hands over its streams and status, in the C locale', async () => {
    const result = await command('sh', ['-c', 'cat; echo "$LC_ALL" >&2; exit 7'], { input: 'text' })
    expect(result).toEqual({ status: 7, signal: null, stdout: 'text', stderr: 'C\n' })
  })

  it('over its time limit is killed', async () => {
    expect(await command('sleep', ['60'], { timeoutMs: 100 })).toMatchObject({ status: null, signal: 'SIGKILL' })
  })

  it('that does not read its input, or prints without end, does no harm', async () => {
    expect(await command('true', [], { input: 'x'.repeat(1 << 20) })).toMatchObject({ status: 0 })
    const { stdout } = await command('sh', ['-c', 'head -c 5000000 /dev/zero'])
    expect(stdout.length).toBeLessThan((1 << 20) + 65_537)
  })
})
