// A QEMU user-mode executable. Its SHA-256 identifies it; the types below add what is known beyond that.

/** Version and build are the catalog's if it has the SHA-256, else those of its own `--version`; null: unknown. */
export interface Emulator {
  readonly sha256: string
  readonly qemuVersion: string | null
  readonly build: string | null
}

/** With its path: of a file, or as /proc/PID/exe of a running probe shows it. */
export interface LocatedEmulator extends Emulator {
  readonly path: string
}

/** Where a call can get an emulator from: the name that the JSON has, and the words for people; `%` stands for how much was fetched, if anything was. */
export const locators = {
  'tool-cache': 'from the tool cache',
  bundled: 'came with setup-qemu',
  'github-cache': 'from the GitHub cache',
  mirror: '% from the mirror',
  release: '% from the release',
  deb: '%',
  image: '% from the image',
  file: 'the file that path names',
  host: 'a file of this machine',
  container: 'registered by the container',
} as const satisfies Readonly<Record<string, string>>

export type LocatorName = keyof typeof locators

/** A file on this machine that can be registered, its SHA-256 checked. */
export interface AcquiredEmulator extends LocatedEmulator {
  readonly locator: LocatorName
  /** Over the network. Shared bytes are counted once, on one emulator. */
  readonly bytesFetched: number
}

/** The emulator that an image has for a target. `lacks`: it certainly has none; `unread`: unknown. */
export type ImageEmulator =
  | ({ readonly kind: 'has' } & Pick<LocatedEmulator, 'path' | 'sha256'>)
  | { readonly kind: 'lacks'; readonly reason: string }
  | { readonly kind: 'unread'; readonly reason: string }

/** The variables that QEMU's user emulators read. Each applies to all emulators, whatever their target. */
export interface EmulatorEnvironment {
  readonly QEMU_LD_PREFIX?: string
  readonly QEMU_CPU?: string
}
