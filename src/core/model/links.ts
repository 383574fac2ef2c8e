// What texts point their readers to: the documents, and the command line. Both are called differently in a workflow, in a clone and from npm, so texts
// get them as a value, which each program makes once (src/action/links.ts, src/cli/links.ts).

/** Where the documents are, and how the command line is called. */
export interface Links {
  /** What comes before the name of a document: `https://github.com/o/r/blob/v1/docs`, the folder in the package, or `docs`. */
  readonly docs: string
  /** As words of a shell: `setup-qemu`, `npx setup-qemu`, `node /srv/setup-qemu/dist/cli/index.js`. */
  readonly command: string
}

/** Links where nothing is known. */
export const plainLinks: Links = { docs: 'docs', command: 'setup-qemu' }

/** The place of a section, `troubleshooting.md#offline`: an address, or a path. */
export function placeOf(section: string, { docs }: Pick<Links, 'docs'>): string {
  return `${docs}/${section}`
}

/** The same in Markdown: a link, or where there is no address, the name. */
export function markdownLink(section: string, { docs }: Pick<Links, 'docs'>): string {
  const name = placeOf(section, plainLinks)
  return /^https?:/.test(docs) ? `[${name}](${placeOf(section, { docs })})` : name
}

/** The commands of the command line, in the order of its help. */
export const commandNames = [
  'setup',
  'run',
  'compare',
  'status',
  'explain',
  'restore',
  'versions',
  'known-problems',
  'diagnose',
  'completion',
  'help',
] as const

const ownCommand = new RegExp(`(?<![\\w./@-])setup-qemu (?=(?:${commandNames.join('|')}|--help)(?![\\w-]))`, 'g')

/** A text in which commands of ours are written `setup-qemu restore`, with the words by which they work here. */
export function asCalled(text: string, { command }: Pick<Links, 'command'>): string {
  return text.replace(ownCommand, () => `${command} `)
}
