// Runs inside a private namespace: carries out the steps given as JSON on standard input, one process each, and tells what the kernel's table
// held after each. It is the parent of the action's steps, as the runner's worker is.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = '/proc/sys/fs/binfmt_misc'
const { steps, base } = JSON.parse(readFileSync(0, 'utf8'))

function table() {
  if (!existsSync(join(folder, 'register'))) return null
  const names = readdirSync(folder).filter((name) => name !== 'register' && name !== 'status')
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

/** The grammar of the runner's file commands: NAME=VALUE, or NAME<<DELIMITER and lines up to the delimiter. */
function parseFile(text) {
  const values = {}
  // a scenario may be as if on Windows
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at++) {
    const block = /^([^=]+?)<<(.+)$/.exec(lines[at])
    if (block !== null) {
      const end = lines.indexOf(block[2], at + 1)
      values[block[1]] = lines.slice(at + 1, end).join('\n')
      at = end
    } else if (lines[at].includes('=')) values[lines[at].split('=')[0]] = lines[at].slice(lines[at].indexOf('=') + 1)
  }
  return values
}

const fileNames = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY']

function run(step, files) {
  const env = { ...step.env, ...Object.fromEntries(fileNames.map((name) => [`GITHUB_${name}`, join(files, name)])) }
  return new Promise((resolve) => {
    const child = spawn(step.file, step.args, { env: step.action ? env : step.env, cwd: base, stdio: 'pipe' })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (data) => {
      stdout += data
    })
    child.stderr.on('data', (data) => {
      stderr += data
    })
    child.stdin.end()
    child.on('close', (status, signal) => {
      resolve({ status, signal, stdout, stderr })
    })
  })
}

const states = {}

async function carryOut(step) {
  const files = mkdtempSync(join(base, 'files-'))
  // steps may run as other users
  chmodSync(files, 0o755)
  for (const name of fileNames) {
    writeFileSync(join(files, name), '')
    chmodSync(join(files, name), 0o666)
  }
  if (step.stateOf !== undefined)
    for (const [name, value] of Object.entries(states[step.stateOf] ?? {})) step.env[`STATE_${name}`] = value
  const result = await run(step, files)
  const read = (name) => readFileSync(join(files, name), 'utf8')
  states[step.name] = parseFile(read('STATE'))
  const journals = existsSync('/run/setup-qemu') ? readdirSync('/run/setup-qemu') : []
  return {
    ...result,
    outputs: parseFile(read('OUTPUT')),
    path: read('PATH'),
    variables: parseFile(read('ENV')),
    summary: read('STEP_SUMMARY'),
    state: states[step.name],
    table: table(),
    journals,
  }
}

mkdirSync(base, { recursive: true })
const results = {}
const before = table()
for (const step of steps) {
  // a list is a number of steps at once
  const group = Array.isArray(step) ? step : [step]
  for (const [at, result] of (await Promise.all(group.map(carryOut))).entries()) results[group[at].name] = result
}
process.stdout.write(JSON.stringify({ before, results }))
