import { describe, expect, it } from 'vitest'
import { type CommandName, commands, optionName, optionsOf } from '../../../src/core/cli/command-table.js'
import { commandHelp, helpText, shortHelp } from '../../../src/core/cli/help.js'
import { plainLinks } from '../../../src/core/model/links.js'

/** The lines that say what an option is, as one. */
function said(help: string, option: string): string {
  const lines = help.split('\n')
  const at = lines.findIndex((line) => line.startsWith(`  --${option} `))
  const end = lines.findIndex((line, place) => place > at && !/^ {10}/.test(line))
  return lines
    .slice(at, end)
    .map((line) => line.trim())
    .join(' ')
}

describe('help', () => {
  it('of a command says its own of an option that others have, too', () => {
    expect(said(commandHelp('setup', plainLinks) ?? '', 'qemu-version')).toMatch(
      /VERSION +11\.1\.3, a prefix .*or host: what this/,
    )
    expect(said(commandHelp('known-problems', plainLinks) ?? '', 'qemu-version')).toMatch(
      /VERSION +only what a QEMU of this version/,
    )
    expect(said(commandHelp('known-problems', plainLinks) ?? '', 'platforms')).toMatch(
      /PLATFORMS +only what touches programs/,
    )
    expect(said(commandHelp('diagnose', plainLinks) ?? '', 'platforms')).toMatch(
      /PLATFORMS +say of these platforms whether/,
    )
    expect(said(commandHelp('compare', plainLinks) ?? '', 'cpu')).toMatch(/MODEL +the CPU models to compare/)
  })

  it('of all has a text for every option of every command, or says that it stands above', () => {
    const sections = helpText(plainLinks).split(/\n\n(?=Options? of |Of )/)
    for (const name of Object.keys(commands) as CommandName[]) {
      const section = sections.find((one) => one.startsWith(`Options of ${name}:`)) ?? ''
      for (const option of optionsOf(name).map(optionName))
        expect(section, `${name} --${option}`).toContain(`--${option}`)
    }
  })

  it('of run has no --json, which it refuses', () => {
    expect(commandHelp('run', plainLinks)).not.toMatch(/^ *--json /m)
    expect(commandHelp('compare', plainLinks)).toMatch(/^ *--json /m)
  })

  it('has its texts in one column, and no line is too wide', () => {
    const texts = Object.keys(commands).map((name) => commandHelp(name, plainLinks) ?? '')
    for (const line of [...texts, helpText(plainLinks), shortHelp(plainLinks)].flatMap((text) => text.split('\n'))) {
      expect(line.length, line).toBeLessThanOrEqual(80)
      if (/^ {2}(-h, )?--[\w-]+ /.test(line)) expect(line).toMatch(/^.{27} \S/)
    }
  })
})
