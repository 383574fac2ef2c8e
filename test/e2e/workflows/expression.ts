// The expressions of workflows, as far as ours have them: contexts, comparisons, && || !, and a few functions.
// Source of truth: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions

export interface Scope {
  /** What names stand for: `{ inputs: { version: '0.2.0' }, needs: ... }`. */
  readonly contexts: Readonly<Record<string, unknown>>
  /** Whether everything before succeeded. */
  readonly success: boolean
}

const token = /\s*(?:(==|!=|&&|\|\||[!(),])|'((?:[^']|'')*)'|([\w.-]+))/y

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.trimEnd().length) {
    const at = token.lastIndex
    const found = token.exec(text)
    if (found === null) throw new Error(`this expression is more than is read here: ${text.slice(at)}`)
    const [, sign, quoted, word] = found
    tokens.push(sign ?? (quoted === undefined ? (word ?? '') : `'${quoted.replaceAll("''", "'")}`))
  }
  return tokens
}

class Parser {
  #at = 0
  constructor(
    private readonly tokens: readonly string[],
    private readonly scope: Scope,
  ) {}

  whole(): unknown {
    const value = this.#either()
    if (this.#at < this.tokens.length) throw new Error(`unexpected ${this.tokens[this.#at]}`)
    return value
  }

  #takes(sign: string): boolean {
    if (this.tokens[this.#at] !== sign) return false
    this.#at++
    return true
  }

  #either(): unknown {
    let value = this.#both()
    while (this.#takes('||')) {
      const other = this.#both()
      value = isTrue(value) ? value : other
    }
    return value
  }

  #both(): unknown {
    let value = this.#compared()
    while (this.#takes('&&')) {
      const other = this.#compared()
      value = isTrue(value) ? other : value
    }
    return value
  }

  #compared(): unknown {
    const value = this.#single()
    if (this.#takes('==')) return text(value) === text(this.#single())
    if (this.#takes('!=')) return text(value) !== text(this.#single())
    return value
  }

  #single(): unknown {
    if (this.#takes('!')) return !isTrue(this.#single())
    if (this.#takes('(')) {
      const value = this.#either()
      if (!this.#takes(')')) throw new Error('a bracket is not closed')
      return value
    }
    const word = this.tokens[this.#at++]
    if (word === undefined) throw new Error('the expression ends too early')
    if (word.startsWith("'")) return word.slice(1)
    return this.#takes('(') ? this.#called(word) : this.#named(word)
  }

  #called(name: string): unknown {
    const args: unknown[] = []
    while (!this.#takes(')')) {
      args.push(this.#either())
      this.#takes(',')
    }
    if (name === 'fromJSON') return JSON.parse(text(args[0]))
    const states: Record<string, boolean> = {
      ...{ always: true, cancelled: false, success: this.scope.success, failure: !this.scope.success },
    }
    const state = states[name]
    if (state === undefined) throw new Error(`the function ${name} is not known here`)
    return state
  }

  #named(path: string): unknown {
    if (path === 'true' || path === 'false') return path === 'true'
    let value: unknown = this.scope.contexts
    for (const name of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[name]
    return value
  }
}

function isTrue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false && value !== 0
}

function text(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The value of an expression, with or without `${{ }}` around it. */
export function evaluated(expression: string, scope: Scope): unknown {
  const inner = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(expression)?.[1] ?? expression
  return new Parser(tokensOf(inner), scope).whole()
}

/** A text with the values of all `${{ }}` in it. */
export function filled(template: string, scope: Scope): string {
  return template.replace(/\$\{\{(.*?)\}\}/gs, (_, inner: string) => text(evaluated(inner, scope)))
}

/** Whether a step or job with this `if` runs. Without a function of states it runs only after success. */
export function runs(condition: string | undefined, scope: Scope): boolean {
  if (condition === undefined) return scope.success
  const asksState = /\b(always|cancelled|success|failure)\(\)/.test(condition)
  return (asksState || scope.success) && isTrue(evaluated(condition, scope))
}
