// The part of YAML that the documents' workflows are written in: maps and lists by indentation, lists in brackets, blocks after `|`, plain and
// quoted words, `{}`, and comments. Anything else is an error, so that nothing is read wrongly.
export type Yaml = string | Yaml[] | { [key: string]: Yaml }

interface Line {
  readonly indent: number
  readonly text: string
}

export function parseYaml(text: string): Yaml {
  const lines = text.split('\n').map((line): Line => {
    const indent = line.length - line.trimStart().length
    return { indent, text: line.slice(indent) }
  })
  const reader = new Reader(lines)
  const value = reader.value()
  reader.expectEnd()
  return value
}

class Reader {
  #at = 0

  constructor(private readonly lines: readonly Line[]) {}

  /** The next line that says something; comments of a line of their own are skipped. */
  #next(): Line | undefined {
    while (this.#at < this.lines.length && /^(#.*)?$/.test(this.lines[this.#at]?.text ?? '')) this.#at++
    return this.lines[this.#at]
  }

  expectEnd(): void {
    const rest = this.#next()
    if (rest !== undefined) throw new Error(`this line belongs to nothing before it: ${rest.text}`)
  }

  value(): Yaml {
    const line = this.#next()
    if (line === undefined) throw new Error('a value is missing')
    return line.text.startsWith('- ') ? this.#list(line.indent) : this.#map(line.indent)
  }

  #list(indent: number): Yaml[] {
    const items: Yaml[] = []
    for (let line = this.#next(); line?.indent === indent && line.text.startsWith('- '); line = this.#next()) {
      // what follows the dash is a map of its own, two columns further in
      const lines = this.lines as Line[]
      lines[this.#at] = { indent: indent + 2, text: line.text.slice(2) }
      items.push(this.#map(indent + 2))
    }
    return items
  }

  #map(indent: number): { [key: string]: Yaml } {
    const map: { [key: string]: Yaml } = {}
    for (let line = this.#next(); line?.indent === indent && !line.text.startsWith('- '); line = this.#next()) {
      const [, key, rest = ''] = /^([\w-]+):(?:\s+(.*))?$/.exec(line.text) ?? []
      if (key === undefined) throw new Error(`this is no "name: value": ${line.text}`)
      if (key in map) throw new Error(`${key} is there twice`)
      this.#at++
      map[key] = this.#valueOf(rest, indent)
    }
    return map
  }

  #valueOf(rest: string, indent: number): Yaml {
    if (rest === '|') return this.#blockText(indent)
    if (rest !== '') return scalar(rest)
    const next = this.#next()
    return next !== undefined && next.indent > indent ? this.value() : ''
  }

  #blockText(indent: number): string {
    const lines: Line[] = []
    for (let line = this.lines[this.#at]; line !== undefined; line = this.lines[this.#at]) {
      if (line.text !== '' && line.indent <= indent) break
      lines.push(line)
      this.#at++
    }
    const first = Math.min(...lines.filter(({ text }) => text !== '').map((line) => line.indent))
    return `${lines
      .map((line) => ' '.repeat(Math.max(0, line.indent - first)) + line.text)
      .join('\n')
      .trimEnd()}\n`
  }
}

function scalar(written: string): Yaml {
  const quoted = /^"([^"\\]*)"(?:\s+#.*)?$/.exec(written) ?? /^'([^']*)'(?:\s+#.*)?$/.exec(written)
  if (quoted !== null) return quoted[1] ?? ''
  const plain = written.replace(/\s+#.*$/, '').trim()
  if (plain === '{}') return {}
  if (/^\[.*\]$/.test(plain))
    return plain
      .slice(1, -1)
      .split(',')
      .map((one) => scalar(one.trim()))
  if (/^[{&*!>%@`"']|: /.test(plain)) throw new Error(`this is more than is read here: ${written}`)
  return plain
}
