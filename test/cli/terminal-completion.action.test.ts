// The README's lines for completion, typed in a real terminal as they are printed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { blocksOf } from '../support/docs/markdown.js'
import { Terminal } from '../support/runner/terminal.js'

let home = ''
let terminal: Terminal | undefined
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'setup-qemu-terminal-'))
  // without one zsh asks a new user what to do
  writeFileSync(join(home, '.zshrc'), '')
})
afterEach(() => {
  terminal?.end()
  rmSync(home, { recursive: true, force: true })
})

function printedFor(shell: string): string[] {
  const block = blocksOf('README.md').find(({ language }) => language === shell)
  if (block === undefined) throw new Error(`README.md has no block for ${shell}`)
  return block.text.split('\n')
}

/** A shell with a prompt that is known, after the printed lines. */
async function prepared(shell: 'bash' | 'zsh', startup = ''): Promise<Terminal> {
  writeFileSync(join(home, '.zshrc'), startup)
  const command = shell === 'bash' ? 'bash --noprofile --norc -i' : 'zsh -i'
  const env = { PATH: process.env.PATH ?? '', HOME: home, TERM: 'xterm', PS1: 'ready> ' }
  const started = new Terminal(command, { cwd: resolve('.'), env })
  terminal = started
  await started.shows(/ready> /)
  for (const line of printedFor(shell)) {
    started.type(`${line}\n`)
    await started.shows(/\n[^\n]*ready> $/)
  }
  return started
}

/** What stands on the line after a tab. */
async function completed(shown: Terminal, typed: string, pattern: RegExp): Promise<void> {
  shown.type(typed)
  await shown.shows(new RegExp(`${typed.slice(-1)}$`))
  shown.type('\t')
  await shown.shows(pattern)
  // away with the line
  shown.type('\u0015')
}

describe.each(['bash', 'zsh'] as const)('completion in a real terminal: %s', (shell) => {
  it('completes commands, options and values by the printed name, and runs it', async () => {
    const shown = await prepared(shell)
    await completed(shown, 'setup-qemu expl', /ain $/)
    await completed(shown, 'setup-qemu explain --ro', /ot $/)
    await completed(shown, 'setup-qemu setup --rules w', /ide $/)
    await completed(shown, 'setup-qemu setup --rules=w', /ide $/)
    shown.type('setup-qemu --version\n')
    expect(await shown.shows(/\n[^\n]*ready> $/)).toMatch(/^\d+\.\d+\.\d+$/m)
  })
})

describe('completion in zsh', () => {
  it('works after another compinit, and when its lines are given twice', async () => {
    const shown = await prepared('zsh', 'autoload -Uz compinit; compinit\n')
    for (const line of printedFor('zsh')) {
      shown.type(`${line}\n`)
      await shown.shows(/\n[^\n]*ready> $/)
    }
    await completed(shown, 'setup-qemu kno', /wn-problems $/)
  })
})
