// One rule of a diagnosis: a message of a build log, and what is known about it.

/** A message that is recognised. */
export interface Rule {
  readonly code: string
  /** Texts of which each line of it has one, whatever their case: they are looked for first, as that is quick. */
  readonly marks: readonly string[]
  readonly pattern: RegExp
  readonly title: string
  readonly cause: string
  readonly remedy: string
  /** Anchor in docs/troubleshooting.md. */
  readonly see: string
  /** Ids of known problems that show so. */
  readonly problems: readonly string[]
  /** What of this machine decides about it: whether there are entries, or a flag of theirs. */
  readonly machine?: 'entries' | 'F' | 'C' | 'P'
  /** The pattern's first group is an error or a finding of setup-qemu itself, and its section the one to read. */
  readonly own?: true
}
