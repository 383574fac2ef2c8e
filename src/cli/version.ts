// The version of setup-qemu itself, as package.json names it.
import packageJson from '../../package.json' with { type: 'json' }

export const version: string = packageJson.version
