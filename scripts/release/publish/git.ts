// git, as the workflows' steps call it: in the checkout, without anybody's configuration in the way, and with the token in the environment, where no
// process list and no log shows it.
import { spawnSync } from 'node:child_process'
import { Refusal } from './step.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Who commits, and pushes by what token; the form is the one that actions/checkout uses. */
function environment(more: Environment): Environment {
  const { GITHUB_TOKEN: token = '', GITHUB_SERVER_URL: server = '' } = process.env
  const name = 'github-actions[bot]'
  const mail = '41898282+github-actions[bot]@users.noreply.github.com'
  const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
  const login: Environment =
    token === '' || server === ''
      ? {}
      : { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: `http.${server}/.extraheader`, GIT_CONFIG_VALUE_0: header }
  return {
    ...process.env,
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: mail,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: mail,
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    ...login,
    ...more,
  }
}

/** Standard output of a git command, without the line end. Throws Refusal with what git says. */
export function git(args: readonly string[], more: Environment = {}): string {
  const env = environment(more) as NodeJS.ProcessEnv
  const { status, stdout, stderr, error } = spawnSync('git', args, { encoding: 'utf8', env, maxBuffer: 1 << 28 })
  if (status !== 0) throw new Refusal(`git ${args[0]} failed: ${(stderr || String(error)).trim()}`)
  return stdout.replace(/\n$/, '')
}

/** By full name the refs of `origin` that fit a pattern (`refs/tags/v*`), and what they point to; of an annotated tag the commit. */
export function remoteRefs(...patterns: readonly string[]): Map<string, string> {
  const lines = git(['ls-remote', 'origin', ...patterns]).split('\n')
  const refs = new Map<string, string>()
  // the line of what a tag points to follows the one of the tag
  for (const line of lines) {
    const [hash = '', name = ''] = line.split('\t')
    if (hash !== '' && name !== '') refs.set(name.replace(/\^\{\}$/, ''), hash)
  }
  return refs
}
