import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cpuModelsOf, cpuOf, isListed, modelOf, notListed, notStarting } from '../../../src/core/request/cpu-models.js'

/** What real emulators printed for `-cpu help`; the long ones are cut in the middle. */
const folder = new URL('./cpu-lists/', import.meta.url)
const listOf = (name: string) => cpuModelsOf(readFileSync(new URL(`${name}.txt`, folder), 'utf8'))

describe('the list of an emulator', () => {
  it.each([
    ['5.2.0-aarch64', ['cortex-a53', 'cortex-a57', 'cortex-a72', 'max']],
    [
      '5.2.0-alpha',
      [
        'ev4-alpha-cpu',
        'ev5-alpha-cpu',
        'ev56-alpha-cpu',
        'ev6-alpha-cpu',
        'ev67-alpha-cpu',
        'ev68-alpha-cpu',
        'pca56-alpha-cpu',
      ],
    ],
    ['7.2.22-m68k', ['cfv4e', 'm5206', 'm5208', 'm68000', 'm68010', 'm68020', 'm68030', 'm68040', 'm68060', 'any']],
    ['7.2.22-loongarch64', ['la464-loongarch-cpu']],
    ['11.1.3-hexagon', ['v5', 'v55', 'v60', 'v61', 'v62', 'v65', 'v66', 'v67', 'v68', 'v69', 'v71', 'v73']],
    [
      '5.2.0-x86_64',
      [
        '486',
        '486-v1',
        'Broadwell',
        'Broadwell-IBRS',
        'Broadwell-noTSX',
        'Broadwell-noTSX-IBRS',
        'Broadwell-v1',
        'qemu64',
        'qemu64-v1',
        'base',
        'max',
      ],
    ],
  ])('%s, whole', (name, models) => {
    expect(listOf(name)).toEqual(models)
  })

  it.each([
    ['7.2.22-aarch64', 'cortex-a72', 'max'],
    ['10.0.13-aarch64', 'a64fx', 'neoverse-v1'],
    ['11.1.3-aarch64', 'a64fx', 'neoverse-v1'],
    ['10.0.13-arm', 'pxa250', 'ti925t'],
    ['5.2.0-mips', '4Kc', 'I7200'],
    ['11.1.3-mips', '4Kc', 'mips32r6-generic'],
    ['5.2.0-sparc64', 'Fujitsu Sparc64 III', 'TI UltraSparc IIi'],
    ['11.1.3-sparc64', 'Fujitsu-Sparc64-III', 'NEC-UltraSparc-I'],
    ['5.2.0-ppc64le', '601_v0', 'e200'],
    ['11.1.3-ppc64le', 'mpc5xx', 'g2lels'],
    ['5.2.0-s390x', 'z900.2-base', 'max'],
    ['11.1.3-s390x', 'z900.2-base', 'qemu'],
    ['11.1.3-x86_64', '486', 'Broadwell-noTSX-IBRS'],
    ['11.1.3-riscv64', 'rva23u64', 'tt-ascalon'],
  ])('%s has %s and %s', (name, ...models) => {
    for (const model of models) expect(listOf(name)).toContain(model)
  })

  it('has no word of headers, features and groups, in no sample', () => {
    const samples = readdirSync(folder).map((file) => listOf(file.replace(/\.txt$/, '')))
    expect(samples.length).toBeGreaterThan(15)
    for (const models of samples) {
      expect(models.length).toBeGreaterThan(0)
      for (const model of models)
        expect(model).not.toMatch(
          /^(Available|Recognized|Default|Numerical|x86|s390|PowerPC|MIPS|Sparc|plo|fpu)$|[:'(]/,
        )
    }
  })

  it('is empty for one that prints nothing, and stands strange text', () => {
    expect([cpuModelsOf(''), cpuModelsOf('\n\n')]).toEqual([[], []])
    expect(cpuModelsOf(`${'x'.repeat(70)}\n\x1b[31mred\nok`)).toEqual(['\x1b[31mred', 'ok'])
  })
})

describe('a CPU that is asked for', () => {
  it.each([
    'cortex-a72',
    'max,pauth-impdef=on',
    'Fujitsu MB86904',
    'z14.2-base,msa3=off',
    'Haswell,+avx2,-hle',
    '4Kc',
    'rv64,v=true,vlen=256',
  ])('%s is one', (cpu) => {
    expect(cpuOf(` ${cpu} `)).toBe(cpu)
  })

  it.each(['a\nb', 'a,', ',a', '?', '-x', 'a;b', '$(id)', "a'b", 'a,b=c=d', 'a'.repeat(401), '\x1b[31m'])(
    '%j is none',
    (cpu) => {
      expect(() => cpuOf(cpu)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
    },
  )

  it('empty is none', () => {
    expect([cpuOf(''), cpuOf('  ')]).toEqual([null, null])
  })

  it('is compared by its model alone', () => {
    expect(modelOf('max,pauth-impdef=on')).toBe('max')
    const models = ['cortex-a72', 'ev67-alpha-cpu', 'POWER9']
    expect(['cortex-a72,aarch64=on', 'ev67', 'power9'].map((cpu) => isListed(cpu, models))).toEqual([true, true, true])
    expect(['cortex', 'cortex-a7', 'ev67-alpha', 'help', ''].map((cpu) => isListed(cpu, models))).toEqual([
      false,
      false,
      false,
      false,
      false,
    ])
  })

  it('is refused with the nearest name, and with what the emulator says', () => {
    const models = ['cortex-a72', 'max']
    expect(notListed('cortex-a27,x=1', 'qemu-aarch64', models, false)).toMatchObject({
      code: 'unknown-cpu',
      message: 'qemu-aarch64 has no CPU model "cortex-a27"; it has cortex-a72, max',
      hint: 'did you mean "cortex-a72"?',
    })
    expect(notListed('cortex-a27', 'q', models, true).hint).toMatch(/^did you mean "cortex-a72"\? .* as max/)
    expect(notListed('max', 'q', ['4Kc'], true).hint).not.toContain('as max')
    expect(notListed('zzzzzzzz', 'q', ['4Kc'], true).hint).toMatch(/one variable for all emulators: leave cpu out/)
    expect(notListed('zzzzzzzz', 'q', models, false).hint).toBe('give one of these')
    const many = Array.from({ length: 68 }, (_, at) => `cpu${at}`)
    expect(notListed('zzzzzzzz', 'q', many, false).message).toContain('cpu39, 28 more (q -cpu help)')
    expect(notStarting('max,a=b', 'q', 'bad \x1b[31m property\n').message).toContain(
      'it said: bad \\u001b[31m property',
    )
  })

  it('that does not start, with the one thing to do', () => {
    const hint = (cpu: string) => notStarting(cpu, 'q', 'unable', ['cortex-a72', 'max']).hint
    expect(hint('Cortex-A72')).toBe('did you mean "cortex-a72"?')
    expect(hint('MAX,pauth=off')).toBe('did you mean "max"?')
    expect(hint('max,foo=on')).toMatch(/^leave the property out/)
    expect(hint('max')).toBe('choose another model')
  })
})
