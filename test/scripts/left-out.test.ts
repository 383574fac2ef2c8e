// What scripts/dist.ts leaves out of a bundle: stand-ins for real packages, in real bundles that really run.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { stage, writeStandIn } from '../../scripts/left-out.js'

const http = '@actions/http-client'
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder in the checkout, from which all its packages are found. */
function folder(): string {
  mkdirSync('build', { recursive: true })
  const made = mkdtempSync('build/left-out-')
  folders.push(made)
  return made
}

/** Runs a program with the variables that @actions/core needs to ask for a token, of a service that is not there. */
function run(program: string) {
  const asked = { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:1/?', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, INPUT_PLATFORMS: 'arm64', ...asked },
  })
  return { status, stdout, stderr }
}

const told = (what: string) =>
  `${what} of ${http} was called, which is left out of this bundle because nothing in it should call it (scripts/dist.ts)`

describe('a package that is left out of a bundle', () => {
  it('is in no file of it, the others work, and whoever reaches it is told what was called', async () => {
    const staged = folder()
    await stage(staged, [http])
    const program =
      "import { getIDToken, getInput } from '@actions/core'\nconsole.log(getInput('platforms'))\nawait getIDToken()\n"
    writeFileSync(join(staged, 'src/reached.js'), program)
    const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js'
    const into = join(staged, 'out')
    execFileSync(process.execPath, [ncc, 'build', join(staged, 'src/reached.js'), '--out', into, '--no-cache', '-q'])
    expect(readFileSync(join(into, 'index.js'), 'utf8')).not.toContain('undici')
    const { status, stdout, stderr } = run(join(into, 'index.js'))
    expect([status, stdout]).toEqual([1, expect.stringMatching(/^arm64\n/)])
    expect(stderr).toContain(`Error: Error message: ${told('BearerCredentialHandler')}\n`)
  })

  it('is that for @actions/tool-cache, too: what needs no network works, and a download fails', async () => {
    const staged = folder()
    for (const name of ['core', 'tool-cache']) {
      const path = `node_modules/@actions/${name}`
      cpSync(path, join(staged, path), { recursive: true })
    }
    await writeStandIn(http, join(staged, 'node_modules', http))
    const program = `import { cacheFile, downloadTool, find } from '@actions/tool-cache'
// it would wait 10 to 20 seconds before each of two more attempts
global.TEST_DOWNLOAD_TOOL_RETRY_MIN_SECONDS = global.TEST_DOWNLOAD_TOOL_RETRY_MAX_SECONDS = 0
await cacheFile(import.meta.filename, 'tool', 'tool', '1.2.3')
console.log(find('tool', '1.x').slice(process.env.RUNNER_TOOL_CACHE.length + 1))
await downloadTool('http://127.0.0.1:1/')`
    writeFileSync(join(staged, 'reached.mjs'), program)
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(staged, 'reached.mjs')], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, RUNNER_TOOL_CACHE: join(staged, 'tools'), RUNNER_TEMP: join(staged, 'temp') },
    })
    expect([status, stdout]).toEqual([1, expect.stringContaining(`tool/1.2.3/${process.arch}\n`)])
    expect(stderr).toContain(`Error: ${told('HttpClient')}\n`)
  })

  it('exports all that the package does: values as they are, functions that throw', async () => {
    const staged = folder()
    await writeStandIn(http, join(staged, 'node_modules', http))
    const list = (entry: string) => `import * as real from '${http}${entry}'
const sorts = Object.entries(real).map(([name, value]) => [name, typeof value === 'function' ? 'function' : value])
console.log(JSON.stringify(sorts))`
    for (const entry of ['', '/lib/auth', '/lib/proxy']) {
      const seen = [staged, '.'].map((base) => {
        const words = ['--input-type=module', '-e', list(entry)]
        return execFileSync(process.execPath, words, { cwd: base, encoding: 'utf8' })
      })
      expect(seen[0]).toBe(seen[1])
      expect(JSON.parse(seen[0] ?? '')).not.toEqual([])
    }
  })
})
