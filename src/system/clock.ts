// Time that only goes forward.

/** Milliseconds since some moment, as `performance.now()` gives them, for which node would load another module. */
export function milliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
