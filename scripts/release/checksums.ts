// The file SHA256SUMS, as sha256sum writes and checks it: `<64 hex digits>  <name>` in each line.

/** By name the SHA-256. Throws when a line is not of that form, or when a name is there twice. */
export function parseChecksums(text: string): Map<string, string> {
  const sums = new Map<string, string>()
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, sha256, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? []
    if (sha256 === undefined || name === undefined) throw new Error(`not a line of SHA256SUMS: ${JSON.stringify(line)}`)
    if (sums.has(name)) throw new Error(`SHA256SUMS names ${name} twice`)
    sums.set(name, sha256)
  }
  return sums
}

/** The text of such a file, sorted by name. */
export function checksumsText(sums: ReadonlyMap<string, string>): string {
  const names = [...sums.keys()].sort()
  return names.map((name) => `${sums.get(name)}  ${name}\n`).join('')
}

/**
 * What is wrong with a folder whose SHA256SUMS is `listed`: files that are missing, that are not listed, or that have another SHA-256 than listed.
 * `files` is without SHA256SUMS itself.
 */
export function checksumFaults(listed: ReadonlyMap<string, string>, files: ReadonlyMap<string, string>): string[] {
  const faults: string[] = []
  for (const [name, sha256] of listed) {
    const found = files.get(name)
    if (found === undefined) faults.push(`${name} is listed but missing`)
    else if (found !== sha256) faults.push(`${name}: expected SHA-256 ${sha256}, got ${found}`)
  }
  for (const name of files.keys()) if (!listed.has(name)) faults.push(`${name} is not listed`)
  return faults
}
