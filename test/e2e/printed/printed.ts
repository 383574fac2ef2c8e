// What the documents print, carried out as it is printed: each row of printed-rows.ts in a folder of its own that holds the bundle, as root or as
// an ordinary user with sudo, in an environment of a new shell. Runs inside range.sh, or with engines inside engine.sh.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { dirname } from 'node:path'
import { commandNamed } from '../../../src/core/cli/command-table.js'
import { documents, documentText, everyBlock, inlineCommands } from '../../support/docs/markdown.js'
import { checker, expectEqual } from '../check.js'
import { type Played, type Row, rows } from './printed-rows.js'
import {
  clear,
  environment,
  finish,
  installed,
  loadImages,
  prepare,
  type Reader,
  workspaceFor,
  wrapped,
} from './printed-scene.js'
import { playWorkflow } from './workflow-player.js'

const [results = '', part = '', material = '', tarball = '', ...only] = process.argv.slice(2)
// the folder is found through its descriptor when something else is mounted on /tmp
const check = checker(`/proc/self/fd/${openSync(dirname(results), 'r')}/${results.slice(dirname(results).length + 1)}`)
const blocks = everyBlock()
const server = spawn(process.execPath, ['build/test/e2e/printed/printed-registry.js', tarball], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [told] = await once(server.stdout, 'data')
const registry = JSON.parse(String(told)) as { host: string; digest: string; npm: string }

interface Said {
  readonly status: number | null
  readonly stdout: string
  readonly log: string
}

/** The reader's lines, by a bash that nothing but its own environment reaches, where setup-qemu is an installed program. */
function lines(reader: Reader, folder: string, text: string): Said {
  const start = `shopt -s expand_aliases\nPATH="$PWD/${installed}:$PATH"\n`
  const [file, ...args] = wrapped(reader)('bash', ['-e', '-c', `${start}${text}`])
  const options = { encoding: 'utf8', cwd: folder, env: environment(reader), input: '', maxBuffer: 1 << 26 } as const
  const { status, stdout, stderr } = spawnSync(file, args, options)
  return { status, stdout, log: `${stdout}${stderr}` }
}

/** Hashes, sizes, times and the width of columns are other ones each time. */
function shapeOf(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .map((line) =>
      line
        .replace(/\b(amd64|arm64)-[0-9a-f]{16}\b/g, 'HOST-HASH')
        .replace(/\b[0-9a-f]{64}\b/g, 'HASH')
        .replace(/(?<![\d.])\d+\.\d+(?![\d.])/g, 'N')
        // the copy here does not know whose it is
        .replace(/https:\/\/github\.com\/OWNER\/setup-qemu\/blob\/v[\d.]+\/docs\//, 'docs/')
        .replace(/ +/g, ' ')
        .trim(),
    )
}

/** The names of all fields, at every depth; of a list those of its items together. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [path]
  const inner = Array.isArray(value)
    ? value.flatMap((item) => fieldsOf(item, `${path}[]`))
    : Object.entries(value).flatMap(([name, item]) => fieldsOf(item, `${path}.${name}`))
  return [...new Set([path, ...inner])].sort()
}

function replaced(text: string, row: Played): string {
  return (row.replace ?? []).reduce(
    (now, { printed, by }) => now.replace(printed, by.replace('$IMAGE_DIGEST', registry.digest)),
    text,
  )
}

function steps(key: string, row: Row & { by: 'steps' }, reader: Reader, folder: string): Said {
  const text = replaced(blocks.get(key)?.text ?? '', row)
  const shell = (word: string) =>
    execFileSync('bash', ['-c', `echo "${word}"`], { cwd: folder, encoding: 'utf8' }).trim()
  const mapped = <T>(words: Readonly<Record<string, T>> | undefined, of: (word: T) => string) =>
    Object.fromEntries(Object.entries(words ?? {}).map(([name, word]) => [name, of(word)]))
  const around = {
    node: '/run/bin/node24',
    workspace: folder,
    env: {
      ...environment(reader),
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: folder,
      RUNNER_TEMP: '/run/temp',
      RUNNER_TOOL_CACHE: '/run/toolcache',
    },
    wrap: wrapped(reader),
    actions: mapped(row.actions, ({ run }) => run),
    inputs: mapped(row.inputs, (word) => word.replace('127.0.0.1:5055', registry.host)),
    vars: mapped(row.vars, shell),
  }
  const played = playWorkflow(text, around, ({ platform }) => loadImages(row.images ?? [], platform))
  if (played.status === 0 && row.after !== undefined) {
    const { status, log } = lines(reader, folder, row.after)
    if (status !== 0) return { status, stdout: '', log: `${played.log}\nafterwards: ${log}` }
  }
  return { status: played.status, stdout: '', log: played.log }
}

function expected(row: Played, { status, log }: Said): string {
  if (status !== (row.status ?? 0)) throw new Error(`it ended with ${status}: ${log.slice(-2500)}`)
  if (row.says !== undefined && !row.says.test(log)) throw new Error(`it did not say ${row.says}: ${log.slice(-2500)}`)
  return log.trim().split('\n').at(-1)?.slice(0, 80) ?? ''
}

function shown(key: string, row: Row & { by: 'output' }, reader: Reader, folder: string): string {
  const [first = '', ...rest] = (blocks.get(key)?.text ?? '').split('\n')
  const isPrompt = first.startsWith('$ ')
  const said = lines(reader, folder, row.command ?? first.slice(2))
  const seen = expected(row, said)
  expectLines(said.stdout, (isPrompt ? rest : [first, ...rest]).join('\n'))
  return seen
}

function expectLines(got: string, printed: string): void {
  const [a, b] = [shapeOf(got), shapeOf(printed)]
  if (a.join('\n') !== b.join('\n'))
    throw new Error(`it printed:\n${a.join('\n')}\nand in the document stands:\n${b.join('\n')}`)
}

function carriedOut(key: string, row: Row & Played, reader: Reader, folder: string): string {
  const text = replaced(blocks.get(key)?.text ?? '', row)
  if (row.by === 'steps') {
    const said = steps(key, row, reader, folder)
    return expected(row, said)
  }
  if (row.by === 'output') return shown(key, row, reader, folder)
  if (row.by === 'json') {
    const said = lines(reader, folder, row.command)
    const seen = expected(row, said)
    expectEqual(fieldsOf(JSON.parse(said.stdout)), fieldsOf(JSON.parse(text)))
    return seen
  }
  const said = lines(reader, folder, [row.first ?? '', text, row.after ?? ''].join('\n'))
  const seen = expected(row, said)
  const printedKey = [...rows].find(([, other]) => other.by === 'printed' && other.from === key)?.[0]
  if (printedKey !== undefined && reader === 'root') expectLines(said.stdout, blocks.get(printedKey)?.text ?? '')
  return seen
}

/** The commands of ours that stand in prose, where no word stands for another one; those of `compare` may find a difference. */
async function inProse(): Promise<void> {
  const commands = new Set(documents.flatMap((file) => inlineCommands(documentText(file))))
  const whole = [...commands].filter((command) => /^[a-z]/.test(command) && !/[A-Z]{2,}|<|\.\.\./.test(command))
  for (const command of whole.filter((one) => commandNamed(one.split(' ')[0] ?? '') !== undefined)) {
    // a name alone names the command
    if (['run', 'compare', 'explain', 'diagnose', 'setup', 'completion'].includes(command)) continue
    const row: Played = {
      part: 'machine',
      before: 'mkdir tests; cp /run/programs/unpack-arm64 tests; cp /run/programs/test-arm64 program; touch build.log',
    }
    await check(`in prose: setup-qemu ${command}`, () => {
      const folder = workspaceFor('runner', row)
      try {
        const { status, log } = lines('runner', folder, `setup-qemu ${command}`)
        if (status !== 0 && !(command.startsWith('compare ') && status === 1))
          throw new Error(`it ended with ${status}: ${log.slice(-600)}`)
        return log.trim().split('\n').at(-1)?.slice(0, 80) ?? ''
      } finally {
        clear(folder)
      }
    })
  }
}

await prepare(part, material, registry.npm)
for (const [key, row] of rows) {
  if (!('part' in row) || row.part !== part || (only.length > 0 && !only.some((word) => key.includes(word)))) continue
  for (const reader of row.users ?? ([row.by === 'steps' ? 'runner' : 'root'] as const))
    await check(`${key}, as ${reader}`, async () => {
      const folder = workspaceFor(reader, row)
      try {
        if (row.by !== 'steps') loadImages(row.images ?? [])
        return carriedOut(key, row, reader, folder)
      } finally {
        clear(folder)
      }
    })
}
if (part === 'machine' && (only.length === 0 || only.includes('prose'))) await inProse()
server.kill()
await finish()
