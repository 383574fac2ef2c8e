// Where progress goes: to a person at a terminal, a file, or a workflow's log. Results do not go here.

/** A download's progress, in bytes. */
export interface Transfer {
  /** So many bytes will come, as far as is known. */
  expect(bytes: number): void
  /** So many bytes came. */
  add(bytes: number): void
  end(): void
}

export interface Log {
  /** Something a person wants to know. */
  info(line: string): void
  /** Something only a person who looks for a fault wants to know. */
  detail(line: string): void
  /** A line that another program printed while it did something for us. */
  output(line: string): void
  /** `names`: what is coming. */
  transfer(...names: string[]): Transfer
}
