// One line that shows a download's progress: names, bar, bytes, rate.

/**
 * The line for running downloads: `qemu-aarch64  [#####-----]  2.1 of 4.3 MB  5.0 MB/s`, at most `width` characters.
 * `seconds` count from the start. The total is left out once `bytes` exceed `expected`, as with a server without range requests.
 */
export function progressLine(
  names: readonly string[],
  bytes: number,
  expected: number,
  seconds: number,
  width: number,
): string {
  const label = names.length === 1 ? (names[0] ?? '') : `${names.length} emulators`
  const rate = seconds > 0 ? `${(bytes / 1e6 / seconds).toFixed(1)} MB/s` : ''
  const total = bytes > expected ? '' : `of ${(expected / 1e6).toFixed(1)} `
  const amount = `${(bytes / 1e6).toFixed(1)} ${total}MB`
  const room = Math.min(30, width - label.length - amount.length - rate.length - 9)
  const filled = expected === 0 ? 0 : Math.round(room * Math.min(1, bytes / expected))
  const bar = room < 5 ? '' : `[${'#'.repeat(filled)}${'-'.repeat(room - filled)}]  `
  return `${label}  ${bar}${amount}  ${rate}`.slice(0, Math.max(0, width - 1))
}

/** Bytes as a person reads them: `4.3 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
