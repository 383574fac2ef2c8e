// The workflows and both actions are clean, by linters that see what is planted.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { bringLinters, linted } from '../../scripts/linters/workflow-linters.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'

cleanAfterEach()
beforeAll(bringLinters, 600_000)

const workflows = readdirSync('.github/workflows').map((name) => join('.github/workflows', name))

/** A copy of what the linters look at; the first `printed` in `file` is changed. */
function planted(file: string, printed: string, by: string): string {
  const folder = temporaryFolder()
  for (const path of ['.github', 'action.yml', 'compare/action.yml', 'dist']) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    cpSync(path, join(folder, path), { recursive: true })
  }
  mkdirSync(join(folder, '.git'))
  const text = readFileSync(file, 'utf8')
  expect(text).toContain(printed)
  writeFileSync(join(folder, file), text.replace(printed, by))
  return folder
}

describe('the workflows and actions', () => {
  it('are clean', () => {
    expect(linted('.').map(({ linter, ok, text }) => [linter, ok, text])).toEqual([
      ['actionlint', true, ''],
      ['zizmor', true, expect.stringContaining('')],
    ])
  })

  it.each(workflows)('%s pins each action by commit, beside its version', (file) => {
    const uses = readFileSync(file, 'utf8').match(/^.*\buses: .*$/gm) ?? []
    const others = uses.filter((line) => !/uses: \.\/\S*$/.test(line))
    expect(others.length).toBeGreaterThan(0)
    for (const line of others) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  it('pin an action everywhere in the same version', () => {
    const pins = new Map<string, Set<string>>()
    for (const file of workflows)
      for (const [, action = '', pin = ''] of readFileSync(file, 'utf8').matchAll(/uses: ([\w-]+\/[\w-]+)@(.*)$/gm))
        pins.set(action, (pins.get(action) ?? new Set()).add(pin))
    expect([...pins].filter(([, all]) => all.size > 1)).toEqual([])
  })

  it.each(workflows)('%s gives rights to jobs, and keeps no token in a checkout', (file) => {
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(/^permissions: \{\}$/m)
    const checkouts = text.match(/uses: actions\/checkout@/g) ?? []
    expect(text.match(/persist-credentials: false/g) ?? []).toHaveLength(checkouts.length)
    // what a person or an event says reaches a shell through the environment alone
    const steps = text.split(/^ {6}- /m).slice(1)
    const runs = steps.flatMap((step) => /run: (?:\|\n(?: {10}.*\n|\n)*|.*\n)/.exec(step)?.[0] ?? [])
    expect(runs.filter((run) => run.includes('${{'))).toEqual([])
  })
})

describe('what is planted is seen:', () => {
  const release = '.github/workflows/release.yml'
  it.each([
    [
      'an expression in a script',
      'zizmor',
      release,
      'check-version.js',
      `check-version.js ${'$'}{{ github.head_ref }}`,
      /template-injection/,
    ],
    [
      'an action without its commit',
      'zizmor',
      release,
      /@[0-9a-f]{40}/.exec(readFileSync(release, 'utf8'))?.[0] ?? '',
      '@v6',
      /unpinned-uses/,
    ],
    [
      'a token that stays in the checkout',
      'zizmor',
      release,
      'persist-credentials: false',
      'fetch-tags: true',
      /artipacked/,
    ],
    [
      'an input that is not there',
      'actionlint',
      release,
      'inputs.version',
      'inputs.vresion',
      /property "vresion" is not defined/,
    ],
    [
      'an output that is not there',
      'actionlint',
      '.github/workflows/emulators.yml',
      'steps.missing.outputs',
      'steps.msising.outputs',
      /"msising" is not defined/,
    ],
    [
      'a fault in a shell line',
      'actionlint',
      release,
      'tee "$restriction"',
      'tee $HOME/$restriction',
      /shellcheck reported issue/,
    ],
    [
      'a job that waits for none',
      'actionlint',
      release,
      'needs: check',
      'needs: chekc',
      /"chekc" which does not exist/,
    ],
    ['a fault in an action', 'zizmor', 'action.yml', 'using: node24', 'using: [', /./],
  ])('%s (%s)', (_, linter, file, printed, by, message) => {
    const report = linted(planted(file, printed, by)).find((one) => one.linter === linter)
    expect([report?.ok, report?.text]).toEqual([false, expect.stringMatching(message)])
  })
})
