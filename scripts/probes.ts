// How each probe is made from its source in probes/: one assembler run, then an ELF executable of a single read-and-execute
// segment around the code. The layout follows the System V gABI (chapters 4 and 5); machine and flags are the assembler's own.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import {
  launcherRecipes,
  measurerRecipes,
  type Recipe,
  readerRecipes,
  recipes,
  writerRecipes,
} from './probe-recipes.js'
import { bringTools } from './tools.js'

interface Probe {
  size: number
  sha256: string
  base64: string
}

interface ProbeFile {
  format: 1
  /** by host, in Debian's words: the native program that runs the probes */
  launchers: Record<string, Probe>
  /** by host: the native program that runs another one and measures it */
  measurers: Record<string, Probe>
  /** by host: the native program that shows files of a container from within */
  readers: Record<string, Probe>
  /** by host: the native program that writes to a file of the kernel that nobody exchanged */
  writers: Record<string, Probe>
  probes: Record<string, Probe>
}

/** What is taken over from an assembled object file. */
interface Code {
  is64: boolean
  littleEndian: boolean
  machine: number
  flags: number
  text: Buffer
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const output = join(root, 'src/data/probes.json')

// Below every port's stack and above what a kernel keeps unmapped; the alignment allows for pages of up to 64 KiB.
const loadAddress = 0x400000
const maxPageSize = 0x10000

/** The code of one probe, assembled in `directory`. Throws when the assembler fails or leaves work for a linker. */
function assemble(target: string, recipe: Recipe, directory: string): Code {
  const banner = `setup-qemu probe 1 ${target}\n`
  writeFileSync(join(directory, 'banner'), banner)
  const source = join(root, 'probes', `${recipe.source}.S`)
  const args = [...recipe.args, '--defsym', `BANNER_LENGTH=${banner.length}`, '-o', 'object', source]
  // .incbin looks into the working directory before all others.
  execFileSync(recipe.tool, args, { cwd: directory, stdio: 'inherit' })
  const code = parseObject(readFileSync(join(directory, 'object')))
  return { ...code, machine: recipe.machine ?? code.machine, flags: recipe.flags ?? code.flags }
}

/** The `.text` section and the identity of a relocatable ELF file. Throws when there is none, or relocations apply to it. */
function parseObject(file: Buffer): Code {
  const is64 = file[4] === 2
  const littleEndian = file[5] === 1
  const half = (at: number) => (littleEndian ? file.readUInt16LE(at) : file.readUInt16BE(at))
  const word = (at: number) => (littleEndian ? file.readUInt32LE(at) : file.readUInt32BE(at))
  const long = (at: number) => Number(littleEndian ? file.readBigUInt64LE(at) : file.readBigUInt64BE(at))
  const start = is64 ? long(40) : word(32)
  const [entrySize, count, names] = [half(is64 ? 58 : 46), half(is64 ? 60 : 48), half(is64 ? 62 : 50)]
  const sections = Array.from({ length: count }, (_, index) => {
    const at = start + index * entrySize
    return is64
      ? { name: word(at), type: word(at + 4), offset: long(at + 24), size: long(at + 32), info: word(at + 44) }
      : { name: word(at), type: word(at + 4), offset: word(at + 16), size: word(at + 20), info: word(at + 28) }
  })
  const table = sections[names]?.offset ?? 0
  const text = sections.findIndex(({ name }) => file.toString('latin1', table + name, table + name + 6) === '.text\0')
  const found = sections[text]
  if (!found) throw new Error('the object file has no .text section')
  // SHT_RELA is 4, SHT_REL is 9; sh_info names the section that they apply to.
  if (sections.some(({ type, size, info }) => (type === 4 || type === 9) && info === text && size > 0)) {
    throw new Error('.text has relocations: the source must reach its data relative to the program counter')
  }
  const bytes = file.subarray(found.offset, found.offset + found.size)
  return { is64, littleEndian, machine: half(18), flags: word(is64 ? 48 : 36), text: bytes }
}

/** An ET_EXEC file that is one segment, readable and executable: ELF header, program header, code. It has no sections. */
function executable({ is64, littleEndian, machine, flags, text }: Code): Buffer {
  const [headerSize, programSize, sectionSize] = is64 ? [64, 56, 64] : [52, 32, 40]
  const textOffset = headerSize + programSize
  const fileSize = textOffset + text.length
  const half = (value: number) => number(value, 2, littleEndian)
  const word = (value: number) => number(value, 4, littleEndian)
  const address = (value: number) => number(value, is64 ? 8 : 4, littleEndian)
  const [type, version, executeAndRead] = [2, 1, 5]
  return Buffer.concat([
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, littleEndian ? 1 : 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ...[half(type), half(machine), word(version), address(loadAddress + textOffset), address(headerSize), address(0)],
    ...[word(flags), half(headerSize), half(programSize), half(1), half(sectionSize), half(0), half(0)],
    // PT_LOAD; at 64 bits its flags come second.
    ...[word(1), is64 ? word(executeAndRead) : Buffer.alloc(0), address(0), address(loadAddress), address(loadAddress)],
    ...[address(fileSize), address(fileSize), is64 ? Buffer.alloc(0) : word(executeAndRead), address(maxPageSize)],
    text,
  ])
}

function number(value: number, size: 2 | 4 | 8, littleEndian: boolean): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  const cut = bytes.subarray(0, size)
  return littleEndian ? cut : cut.reverse()
}

/** Programs assembled by their recipes; the keys are sorted, so the same assemblers give the same bytes. */
function buildEach(from: Record<string, Recipe>): Record<string, Probe> {
  const directory = mkdtempSync(join(tmpdir(), 'probes-'))
  const build = ([name, recipe]: [string, Recipe]): [string, Probe] => {
    const bytes = executable(assemble(name, recipe, directory))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return [name, { size: bytes.length, sha256, base64: bytes.toString('base64') }]
  }
  try {
    return sorted(Object.fromEntries(Object.entries(from).map(build)))
  } finally {
    rmSync(directory, { recursive: true })
  }
}

function sorted(probes: Record<string, Probe>): Record<string, Probe> {
  return Object.fromEntries(Object.entries(probes).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function buildAll(): ProbeFile {
  bringAssemblers(recipes, launcherRecipes, measurerRecipes, readerRecipes, writerRecipes)
  return {
    format: 1,
    launchers: buildEach(launcherRecipes),
    measurers: buildEach(measurerRecipes),
    readers: buildEach(readerRecipes),
    writers: buildEach(writerRecipes),
    probes: buildEach(recipes),
  }
}

/** The probes of some targets, assembled again, which needs only their assemblers; all others stay as committed. */
function buildSome(targets: readonly string[], committed: ProbeFile): ProbeFile {
  const wanted = Object.fromEntries(
    targets.map((target) => {
      const recipe = recipes[target]
      if (recipe === undefined) throw new Error(`scripts/probe-recipes.ts has no row for ${target}`)
      return [target, recipe]
    }),
  )
  bringAssemblers(wanted)
  return { ...committed, probes: sorted({ ...committed.probes, ...buildEach(wanted) }) }
}

function bringAssemblers(...tables: Record<string, Recipe>[]): void {
  const all = tables.flatMap((table) => Object.values(table))
  bringTools(all.map((recipe) => [join('/usr/bin', recipe.tool), recipe.package]))
}

/** The targets and hosts whose program is not the same in both files, or is in one only. */
function differingTargets(committed: ProbeFile, built: ProbeFile): string[] {
  const named = (kind: string, programs: Record<string, Probe> = {}) =>
    Object.entries(programs).map(([name, probe]) => [`${kind} ${name}`, probe] as const)
  const all = (file: ProbeFile) =>
    Object.fromEntries([
      ...named('launcher', file.launchers),
      ...named('measurer', file.measurers),
      ...named('reader', file.readers),
      ...named('writer', file.writers),
      ...named('probe', file.probes),
    ])
  const [before, after] = [all(committed), all(built)]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().filter((name) => {
    return JSON.stringify(before[name]) !== JSON.stringify(after[name])
  })
}

function main(args: string[]): void {
  const targets = args.filter((arg) => arg !== '--check')
  const unknown = targets.find((arg) => arg.startsWith('-'))
  if (unknown !== undefined) throw new Error(`usage: probes.js [--check] [TARGET...], not ${args.join(' ')}`)
  const committed = readFileSync(output, 'utf8')
  const before = JSON.parse(committed) as ProbeFile
  const built = targets.length === 0 ? buildAll() : buildSome(targets, before)
  const text = `${JSON.stringify(built, null, 2)}\n`
  if (!args.includes('--check')) {
    writeFileSync(`${output}.new`, text)
    renameSync(`${output}.new`, output)
    return
  }
  if (committed === text) return
  process.exitCode = 1
  const differing = differingTargets(before, built)
  for (const target of differing) console.error(`${target}: src/data/probes.json differs from what probes/ gives`)
  if (differing.length === 0) console.error('src/data/probes.json holds the right probes in another order or form')
}

main(process.argv.slice(2))
