// The fenced blocks of the project's documents, in order, each with the section that it stands in.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Block {
  /** Stable as long as the block stays in its section: `README.md#inputs 2` is the second block of that section. */
  readonly key: string
  readonly file: string
  /** Of the fence's first line, from 1. */
  readonly line: number
  readonly language: string
  readonly text: string
}

const root = join(import.meta.dirname, '..', '..', '..').replace(/\/build$/, '')

/** Every document that a reader may copy a command from. */
export const documents: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  'probes/README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
]

export function documentText(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** A heading's anchor on GitHub: lower case, blanks as dashes, no punctuation. */
export function anchorOfHeading(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
}

/** The text without fenced blocks, in which a `#` is a comment. */
export function proseOf(markdown: string): string {
  return markdown.replace(/^```[^\n]*\n.*?^```$/gms, '')
}

export function blocksOf(file: string, markdown = documentText(file)): Block[] {
  const blocks: Block[] = []
  const counts = new Map<string, number>()
  let section = ''
  let open: { line: number; indent: string; language: string; lines: string[] } | undefined
  for (const [at, line] of markdown.split('\n').entries()) {
    const fence = /^(\s*)```(\S*)\s*$/.exec(line)
    if (open === undefined) {
      const heading = /^#+ (.+)$/.exec(line)?.[1]
      if (heading !== undefined) section = anchorOfHeading(heading)
      if (fence !== null) open = { line: at + 1, indent: fence[1] ?? '', language: fence[2] ?? '', lines: [] }
    } else if (fence !== null && fence[2] === '') {
      const place = `${file}#${section}`
      const count = (counts.get(place) ?? 0) + 1
      counts.set(place, count)
      const { language, lines } = open
      blocks.push({ key: `${place} ${count}`, file, line: open.line, language, text: lines.join('\n') })
      open = undefined
    } else open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line)
  }
  return blocks
}

/** The blocks of all documents by key. */
export function everyBlock(): ReadonlyMap<string, Block> {
  return new Map(documents.flatMap((file) => blocksOf(file)).map((block) => [block.key, block]))
}

/** The commands in a line of text, between two marks of code: the part after `setup-qemu`, `npx setup-qemu` or `node dist/cli/index.js`. */
export function inlineCommands(markdown: string): string[] {
  const spans = [...proseOf(markdown).matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, span]) =>
    (span ?? '').replaceAll(/\s+/g, ' '),
  )
  return [
    ...new Set(
      spans.flatMap((span) => /^(?:(?:npx )?setup-qemu|node dist\/cli\/index\.js) (.+)$/.exec(span)?.[1] ?? []),
    ),
  ]
}
