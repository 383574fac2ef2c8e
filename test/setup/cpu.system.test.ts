import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { targetNamed } from '../../src/core/model/targets.js'
import { noInputs, type RequestInputs } from '../../src/core/request/inputs.js'
import { parseRequest } from '../../src/core/request/request.js'
import { setup } from '../../src/setup/setup.js'
import { askForCpu } from '../../src/setup/verify-guest.js'
import { catalog, provable } from '../../src/system/machine.js'
import { isNative } from '../support/kernel/native.js'
import {
  cleanAfterEach,
  entryFor,
  names,
  probeFolder,
  registerByHand,
  temporaryFolder,
  testMachine,
} from '../support/kernel/table.js'
import { emulatorPath } from '../support/programs/emulators.js'

cleanAfterEach()
afterEach(() => {
  delete process.env.QEMU_CPU
})

function request(cpu: string, change: Partial<RequestInputs> = {}) {
  return parseRequest({ ...noInputs, platforms: 'arm64', cpu, ...change }, catalog, 'amd64', provable)
}

const unknown = (message: string, hint = '') =>
  expect.objectContaining({
    code: 'unknown-cpu',
    message: expect.stringContaining(message),
    hint: expect.stringContaining(hint),
  })

describe('a CPU that the emulator knows', () => {
  it.each([
    ['cortex-a72', 'default', []],
    ['max,pauth-impdef=on', '10.0.13', []],
    ['', '10.0.13', ['slow-cpu']],
    ['', 'default', []],
  ])('"%s" of %s', async (cpu, qemuVersion, notes) => {
    const outcome = await setup(request(cpu, { qemuVersion }), testMachine())
    expect(outcome.environment).toEqual(cpu === '' ? {} : { QEMU_CPU: cpu })
    expect(outcome.targets[0]?.state).toBe('emulated')
    expect(outcome.targets[0]?.findings.map(({ kind }) => kind)).toEqual(notes)
  })

  it('is given to the probe, though the environment has another one', async () => {
    process.env.QEMU_CPU = 'nonsense'
    expect((await setup(request('cortex-a72'), testMachine())).targets[0]?.state).toBe('emulated')
  })

  it('of the environment is no default: the note about slow ones is left out', async () => {
    process.env.QEMU_CPU = 'cortex-a53'
    expect((await setup(request('', { qemuVersion: '7.2' }), testMachine())).targets[0]?.findings).toMatchObject([
      { kind: 'known-problem', id: 'R23' },
    ])
  })

  it('for several platforms that all know it', async () => {
    const outcome = await setup(request('max', { platforms: 'arm64,riscv64,amd64,386' }), testMachine())
    expect(outcome.environment).toEqual({ QEMU_CPU: 'max' })
    const states = ['emulated', 'emulated', 'native', isNative('i386') ? 'native' : 'emulated']
    expect(outcome.targets.map(({ state }) => state)).toEqual(states)
  })

  it('is asked of an entry that is kept, too', async () => {
    await setup(request(''), testMachine())
    expect((await setup(request('cortex-a72'), testMachine())).targets[0]?.state).toBe('kept')
    await expect(setup(request('cortex-a27'), testMachine())).rejects.toThrow(unknown('"cortex-a27"'))
    expect(names()).toEqual(['qemu-aarch64'])
  })

  it('on a machine that emulates nothing is a note', async () => {
    expect(await setup(request('cortex-a72', { platforms: 'amd64' }), testMachine())).toMatchObject({
      environment: {},
      targets: [{ state: 'native', findings: [{ kind: 'cpu-unused' }] }],
    })
  })
})

describe('a CPU that the emulator does not know', () => {
  it.each([
    ['cortex-a7', 'default', 'qemu-aarch64 has no CPU model "cortex-a7"; it has a64fx', 'did you mean "cortex-a'],
    ['neoverse-n1', '5.2.0', 'it has cortex-a53, cortex-a57, cortex-a72, max', ''],
    ['help', 'default', 'no CPU model "help"', ''],
    ['max,pauth-impdeff=on', 'default', "Property 'max-arm-cpu.pauth-impdeff' not found", 'leave the property out'],
  ])('"%s" of %s: an error, and nothing stays', async (cpu, qemuVersion, message, hint) => {
    await expect(setup(request(cpu, { qemuVersion }), testMachine())).rejects.toThrow(unknown(message, hint))
    expect(names()).toEqual([])
  })

  it('one of two does not know: both are taken back', async () => {
    await expect(setup(request('cortex-a72', { platforms: 'arm64,riscv64' }), testMachine())).rejects.toThrow(
      unknown('qemu-riscv64 has no CPU model "cortex-a72"; it has max', 'one variable for all emulators'),
    )
    expect(names()).toEqual([])
  })

  it.each(['5.2.0', '7.2.22'])(
    'alpha of %s takes any name and means its own: its list decides',
    async (qemuVersion) => {
      registerByHand(entryFor('alpha', await emulatorPath('alpha', qemuVersion), { flags: 'OCF' }))
      const folder = probeFolder(['alpha'])
      await askForCpu('ev67', [targetNamed('alpha')], folder)
      await expect(askForCpu('ev99', [targetNamed('alpha')], folder)).rejects.toThrow(unknown('"ev99"'))
    },
  )

  it('one without a list judges by itself: that of 7.2 for hppa takes anything', async () => {
    registerByHand(entryFor('hppa', await emulatorPath('hppa', '7.2.22')))
    await expect(askForCpu('anything', [targetNamed('hppa')], probeFolder(['hppa']))).resolves.toBeUndefined()
  })

  it('one without a list that does not start with it is believed', async () => {
    const path = join(temporaryFolder(), 'emulator')
    const refuses = '[ "$QEMU_CPU" = bad ] && echo "unable to find CPU model" >&2 && exit 1'
    writeFileSync(path, `#!/bin/sh\n${refuses}\necho setup-qemu probe 1 hppa\n`)
    chmodSync(path, 0o755)
    registerByHand(entryFor('hppa', path, { flags: '' }))
    const folder = probeFolder(['hppa'])
    await expect(askForCpu('good', [targetNamed('hppa')], folder)).resolves.toBeUndefined()
    await expect(askForCpu('bad', [targetNamed('hppa')], folder)).rejects.toThrow(unknown('unable to find CPU model'))
  })

  it('a list of a stranger is printable in the message', async () => {
    const path = join(temporaryFolder(), 'emulator')
    writeFileSync(path, '#!/bin/sh\nprintf "a\\033[31m\\nb\\n"\n')
    chmodSync(path, 0o755)
    registerByHand(entryFor('aarch64', path, { flags: '' }))
    await expect(askForCpu('c', [targetNamed('aarch64')], probeFolder(['aarch64']))).rejects.toThrow(
      unknown('it has a\\u001b[31m, b'),
    )
  })
})

describe('QEMU_CPU of another call in the environment', () => {
  it('is named as the cause where an emulator does not know it', async () => {
    process.env.QEMU_CPU = 'cortex-a72'
    const outcome = await setup(request('', { platforms: 'riscv64' }), testMachine())
    expect(JSON.stringify(outcome.targets[0]?.findings)).toContain("unable to find CPU model 'cortex-a72'")
  })
})
