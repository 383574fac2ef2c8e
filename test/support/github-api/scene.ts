// A repository on the local GitHub: a bare origin, a checkout of it, and the publishing scripts called as a workflow's steps call them.
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { GitHubApi, type GitHubOptions } from './github-api.js'

export const token = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz'
export const repository = 'someone/setup-qemu'

export interface Ended {
  readonly status: number | null
  readonly output: string
}

/** git without anybody's configuration. */
export function gitIn(folder: string, ...args: string[]): string {
  const env = {
    ...process.env,
    ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', LC_ALL: 'C' },
    ...{ GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org' },
    ...{ GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.org' },
  }
  return execFileSync('git', args, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
}

export class Scene {
  private constructor(
    readonly folder: string,
    readonly github: GitHubApi,
  ) {}

  /** With `files` in the first commit of main. */
  static async open(files: Record<string, string>, options: Partial<GitHubOptions> = {}): Promise<Scene> {
    const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-github-'))
    const bare = join(folder, 'origin.git')
    gitIn(folder, 'init', '--quiet', '--bare', '--initial-branch=main', bare)
    // as GitHub does: a commit can be fetched by its hash
    gitIn(bare, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
    gitIn(folder, 'clone', '--quiet', bare, 'checkout')
    const scene = new Scene(folder, await GitHubApi.start({ repository, bare, token, ...options }))
    scene.write('checkout', files)
    gitIn(scene.checkout, 'add', '--all')
    gitIn(scene.checkout, 'commit', '--quiet', '-m', 'First')
    gitIn(scene.checkout, 'push', '--quiet', 'origin', 'HEAD:refs/heads/main')
    gitIn(scene.checkout, 'remote', 'set-url', 'origin', `${scene.github.server}/${repository}`)
    return scene
  }

  get checkout(): string {
    return join(this.folder, 'checkout')
  }

  async close(): Promise<void> {
    await this.github.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Files below a folder of the scene. */
  write(name: string, files: Record<string, string | Buffer>): string {
    const folder = join(this.folder, name)
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    return folder
  }

  /** A folder of assets with its SHA256SUMS. */
  assets(name: string, files: Record<string, string>): string {
    const sums = Object.entries(files)
      .map(([file, content]) => `${createHash('sha256').update(content).digest('hex')}  ${file}\n`)
      .join('')
    return this.write(name, { ...files, SHA256SUMS: sums })
  }

  environment(more: Record<string, string> = {}): Record<string, string> {
    return {
      ...{ PATH: process.env.PATH ?? '', HOME: this.folder, TMPDIR: tmpdir() },
      ...{ GIT_CONFIG_NOSYSTEM: '1', GITHUB_ACTIONS: 'true', GITHUB_REF: 'refs/heads/main' },
      GITHUB_SHA: gitIn(this.checkout, 'rev-parse', 'HEAD'),
      GITHUB_TOKEN: token,
      ...this.github.environment(),
      ...more,
    }
  }

  /** Runs a publishing script in the checkout to its end; `until` ends it early. */
  run(
    script: string,
    args: readonly string[],
    more: Record<string, string> = {},
    until?: () => boolean,
  ): Promise<Ended> {
    const file = resolve('build/scripts/release/publish', `${script}.js`)
    const child = spawn(process.execPath, [file, ...args], {
      cwd: this.checkout,
      env: this.environment(more),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
      })
    const watch = setInterval(() => {
      if (until?.() === true) child.kill('SIGKILL')
    }, 5)
    return new Promise((done) => {
      child.on('close', (status) => {
        clearInterval(watch)
        done({ status, output })
      })
    })
  }

  /** Requests so far that were made with this method. */
  requests(method: string): string[] {
    return this.github.requests.filter((line) => line.startsWith(`${method} `))
  }
}
