// /proc/PID/stat: one line of numbers about a process, with its name in the middle. Source: proc_pid_stat(5).

/** What we need of the line. */
export interface ProcessStat {
  readonly pid: number
  /** The first 15 bytes of the program's name, one character each: any byte may be in it, blanks and parentheses too. */
  readonly comm: string
  /** `R`, `S`, `D`, `T`, ...; `Z` for a zombie, which has ended and nobody has waited for yet. */
  readonly state: string
  readonly parent: number
  readonly group: number
  readonly session: number
  /** Device number of the controlling terminal; 0 for none. */
  readonly terminal: number
  /** The process group in the foreground of that terminal; -1 for none. */
  readonly foreground: number
  /** When it started, in clock ticks since boot. */
  readonly start: string
}

/**
 * Parses the line, given as Latin-1. Only the last `)` is certain to end the name, as the numbers after it contain none. Undefined for any other
 * text.
 */
export function parseProcessStat(text: string): ProcessStat | undefined {
  const [, pid, comm = '', rest = ''] = /^(\d+) \((.*)\) ([^)]*)$/s.exec(text) ?? []
  const fields = rest.trimEnd().split(' ')
  const [state = '', ...numbers] = fields
  const start = fields[19]
  if (pid === undefined || start === undefined || !/^[A-Za-z]$/.test(state)) return undefined
  const [parent = 0, group = 0, session = 0, terminal = 0, foreground = -1] = numbers.slice(0, 5).map(Number)
  return { pid: Number(pid), comm, state, parent, group, session, terminal, foreground, start }
}
