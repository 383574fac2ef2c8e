// Where this program's own releases of emulators are.
import { actionRepository, type Repository, releasesOf } from '../sources/release.js'
import { addressesOf } from './input-values.js'

/**
 * The places that have our releases: those that SETUP_QEMU_RELEASES names, else the repository that the running action comes from; then the upstream, because
 * forks and other servers have no releases of their own. In a step of a composite action the runner may name the repository of the outer action, which has
 * no such release either. Throws `invalid-input`.
 */
export function releaseAddresses(
  environment: Readonly<Record<string, string | undefined>>,
  upstream: Repository | undefined,
): string[] {
  const named = addressesOf(
    'SETUP_QEMU_RELEASES',
    environment.SETUP_QEMU_RELEASES ?? '',
    'the address of releases, for example https://github.com/owner/name/releases/download',
  )
  const own = named.length > 0 ? undefined : actionRepository(environment)
  const repositories = [own, upstream].filter((repository) => repository !== undefined)
  return [...new Set([...named, ...repositories.map(releasesOf)])]
}
