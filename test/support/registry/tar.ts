// Archives as an attacker would make them: tar's headers byte by byte (POSIX pax, "ustar Interchange Format"), with any name, type and target.

export interface Member {
  /** Each character is one byte. */
  readonly name: string
  /** `0` a file, `1` a hard link, `2` a symbolic link, `5` a folder, `6` a pipe. */
  readonly type?: string
  readonly target?: string
  readonly mode?: number
  readonly bytes?: Uint8Array
  /** The size that the header tells, when it is not that of the bytes. */
  readonly announced?: number
  /** Extended header records that come before it. */
  readonly pax?: Readonly<Record<string, string>>
}

/** The archive of some members. Names and targets of up to 100 bytes. */
export function tarOf(...members: readonly Member[]): Buffer {
  return Buffer.concat([...members.flatMap(partsOf), Buffer.alloc(1024)])
}

function partsOf({ pax, ...member }: Member): Buffer[] {
  const bytes = Buffer.from(member.bytes ?? [])
  const own = [header(member, member.announced ?? bytes.length), padded(bytes)]
  if (pax === undefined) return own
  const records = Buffer.from(Object.entries(pax).map(record).join(''))
  return [header({ name: 'pax', type: 'x' }, records.length), padded(records), ...own]
}

function record([key, value]: [string, string]): string {
  const rest = ` ${key}=${value}\n`
  const length = rest.length + String(rest.length + 2).length
  return `${length}${rest}`
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
}

function header({ name, type = '0', target = '', mode = 0o755 }: Member, size: number): Buffer {
  const block = Buffer.alloc(512)
  const octal = (value: number, width: number) => value.toString(8).padStart(width - 1, '0')
  block.write(name, 0, 'latin1')
  block.write(octal(mode, 8), 100)
  block.write(octal(0, 8), 108)
  block.write(octal(0, 8), 116)
  block.write(octal(size, 12), 124)
  block.write(octal(0, 12), 136)
  block.write(' '.repeat(8), 148)
  block.write(type, 156)
  block.write(target, 157, 'latin1')
  block.write('ustar\u000000', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${octal(sum, 7)}\0 `, 148)
  return block
}
