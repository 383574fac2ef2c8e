// A root with programs of the host and of arm64, what `explain` foresees of files in it, and whether that is what really happens.

import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect } from 'vitest'
import { forecastJson, forecastText, isRunnable } from '../../../src/core/explain/forecast-text.js'
import { parseRequest } from '../../../src/core/request/request.js'
import { explain } from '../../../src/explain/explain.js'
import { setup } from '../../../src/setup/setup.js'
import { catalog, provable } from '../../../src/system/machine.js'
import { sha256OfFile } from '../../../src/system/regular-file.js'
import { busyboxFor, hostBusybox } from '../../e2e/vm/busybox.js'
import { entryFor, registerByHand, temporaryFolder, testMachine } from '../kernel/table.js'
import { noInputs } from '../runner/inputs.js'
import { emulatorPath } from './emulators.js'
import { reallyRun } from './really-run.js'

const current = await emulatorPath('aarch64')
export const [foreign, native] = [await busyboxFor('aarch64'), await hostBusybox()]

/** A folder with programs: the tests' root, made anew for each. */
export let root = ''
export const inRoot = (path: string) => join(root, path)

export function put(path: string, content: string | Uint8Array, mode = 0o755): void {
  writeFileSync(inRoot(path), content, { mode })
  chmodSync(inRoot(path), mode)
}

/** To be called once by each file of tests. */
export function rootBeforeEach(): void {
  beforeEach(() => {
    root = temporaryFolder()
    chmodSync(root, 0o755)
    mkdirSync(inRoot('bin'))
    copyFileSync(foreign, inRoot('bin/foreign'))
    copyFileSync(native, inRoot('bin/native'))
  })
}

/** What is foreseen, in words, and whether the real execution is just that. */
export async function foreseen(path: string, inside: string | null = root) {
  const { forecast, background } = await explain(path, inside, testMachine())
  const { verdict } = forecast
  const real = await reallyRun(path, inside)
  if (verdict.kind === 'fails') expect(real).toEqual({ errno: verdict.errno })
  else if (verdict.kind === 'breaks' && verdict.why.kind === 'damaged')
    expect(real).toSatisfy((it: typeof real) => 'status' in it && it.status !== 0)
  else if (verdict.kind === 'breaks')
    expect(real).toMatchObject({
      ran: '',
      stderr: expect.stringMatching(/Could not open|unable to find CPU model/),
    })
  else if (verdict.kind === 'native') expect(real).toMatchObject({ ran: sha256OfFile(native), status: 0 })
  else if (verdict.kind === 'emulated') expect(real).toMatchObject({ ran: verdict.emulator?.sha256, status: 0 })
  else expect.unreachable(verdict.kind)
  const text = forecastText(forecast, background)
  expect(forecastJson(forecast, background)).toMatchObject({
    ok: isRunnable(verdict),
    file: path,
    root: inside,
  })
  return text
}

/** A static program that asks for a loader: its note segment becomes PT_INTERP, whose text is put behind the file's end. */
export function withLoader(program: string, loader: string): Buffer {
  const bytes = Buffer.concat([readFileSync(program), Buffer.from(`${loader}\0`)])
  const [start, size, count] = [Number(bytes.readBigUInt64LE(0x20)), bytes.readUInt16LE(0x36), bytes.readUInt16LE(0x38)]
  const at = Array.from({ length: count }, (_, place) => start + place * size).find(
    (row) => bytes.readUInt32LE(row) === 4,
  )
  if (at === undefined) throw new Error('no note segment')
  bytes.writeUInt32LE(3, at)
  bytes.writeBigUInt64LE(BigInt(bytes.length - loader.length - 1), at + 8)
  bytes.writeBigUInt64LE(BigInt(loader.length + 1), at + 32)
  return bytes
}

export async function setUp(version = 'default') {
  const words = { ...noInputs, platforms: 'arm64', qemuVersion: version }
  await setup(parseRequest(words, catalog, 'amd64', provable), testMachine())
}

export const byHand = (flags: string, interpreter = current, name = 'qemu-aarch64') =>
  registerByHand(entryFor('aarch64', interpreter, { name, flags }))
