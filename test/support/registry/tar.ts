// Writes tar archives byte by byte, also those that only an attacker would make. Format: POSIX pax, "ustar Interchange Format".

/** A member of a tar archive. */
export interface Member {
  /** Each character is one byte; at most 100, also of `link`. */
  readonly path: string
  /** The letter in its header: `0` file (the default), `1` hard link, `2` symbolic link, `5` folder, `6` fifo, `x` pax header. */
  readonly type?: string
  readonly content?: Uint8Array | string
  readonly link?: string
  /** The size in the header, if it is not that of the content. */
  readonly size?: number
  readonly mode?: number
}

/** A ustar header with its checksum. */
export function tarHeaderBytes({ path, type = '0', content = '', link = '', size, mode = 0o755 }: Member): Buffer {
  const header = Buffer.alloc(512)
  const bytes = Buffer.from(content)
  header.write(path, 0, 100, 'latin1')
  header.write(`${mode.toString(8).padStart(7, '0')}\0`, 100)
  for (const at of [108, 116]) header.write('0000000\0', at)
  header.write(`${(size ?? bytes.length).toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write(type, 156)
  header.write(link, 157, 100, 'latin1')
  header.write('ustar\x0000', 257)
  return sealed(header)
}

/** Corrects the checksum of a header. */
export function sealed(header: Buffer): Buffer {
  header.write('        ', 148)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** Header, content and padding of a member. */
export function memberBytes(member: Member): Buffer {
  const content = Buffer.from(member.content ?? '')
  return Buffer.concat([tarHeaderBytes(member), content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}

/** A pax header with these records, for the member after it. */
export function paxBytes(records: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(records).map(([key, value]) => {
    const body = Buffer.byteLength(` ${key}=${value}\n`)
    let length = body + 1
    while (`${length}`.length + body !== length) length = `${length}`.length + body
    return `${length} ${key}=${value}\n`
  })
  return memberBytes({ path: 'PaxHeaders/x', type: 'x', content: lines.join('') })
}

/** An archive of members, with its end mark. */
export function tarOf(...members: readonly (Member | Buffer)[]): Buffer {
  const parts = members.map((member) => (Buffer.isBuffer(member) ? member : memberBytes(member)))
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}
