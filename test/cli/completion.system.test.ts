import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { completionScript } from '../../src/core/cli/completion.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'

cleanAfterEach()

function script(shell: 'bash' | 'zsh'): string {
  const file = join(temporaryFolder(), 'completion')
  writeFileSync(file, completionScript(shell, { versions: ['11.1.3', '7.2.22'], ids: ['R1', 'R16', 'E9'] }))
  return file
}

/** What bash offers for a line whose last word is being written. */
function offered(...line: string[]): string[] {
  const words = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); before=$COMP_CWORD'
  const code = `${words}; _setup_qemu "$1" "\${@:$#}" "\${@:before:1}"; printf "%s\\n" "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', code, 'bash', script('bash'), ...line], { encoding: 'utf8' })
    .trim()
    .split('\n')
}

describe('completion', () => {
  it('in bash: commands, platforms, options of a command, and their values', () => {
    expect(offered('setup-qemu', 'e')).toEqual(['explain'])
    expect(offered('setup-qemu', 'setup', 'ris')).toEqual(['riscv64'])
    expect(offered('setup-qemu', 'explain', '--r')).toEqual(['--root'])
    expect(offered('setup-qemu', 'restore', '--r')).toEqual([''])
    expect(offered('setup-qemu', 'restore', '--j')).toEqual(['--json'])
    expect(offered('setup-qemu', 'run', '--j')).toEqual([''])
    expect(offered('setup-qemu', 'setup', '--qemu-version', '1')).toEqual(['11.1.3'])
    expect(offered('setup-qemu', 'setup', '--if-registered', '')).toEqual(['shadow', 'keep', 'fail'])
    expect(offered('setup-qemu', 'explain', '/etc/passw')).toContain('/etc/passwd')
    expect(offered('setup-qemu', 'help', 'ver')).toEqual(['versions'])
    expect(offered('setup-qemu', 'known-problems', 'R')).toEqual(['R1', 'R16'])
    expect(offered('setup-qemu', 'compare', '--qemu', '7')).toEqual(['7.2.22'])
  })

  it('in bash: after =, which is a word of its own there', () => {
    expect(offered('setup-qemu', 'setup', '--rules', '=')).toEqual(['upstream', 'wide'])
    expect(offered('setup-qemu', 'setup', '--rules', '=', 'w')).toEqual(['wide'])
  })

  it('in bash: files with blanks in their names, and the words of a command that is to be run', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a file'), '')
    expect(offered('setup-qemu', 'diagnose', join(folder, 'a'))).toEqual([join(folder, 'a file')])
    // bash shows those of several folders once
    expect([...new Set(offered('setup-qemu', 'run', '--', 'mkfif'))]).toEqual(['mkfifo'])
    expect(offered('setup-qemu', 'run', '--', 'cat', join(folder, 'a'))).toEqual([join(folder, 'a file')])
    expect(offered('setup-qemu', 'run', '--', 'make', '--jso')).toEqual([''])
  })

  it('in zsh: behind = in one word, in a real line editor', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a-file'), '')
    const code = `zmodload zsh/zpty; zpty line zsh -fi
      zpty -w line "source $1; setup-qemu() { print -r \\"SEEN:\\$*:\\" }; print REA''DY"; zpty -r -m line text '*READY*'
      for typed in "$@[2,-1]"; do
        zpty -w -n line "setup-qemu $typed"$'\\t'; sleep 0.5; zpty -w -n line $'\\n'
        zpty -r -m line text '*SEEN:*:*'; print -r -- "\${text##*SEEN:}"
      done`
    const typed = ['setup --rules=w', `explain --root=${join(folder, 'a-fi')}`, 'setup --rules w']
    const said = execFileSync('zsh', ['-fc', code, 'zsh', script('zsh'), ...typed], {
      encoding: 'utf8',
      timeout: 60_000,
    })
    expect(said.match(/^setup .*:|^explain .*:/gm)).toEqual([
      'setup --rules=wide:',
      `explain --root=${join(folder, 'a-file')}:`,
      'setup --rules wide:',
    ])
  })

  it('in zsh: is taken by its own way to take those of bash', () => {
    const code = 'source $1 && print $_comps[setup-qemu]'
    expect(execFileSync('zsh', ['-fc', code, 'zsh', script('zsh')], { encoding: 'utf8' })).toContain('_setup_qemu')
  })
})
