// What other programs get of the environment of an action's step.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { command } from '../../src/system/command.js'
import { cleanAfterEach, entryFor, probeFolder, registerByHand, temporaryFolder } from '../support/kernel/table.js'

cleanAfterEach()

const secrets = {
  'INPUT_REGISTRY-PASSWORD': 'secret',
  STATE_JOURNAL: 'secret',
  ACTIONS_RUNTIME_TOKEN: 'secret',
  SETUP_QEMU_REGISTRY_PASSWORD: 'secret',
}

it('an emulator, and whatever else is called, is not given what is of the action alone; all others it is', async () => {
  const folder = temporaryFolder()
  const emulator = join(folder, 'emulator')
  writeFileSync(emulator, `#!/bin/sh\n/usr/bin/env >${folder}/seen\n`, { mode: 0o755 })
  registerByHand(entryFor('aarch64', emulator, { flags: '' }))
  const probes = probeFolder(['aarch64'])
  Object.assign(process.env, secrets, { QEMU_CPU: 'max' })
  try {
    await probes.direct('aarch64')
    const { stdout } = await command('env', [])
    for (const seen of [stdout, readFileSync(join(folder, 'seen'), 'utf8')]) {
      expect(seen).toContain('QEMU_CPU=max')
      expect(seen).not.toContain('secret')
    }
  } finally {
    for (const name of [...Object.keys(secrets), 'QEMU_CPU']) delete process.env[name]
  }
})
