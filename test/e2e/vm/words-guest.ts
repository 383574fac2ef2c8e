// What the command line says in a bare kernel's VM beside setup, status and restore: explain, known-problems, diagnose, and a CPU model.
import { writeFileSync } from 'node:fs'
import { check, cli, expectEqual, type GuestTarget, home, restore } from './guest.js'

/** What `explain --json` says of a program's end. */
interface Explained {
  readonly verdict: { readonly kind: string; readonly errno: string | null; readonly why: string | null }
  readonly steps: readonly {
    readonly kind: string
    readonly entry?: { readonly name: string }
    readonly emulator?: { readonly sha256: string } | null
  }[]
}

function explained(target: string): Explained & { readonly status: number | null } {
  const { status, json } = cli(['explain', `${home}/foreign/${target}/busybox`])
  return { ...(json as unknown as Explained), status }
}

/** Before any set-up: a foreign program will fail, and says why. */
export function explainsRefusal(target: string): string {
  const { status, verdict } = explained(target)
  expectEqual([status, verdict], [1, { kind: 'fails', errno: 'ENOEXEC', why: 'not-mounted' }], target)
  return `${target}: ${verdict.errno}, ${verdict.why}`
}

/** After it: the foreign program runs by its entry under that emulator. */
export function explainsRunning({ target, sha256 }: GuestTarget): string {
  const { status, verdict, steps } = explained(target)
  const entry = steps.find(({ kind }) => kind === 'entry')
  expectEqual(
    [status, verdict.kind, entry?.entry?.name, entry?.emulator?.sha256],
    [0, 'emulated', `qemu-${target}`, sha256],
    target,
  )
  return `${target} by ${entry?.entry?.name}`
}

/** A program that processor and kernel run by themselves. */
export function explainsNative(target: string): string {
  const { status, verdict, steps } = explained(target)
  expectEqual([status, verdict.kind, steps.map(({ kind }) => kind)], [0, 'native', ['file']], target)
  return target
}

/** A log is read, and what this machine's table has to say about it; the known problems are those of a version and a platform. */
export async function saysMore({ target, platform }: GuestTarget): Promise<void> {
  await check('diagnose names the cause in a log, and what runs here', () => {
    writeFileSync('/tmp/build.log', 'step 1\ntar: usr/x: Cannot open: Function not implemented\n')
    const { status, json } = cli(['diagnose', '/tmp/build.log', '--platforms', platform])
    const [cause] = json.causes as { line: number; machine: string[] | string | null; problems: { id: string }[] }[]
    expectEqual([status, cause?.line], [0, 2], 'diagnose')
    const here = JSON.stringify(cause?.machine)
    if (!here.includes(`qemu-${target} runs ${target} programs here with QEMU`)) throw new Error(`it said ${here}`)
    return (cause?.problems ?? []).map(({ id }) => id).join(' ')
  })
  await check('known-problems lists those of a version', () => {
    const { status, json } = cli(['known-problems', '--qemu-version', '5.2.0', '--platforms', platform])
    const { length } = json.problems as unknown[]
    expectEqual([status, length > 0], [0, true], 'known-problems')
    return `${length} problems`
  })
}

/** The models that a target's emulator is asked for. */
const models: Readonly<Record<string, string>> = { aarch64: 'cortex-a72', x86_64: 'Nehalem' }

export function modelFor(target: string): string {
  const model = models[target]
  if (model === undefined) throw new Error(`models has no CPU of ${target}`)
  return model
}

/** `setup --cpu` for the machine: proven with that model. */
export function withCpu({ target, platform, sha256 }: GuestTarget): string {
  const cpu = modelFor(target)
  const words = ['setup', platform, '--cpu', cpu, '--offline', '--cache-dir', `${home}/cache`]
  const { status, json } = cli(words)
  const [got] = json.targets as { proof: { fingerprint: string } | null }[]
  expectEqual([status, json.environment, got?.proof?.fingerprint], [0, { QEMU_CPU: cpu }, sha256], 'setup')
  restore()
  return cpu
}
