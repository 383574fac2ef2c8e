import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { bringTools, type Tool } from '../../scripts/tools.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'

cleanAfterEach()
const path = process.env.PATH
afterEach(() => {
  process.env.PATH = path
})

const tools: readonly Tool[] = [
  ['sh', 'dash'],
  ['no-such-program', 'some-package'],
  ['no-other-program', 'some-package'],
]

/** Puts an apt-get on PATH that fails so many times, as when another process holds its lock; gives its calls. */
function aptThatFails(times: number): () => string[] {
  const folder = temporaryFolder()
  const calls = join(folder, 'calls')
  const script = `#!/bin/sh\necho "$*" >>'${calls}'\n[ "$(wc -l <'${calls}')" -gt ${times} ]\n`
  writeFileSync(join(folder, 'apt-get'), script, { mode: 0o755 })
  process.env.PATH = `${folder}:${path}`
  return () => readFileSync(calls, 'utf8').trim().split('\n')
}

it('packages of missing programs are installed, also when apt cannot at first', () => {
  const calls = aptThatFails(2)
  bringTools(tools, { tries: 3, pauseSeconds: 0 })
  const [install = '', ...updates] = calls().reverse()
  expect(updates).toEqual(['update', 'update', 'update'])
  expect(install).toMatch(/^install -y .* some-package$/)
})

it('what can never be installed is told', () => {
  const calls = aptThatFails(100)
  expect(() => bringTools(tools, { tries: 2, pauseSeconds: 0 })).toThrow('some-package are needed')
  expect(calls()).toHaveLength(2)
})
