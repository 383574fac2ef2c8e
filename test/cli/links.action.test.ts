// What the texts of the command line point to: documents that can be opened, and commands that work as they are printed.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cli, dist, machineNode, play, type Step, type StepResult, shell, temporary } from '../support/runner/runner.js'

/** A copy of the bundles with a package.json, as a release lays it out. */
function copied(fields: Readonly<Record<string, unknown>> = {}): string {
  // as the program itself sees it
  const folder = realpathSync(temporary())
  cpSync(dist, join(folder, 'dist'), { recursive: true })
  const bin = { 'setup-qemu': 'dist/cli/index.js' }
  const text = JSON.stringify({ name: 'setup-qemu', version: '9.8.7', type: 'module', bin, ...fields })
  writeFileSync(join(folder, 'package.json'), text)
  return folder
}

const program = (folder: string) => join(folder, 'dist/cli/index.js')

function from(folder: string, step: Step): Step {
  return { ...step, args: step.args.map((arg) => arg.replace(dist, join(folder, 'dist'))) }
}

/** The folder of the machine's node, first on PATH. */
const nodeFirst = `PATH=${dirname(machineNode)}:$PATH`

function pointed({ stderr }: StepResult) {
  const [, command, place] = /^to do: (.*) --help lists them\nsee: {3}(.*)$/m.exec(stderr) ?? []
  return { command, place }
}

async function wrongly(step: Step) {
  const { result } = await play([step])
  expect(result(step.name).status).toBe(2)
  return pointed(result(step.name))
}

const usage = 'troubleshooting.md#usage'

describe('the documents', () => {
  it('are those of the clone where nobody says which repository it is, by a path that can be opened', async () => {
    const folder = copied({ repository: 'github:OWNER/setup-qemu' })
    cpSync('docs', join(folder, 'docs'), { recursive: true })
    const { place } = await wrongly(from(folder, cli('wrong', ['bogus'])))
    expect(place).toBe(join(folder, 'docs', usage))
    expect(existsSync(place?.split('#')[0] ?? '')).toBe(true)
  })

  it.each([
    ['github:some/tool', `https://github.com/some/tool/blob/v9.8.7/docs/${usage}`],
    [
      { type: 'git', url: 'git+https://git.example/some/tool.git' },
      `https://git.example/some/tool/blob/v9.8.7/docs/${usage}`,
    ],
  ])('are those of the release that the package names: %j', async (repository, address) => {
    const folder = copied({ repository })
    const { place } = await wrongly(from(folder, cli('wrong', ['bogus'])))
    expect(place).toBe(address)
  })

  it('are named by their path where they are not there either', async () => {
    const { place } = await wrongly(from(copied(), cli('wrong', ['bogus'])))
    expect(place).toBe(`docs/${usage}`)
  })

  it('of an action do not count, as this is not its step', async () => {
    const env = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_ACTION_REPOSITORY: 'outer/one' }
    const { place } = await wrongly(from(copied(), cli('wrong', ['bogus'], env)))
    expect(place).toBe(`docs/${usage}`)
  })

  it('are on a line of their own, which diagnose knows', async () => {
    const folder = copied({ repository: 'github:some/tool' })
    const { result } = await play([
      from(folder, cli('offline', ['setup', 'arm64', '--offline', '--cache-dir', temporary()])),
      shell(
        'diagnosed',
        'printf "%s" "$3" | "$1" "$2" diagnose',
        machineNode,
        program(folder),
        `  see:   https://github.com/some/tool/blob/v9.8.7/docs/troubleshooting.md#offline`,
      ),
    ])
    const address = 'https://github.com/some/tool/blob/v9.8.7/docs/troubleshooting.md#offline'
    expect(result('offline').stdout.split('\n')).toContain(`  see:   ${address}`)
    expect(result('diagnosed').stdout.split('\n')).toContain(`  see       ${address}`)
  })
})

describe('a command that is printed works', () => {
  it.each([
    [
      'in a clone',
      (folder: string) => `cd "${folder}"; node dist/cli/index.js`,
      (folder: string) => `node ${program(folder)}`,
    ],
    ['by a link', (folder: string) => `"${folder}/setup-qemu"`, (folder: string) => `${folder}/setup-qemu`],
    ['by a link on PATH', (folder: string) => `PATH="${folder}:$PATH"; setup-qemu`, () => 'setup-qemu'],
    [
      'under another node than that of PATH',
      (folder: string) => `PATH=/nowhere; "${machineNode}" "${program(folder)}"`,
      (folder: string) => `${machineNode} ${program(folder)}`,
    ],
  ])('%s', async (_, call, words) => {
    const folder = copied()
    symlinkSync(program(folder), join(folder, 'setup-qemu'))
    const { result } = await play([shell('wrong', `export ${nodeFirst}; ${call(folder)} bogus`)])
    const { command } = pointed(result('wrong'))
    expect(command).toBe(words(folder))
    const { result: again } = await play([
      shell('as told', `export ${nodeFirst}; PATH="$PATH:$1"; ${command} --version`, folder),
    ])
    expect(again('as told').stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('through npm and npx', async () => {
    const folder = copied()
    const npm = (where: string, ...args: string[]) =>
      execFileSync('npm', [...args, '--offline', '--silent', '--cache', join(folder, 'cache')], {
        cwd: where,
        encoding: 'utf8',
      })
    const archive = join(folder, npm(folder, 'pack').trim())
    const project = join(folder, 'project')
    mkdirSync(project)
    writeFileSync(
      join(project, 'package.json'),
      '{ "name": "project", "version": "1.0.0", "scripts": { "wrong": "setup-qemu bogus" } }',
    )
    npm(project, 'install', archive)
    const npx = `npm exec --offline --silent --yes --cache ${folder}/cache`
    const { result } = await play([
      shell('npx', `cd ${project}; ${npx} -- setup-qemu bogus`),
      shell('a script', `cd ${project}; npm run --silent wrong`),
      shell('an archive', `cd ${folder}; ${npx} --package ${archive} -- setup-qemu bogus`),
    ])
    expect(pointed(result('npx')).command).toBe('npx setup-qemu')
    expect(pointed(result('a script')).command).toBe('npx setup-qemu')
    const { command = '' } = pointed(result('an archive'))
    expect(command).toMatch(/^\S+ \S+\/_npx\/\w+\/node_modules\/\.bin\/setup-qemu$/)
    const { result: again } = await play([shell('as told', `${command} --version`)])
    expect(again('as told').stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('help', () => {
  it('says what its usage stands for, and a private run names it, too', async () => {
    const folder = copied()
    const { result } = await play([
      from(folder, cli('help', ['help'])),
      from(folder, cli('short', [])),
      from(
        folder,
        cli('run', ['run', '--offline', '--platform', 'arm64', '--cache-dir', temporary(), '--', '/bin/true']),
      ),
    ])
    expect(result('help').stdout).toMatch(/^ {2}setup PLATFORM/m)
    expect(result('help').stdout).toContain(`\nsetup-qemu stands for: `)
    expect(result('help').stdout).toContain(
      `${program(folder)}\nWithout installing it: npx setup-qemu; in a clone: node dist/cli/index.js\n`,
    )
    expect(result('short').stderr).toMatch(new RegExp(`^To begin with: .*${program(folder)} setup arm64$`, 'm'))
    expect(result('run').stderr).toContain(`  see:   docs/troubleshooting.md#offline\n`)
  })
})
