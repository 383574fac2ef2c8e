// Which QEMU user-mode executable is meant: its identity is its SHA-256, and whoever knows more of it says so beside that.

/** One executable. Its version and build are the catalog's where that knows the bytes, else what its own `--version` says; null: not known. */
export interface Emulator {
  readonly sha256: string
  readonly qemuVersion: string | null
  readonly build: string | null
}

/** With its path: of a file on disk, or of what /proc/PID/exe of a running probe named. */
export interface LocatedEmulator extends Emulator {
  readonly path: string
}

/** Where an emulator's bytes came from this time. */
export type LocatorName = 'tool-cache' | 'github-cache' | 'deb' | 'image' | 'file' | 'host' | 'container'

/** A file of this machine that a target can be registered with, its SHA-256 checked. */
export interface AcquiredEmulator extends LocatedEmulator {
  readonly locator: LocatorName
  /** Over the network. Bytes that several emulators share are counted once, on one of them. */
  readonly bytesFetched: number
}

/** The emulator that an image has for a target; `lacks` is certain, `unread` is not known. */
export type ImageEmulator =
  | ({ readonly kind: 'has' } & Pick<LocatedEmulator, 'path' | 'sha256'>)
  | { readonly kind: 'lacks'; readonly reason: string }
  | { readonly kind: 'unread'; readonly reason: string }

/** The variables that QEMU's user emulators read; each is one for all emulators, whatever their target. */
export interface EmulatorEnvironment {
  readonly QEMU_LD_PREFIX?: string
  readonly QEMU_CPU?: string
}
