// Files of /run/binfmt.d: what systemd-binfmt registers when it restarts, after it has removed all entries of the machine.
// Source: binfmt.d(5). Files are read in the order of their names, whatever folder they lie in, and the entry registered last takes precedence.
import { type Entry, registerLine } from '../model/entry.js'

/** Where they are kept until the next boot. */
export const dropInFolder = '/run/binfmt.d'

/** The file for an entry: its name sorts behind those of packages, and is the same for the same entry. */
export function dropInPath({ name }: Pick<Entry, 'name'>): string {
  return `${dropInFolder}/zz-setup-qemu-${name.replace(/[^A-Za-z0-9_-]/g, '_')}.conf`
}

/** Whether `dropInPath` could have made a path. */
export function isDropIn(path: string): boolean {
  return /^\/run\/binfmt\.d\/zz-setup-qemu-[A-Za-z0-9_-]+\.conf$/.test(path)
}

/** The file's text. Throws what `registerLine` throws. */
export function dropInText(entry: Entry): string {
  return `# made by setup-qemu, which removes it again: keeps the entry when systemd-binfmt is restarted\n${registerLine(entry)}\n`
}
