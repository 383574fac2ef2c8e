// Fields of a stanza as Debian writes control files and indexes. Source: deb822(5).

/** The fields by their names in small letters; of a field with several lines each line is trimmed and kept. Throws on a line that is none of a stanza. */
export function stanzaFields(stanza: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  let last = ''
  for (const line of stanza.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [, name, value = ''] = /^([!-9;-~]+):(.*)$/.exec(line) ?? []
    if (/^[ \t]/.test(line) && last !== '') fields.set(last, `${fields.get(last)}\n${line.trim()}`)
    else if (name === undefined) throw new Error(`not a field of a control file: "${line}"`)
    else {
      last = name.toLowerCase()
      fields.set(last, value.trim())
    }
  }
  return fields
}

/** A stanza's field; throws when it has none. */
export function fieldOf(stanza: ReadonlyMap<string, string>, name: string): string {
  const value = stanza.get(name.toLowerCase())
  if (value === undefined) throw new Error(`no field ${name} in the stanza of ${stanza.get('package') ?? 'a package'}`)
  return value
}
