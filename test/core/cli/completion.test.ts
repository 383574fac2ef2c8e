// The scripts as texts; what a real bash and zsh make of them is tried in test/cli/completion.system.test.ts.
import { describe, expect, it } from 'vitest'
import {
  type CommandName,
  commands,
  commonOptionsOf,
  optionName,
  optionsOf,
} from '../../../src/core/cli/command-table.js'
import { completionScript, shells } from '../../../src/core/cli/completion.js'

const nameable = { versions: ['11.1.3', '7.2.22'], ids: ['R1', 'E9'] }
const lines = completionScript('bash', nameable).split('\n')

describe('completion', () => {
  it.each(Object.keys(commands) as CommandName[])('has a case for %s, with all of its options', (name) => {
    const [line = '', ...more] = lines.filter((one) => one.startsWith(`    ${name}) case `))
    expect(more).toEqual([])
    for (const option of [...optionsOf(name), ...commonOptionsOf(name)].map(optionName))
      expect(line).toMatch(new RegExp(`[ ']--${option}[ ']`))
  })

  it('offers the versions and ids that it is given', () => {
    expect(lines).toContainEqual(expect.stringMatching(/^ +--qemu-version\) .*'11\.1\.3 7\.2\.22 latest default host'/))
    expect(lines).toContainEqual(expect.stringMatching(/^ +known-problems\) .*'R1 E9'/))
    const none = completionScript('bash', { versions: [], ids: [] })
    expect(none).toContain("compgen -W 'latest default host'")
  })

  it('for zsh is that of bash, after what zsh needs for it', () => {
    const zsh = completionScript('zsh', nameable)
    expect(zsh.endsWith(`\n${completionScript('bash', nameable)}`)).toBe(true)
    expect(zsh.indexOf('bashcompinit')).toBeLessThan(zsh.indexOf('complete -F'))
  })

  it.each(shells)('for %s ends with the registration and a line feed', (shell) => {
    expect(completionScript(shell, nameable)).toMatch(/\ncomplete -F _setup_qemu setup-qemu\n$/)
  })
})
