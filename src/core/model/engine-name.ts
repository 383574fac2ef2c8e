// The container engines that are known, the likeliest first.

export const engineNames = ['docker', 'podman', 'nerdctl'] as const

export type EngineName = (typeof engineNames)[number]
