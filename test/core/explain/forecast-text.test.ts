import { expect, it } from 'vitest'
import type { EmulatorInForce, Forecast } from '../../../src/core/explain/forecast.js'
import { forecastText } from '../../../src/core/explain/forecast-text.js'
import { plainLinks } from '../../../src/core/model/links.js'
import { targetNamed } from '../../../src/core/model/targets.js'

const { magic, mask } = targetNamed('aarch64')
const winner = { name: 'a', enabled: true, interpreter: '/x/emu', flags: 'POCF', offset: 0, magic, mask }

function textFor(emulator: EmulatorInForce): string {
  const forecast: Forecast = {
    path: '/f',
    root: null,
    steps: [{ kind: 'entry', winner, shadowed: [], emulator }],
    verdict: { kind: 'emulated', entry: winner, emulator },
  }
  const rest = { isKnown: () => false, problems: [], links: plainLinks }
  return forecastText(forecast, { originOf: () => ({ kind: 'unknown' }), ...rest })
}

it('names an emulator of unknown version in the words of the other commands', () => {
  const emulator: EmulatorInForce = { path: '/x/emu', sha256: 'aa', qemuVersion: null, build: null, where: 'held' }
  expect(textFor(emulator)).toContain('\n    an emulator of unknown version, not in the catalog\n')
  expect(textFor(emulator)).toMatch(/^It will run under \/x\/emu, by the entry a\.$/m)
  expect(textFor({ ...emulator, qemuVersion: '10.1.0' })).toContain('\n    emulator QEMU 10.1.0, not in the catalog\n')
})
