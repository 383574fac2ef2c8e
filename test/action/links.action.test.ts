// What the texts of a step point to: the documents in the action's own repository at its ref, and the command line as it can be called in the job.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  annotations,
  compare,
  dist,
  main,
  play,
  post,
  type Step,
  type StepResult,
  shell,
  temporary,
} from '../support/runner/runner.js'

const wrong = { platforms: 'arm46' }
const named = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_ACTION_REPOSITORY: 'me/qemu',
  GITHUB_ACTION_REF: 'feature/x+y',
}
const page = 'troubleshooting.md#unknown-platform'
const place = `https://github.com/me/qemu/blob/feature/x%2By/docs/${page}`

/** A copy of the bundles where a runner would have the action; `repository` is what its package says. */
function installed(folder: string, repository = 'github:OWNER/setup-qemu'): string {
  mkdirSync(folder, { recursive: true })
  cpSync(dist, join(folder, 'dist'), { recursive: true })
  const text = JSON.stringify({ name: 'setup-qemu', version: '9.8.7', type: 'module', repository })
  writeFileSync(join(folder, 'package.json'), text)
  return folder
}

/** A step whose bundle is in a folder. */
function from(folder: string, step: Step): Step {
  return { ...step, args: step.args.map((arg) => arg.replace(dist, join(folder, 'dist'))) }
}

async function failed(step: Step): Promise<StepResult> {
  const { result } = await play([step])
  expect(result(step.name).status).toBe(1)
  return result(step.name)
}

function seen(result: StepResult): string | undefined {
  expect(annotations('error', result).filter(({ title }) => title !== '')).toHaveLength(1)
  return /\nSee: (.*)$/.exec(annotations('error', result)[0]?.text ?? '')?.[1]
}

describe('the documents', () => {
  it('are in the repository of the action, in annotation and summary', async () => {
    const result = await failed(main(wrong, { env: named }))
    expect(seen(result)).toBe(place)
    expect(result.summary).toContain(` ([docs/${page}](${place})).`)
  })

  it('are named by their path where nobody says which repository it is', async () => {
    const env = { GITHUB_SERVER_URL: 'https://github.com' }
    const result = await failed(from(installed(temporary()), main(wrong, { env })))
    expect(seen(result)).toBe(`docs/${page}`)
    expect(result.summary).toContain(` (docs/${page}).`)
  })

  it.each([
    ['a repository', { GITHUB_ACTION_REPOSITORY: 'me/qemu\n::set-output name=x::y' }, `docs/${page}`],
    ['a repository that ends a link', { GITHUB_ACTION_REPOSITORY: 'me/q)[x](https://evil.example' }, `docs/${page}`],
    ['a server', { GITHUB_SERVER_URL: 'https://github.com\r\n::error::x' }, `docs/${page}`],
    ['a server with escapes', { GITHUB_SERVER_URL: 'https://git%0A::error::hub' }, `docs/${page}`],
    ['a ref', { GITHUB_ACTION_REF: 'v1\n::error::x' }, `https://github.com/me/qemu/blob/HEAD/docs/${page}`],
    [
      'a ref that ends a link',
      { GITHUB_ACTION_REF: 'v1)](x)%0A<b>|' },
      `https://github.com/me/qemu/blob/v1%29%5D%28x%29%250A%3Cb%3E%7C/docs/${page}`,
    ],
  ])('cannot be changed by %s of a stranger', async (_, hostile, where) => {
    const step = main(wrong, { env: { ...named, ...hostile } })
    const result = await failed(from(installed(temporary()), step))
    expect(seen(result)).toBe(where)
    expect(result.stdout.match(/^::/gm)?.length).toBe(2)
    expect(result.summary.trimEnd().split('\n')).toHaveLength(3)
    expect(result.summary).not.toContain('evil.example')
  })

  it('are those that the path of the action names, in a composite action too', async () => {
    const folder = installed(join(temporary(), '_work/_actions/you/fork/release/v2'))
    const env = { ...named, GITHUB_ACTION_REPOSITORY: 'outer/composite', GITHUB_ACTION_REF: 'v9' }
    const result = await failed(from(folder, main(wrong, { env })))
    expect(seen(result)).toBe(`https://github.com/you/fork/blob/release/v2/docs/${page}`)
  })

  it('are those of the package for an action out of the workspace, which the variables do not name', async () => {
    const folder = installed(join(temporary(), 'work'), 'github:up/setup-qemu')
    const result = await failed(from(folder, main(wrong, { env: { ...named, GITHUB_WORKSPACE: dirname(folder) } })))
    expect(seen(result)).toBe(`https://github.com/up/setup-qemu/blob/v9.8.7/docs/${page}`)
  })

  it('are linked by compare, too', async () => {
    const wrongly = await failed(compare({ run: '', platforms: 'arm64' }, { env: named }))
    expect(seen(wrongly)).toBe(place.replace('unknown-platform', 'invalid-input'))
    const inputs = { run: 'exit 1', platforms: 'arm64', 'qemu-versions': '11.1,5.2', offline: 'true' }
    const { result } = await play([compare(inputs, { env: named })])
    const reading = 'https://github.com/me/qemu/blob/feature/x%2By/docs/compare.md#reading-the-result'
    expect(seen(result('compare'))).toBe(reading)
    expect(result('compare').summary).toContain(`How to read it: [docs/compare.md#reading-the-result](${reading})`)
  })

  it('are linked in a private scope, too', async () => {
    const env = { ...named, RUNNER_TOOL_CACHE: temporary() }
    const result = await failed(main({ platforms: 'arm64', scope: 'private', offline: 'true' }, { env }))
    expect(seen(result)).toBe(place.replace('unknown-platform', 'offline'))
    expect(result.stdout).toContain(`  see:   ${place.replace('unknown-platform', 'offline')}\n`)
  })
})

it('a command that post names works in the job as it is printed', async () => {
  const table = '/proc/sys/fs/binfmt_misc'
  const words = `node ${join(dist, 'cli/index.js')} restore`
  const { result } = await play([
    main({ platforms: 'arm64' }),
    shell('seal', `mount -o remount,ro,bind ${table}`),
    post(),
    shell('as told', `mount -o remount,rw,bind ${table}; ${words} --all`),
  ])
  const [warning] = annotations('warning', result('post of main'))
  expect(warning?.text).toContain(`then run ${words} once more`)
  expect(result('as told').stdout).toMatch(/^removed qemu-aarch64$/m)
  expect(result('as told').table).toEqual({})
})
