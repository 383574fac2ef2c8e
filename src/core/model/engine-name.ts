// The supported container engines, the most likely first.

export const engineNames = ['docker', 'podman', 'nerdctl'] as const

export type EngineName = (typeof engineNames)[number]
