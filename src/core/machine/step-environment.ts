// Variables that are private to this program: what a runner gives only to actions, not to `run` steps, and the login for a registry.
// Source: GitHub's documentation of custom actions (INPUT_, STATE_), and the toolkit, which reads the others for the job's cache and artifacts.

/** Whether a variable belongs to an action only: its inputs and state, and addresses and token of the job's cache and artifacts. */
export function isOfAction(name: string): boolean {
  return /^(INPUT|STATE|ACTIONS_RUNTIME|ACTIONS_CACHE|ACTIONS_RESULTS)_/.test(name)
}

/** An environment for other programs, emulators included: without an action's own variables and a registry's login. */
export function childEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const kept = Object.entries(environment).filter(
    ([name]) => !isOfAction(name) && !name.startsWith('SETUP_QEMU_REGISTRY_'),
  )
  return Object.fromEntries(kept)
}
