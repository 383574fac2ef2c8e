// How much processor time some work takes in this process: unlike the clock's it does not grow with what else the machine does.

/** Milliseconds of processor time. */
export function cpuMsOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
