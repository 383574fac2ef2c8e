// Finds this machine's credentials for a registry: in the configuration files of docker and podman, and in the credential helpers that they name.
// Sources: docker's documentation of `docker login`, and containers-auth.json(5) for the order of the files.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type Credential, helperCredential, registryLoginIn } from '../../core/image/docker-config.js'
import { printable } from '../../core/model/targets.js'
import { command, errnoName } from '../../system/command.js'
import { faultOf, textOfFile } from '../../system/regular-file.js'

/** More than the size of any such file, in bytes. */
const longestConfig = 1 << 20

export type Environment = Readonly<Record<string, string | undefined>>

/** The credential, if there is one, and what went wrong in finding it, in lines that are safe to show. */
export interface CredentialLookup {
  readonly credential: Credential | null
  readonly notes: readonly string[]
}

/** The configuration files in the order in which they are read. */
function configFiles(env: Environment): string[] {
  const home = env.HOME ?? homedir()
  const files = [
    env.DOCKER_CONFIG ? join(env.DOCKER_CONFIG, 'config.json') : undefined,
    home === '' ? undefined : join(home, '.docker', 'config.json'),
    env.REGISTRY_AUTH_FILE || undefined,
    env.XDG_RUNTIME_DIR ? join(env.XDG_RUNTIME_DIR, 'containers', 'auth.json') : undefined,
  ]
  return [...new Set(files.filter((file) => file !== undefined))]
}

/** The first credential for `registry` (`docker.io`, `localhost:5000`) in a file or from its helper. Never rejects: problems become notes. */
export async function credentialFor(registry: string, repository: string, env: Environment): Promise<CredentialLookup> {
  const notes: string[] = []
  for (const file of configFiles(env)) {
    const text = textOf(file, notes)
    if (text === undefined) continue
    const login = registryLoginIn(text, registry, repository)
    if (login === undefined) notes.push(`${printable(file, 200)} is no JSON object`)
    const helped = login?.helper ? await askHelper(login.helper, notes) : null
    const credential = helped ?? login?.credential ?? null
    if (credential !== null) return { credential, notes }
  }
  return { credential: null, notes }
}

function textOf(file: string, notes: string[]): string | undefined {
  try {
    return textOfFile(file, longestConfig)
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(errnoName(error))) notes.push(`${printable(file, 200)} ${faultOf(error)}`)
    return undefined
  }
}

/** Runs `docker-credential-NAME get`. A failure is reported by its exit status only, because the output may contain secrets. */
async function askHelper(helper: { name: string; server: string }, notes: string[]): Promise<Credential | null> {
  const program = `docker-credential-${helper.name}`
  const { status, signal, stdout, errno } = await command(program, ['get'], { input: helper.server, timeoutMs: 30_000 })
  if (status === 0) {
    const credential = helperCredential(stdout)
    if (credential === null) notes.push(`${program} printed no credentials`)
    return credential
  }
  // how the protocol says that there are none
  if (/credentials not found/i.test(stdout)) return null
  notes.push(`${program} for ${printable(helper.server)} failed: ${errno ?? signal ?? `exit status ${status}`}`)
  return null
}
