// Emulators as they are met: the one that ran a probe, and the one in an image.

/** The executable behind /proc/PID/exe while the probe waited. */
export interface Fingerprint {
  readonly path: string
  readonly sha256: string
  /** From the catalog when it knows the bytes, else from the executable's own `--version`; null when neither says. */
  readonly qemuVersion: string | null
  readonly build: string | null
}

/** The emulator that an image has for a target; `lacks` is certain, `unread` is not known. */
export type ImageEmulator =
  | { readonly kind: 'has'; readonly path: string; readonly sha256: string }
  | { readonly kind: 'lacks'; readonly reason: string }
  | { readonly kind: 'unread'; readonly reason: string }
