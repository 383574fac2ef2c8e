// The form of the tables of findings: for each kind whether the target is still proven, and the words.

/** A finding in words: what happened, and the one thing to do. */
export interface Explanation {
  readonly title: string
  readonly reason: string
  readonly remedy: string
}

/** What there is to say about one kind of finding. */
export interface FindingRow<F> {
  /** `failure`: the target is not proven. `note`: it is, and there is something to know. */
  readonly severity: 'failure' | 'note'
  /** The words about a target (`aarch64`), each in one line. */
  explain(finding: F, target: string): Explanation
}

/** A row for every kind of a union; the compiler names the kind that has none. */
export type FindingTable<F extends { readonly kind: string }> = {
  readonly [Kind in F['kind']]: FindingRow<Extract<F, { readonly kind: Kind }>>
}
