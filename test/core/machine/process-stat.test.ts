import { describe, expect, it } from 'vitest'
import { parseProcessStat } from '../../../src/core/machine/process-stat.js'

const rest =
  'S 17 42 40 34816 43 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 10 11 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0'
const line = (comm: string, after = rest) => `4711 (${comm}) ${after}\n`
const stat = {
  ...{ pid: 4711, state: 'S', parent: 17, group: 42, session: 40, terminal: 34816, foreground: 43 },
  start: '987654',
}

describe('the line of a process', () => {
  it.each([
    ['a plain name', 'node'],
    ['no name at all', ''],
    ['blanks', 'Web Content'],
    ['a parenthesis', '(sd-pam)'],
    ['what looks like the end of a name', 'x) Z 1 1 1 1 1'],
    ['what looks like a whole line', '1 (init) S 0 1'],
    ['only parentheses', ')))((('],
    ['a line feed', 'a\nb) R 9'],
    ['bytes that are no UTF-8', '\xff\xfe\x80'],
    ['control characters', '\x1b[31m\t\x07'],
  ])('is read though the name has %s', (_, comm) => {
    expect(parseProcessStat(line(comm))).toEqual({ ...stat, comm })
  })

  it('tells a zombie, and one without a terminal', () => {
    const zombie = parseProcessStat(line('sh', rest.replace('S 17 42 40 34816 43', 'Z 1 42 42 0 -1')))
    expect(zombie).toMatchObject({ state: 'Z', parent: 1, terminal: 0, foreground: -1 })
  })

  it('keeps a start of any length as it is written', () => {
    const start = '18446744073709551615'
    expect(parseProcessStat(line('sh', rest.replace('987654', start)))?.start).toBe(start)
  })

  it.each([
    ['nothing', ''],
    ['no name', '4711 S 1 2 3\n'],
    ['a name that does not end', '4711 (node S 1 2 3\n'],
    ['no number before it', `(node) ${rest}\n`],
    ['an end before the start time', line('node', 'S 17 42 40')],
    ['no state', line('node', rest.replace('S', '17'))],
  ])('is none with %s', (_, text) => {
    expect(parseProcessStat(text)).toBeUndefined()
  })
})
