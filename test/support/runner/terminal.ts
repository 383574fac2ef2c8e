// A program in a real terminal, as `script` makes one: what is typed, and what the program then shows.
import { type ChildProcess, spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'

export class Terminal {
  readonly #child: ChildProcess
  #shown = ''

  constructor(command: string, options: { cwd: string; env: Record<string, string> }) {
    const words = ['--quiet', '--return', '--flush', '--command', `stty cols 200 rows 40; exec ${command}`, '/dev/null']
    this.#child = spawn('script', words, { ...options, stdio: 'pipe' })
    this.#child.stdout?.on('data', (data) => {
      this.#shown += data
    })
  }

  type(keys: string): void {
    this.#child.stdin?.write(keys)
  }

  /** Waits until what was shown since the last call matches, and gives that, without the terminal's control sequences. */
  async shows(pattern: RegExp, seconds = 20): Promise<string> {
    for (const end = performance.now() + seconds * 1000; ; ) {
      const plain = stripVTControlCharacters(this.#shown).replaceAll('\r', '')
      if (pattern.test(plain)) {
        this.#shown = ''
        return plain
      }
      if (performance.now() > end)
        throw new Error(`the terminal does not show ${pattern} within ${seconds} s, but: ${JSON.stringify(plain)}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  end(): void {
    this.#child.kill('SIGKILL')
  }
}
