// One behaviour that is compared: how it is looked at, and what is seen natively and under each setting of the emulator.
import type { Side } from './side.js'

/** How the emulator is registered: the default, an older QEMU, without the flag C, and a QEMU that does not know the flag P. */
export type Setting = 'default' | 'older' | 'without C' | 'without P'

export interface Row {
  /** The name in docs/how-it-works.md, too. */
  readonly name: string
  /** What is seen, as one line. */
  see(side: Side): string
  readonly natively: string
  /** What is seen under emulation where that is something else; a setting that is not named is as the default. */
  readonly emulated?: Partial<Record<Setting, string>>
}

export function expected({ natively, emulated }: Row, setting: Setting): string {
  return emulated?.[setting] ?? emulated?.default ?? natively
}
