import { describe, expect, it } from 'vitest'
import type { NetworkPlace } from '../../../src/core/sources/network-place.js'
import { type Entrant, inOrder, type Move, nextMove } from '../../../src/core/sources/race.js'

const marks = { '.': 'waiting', '>': 'running', '~': 'slow', x: 'failed', '-': 'ended' } as const
const kinds = { M: 'mirror', R: 'release', A: 'apt', S: 'snapshot' } as const

/** `M~5 R. S.`: a slow mirror with five bytes, a release and the snapshot archive that wait. */
function entrants(text: string): Entrant[] {
  return text.split(' ').map((word) => {
    const [kind, mark, ...bytes] = word as unknown as [keyof typeof kinds, keyof typeof marks, ...string[]]
    return { kind: kinds[kind], state: marks[mark], bytes: Number(bytes.join('')) }
  })
}

describe('the next move', () => {
  it.each<[string, string, Move, Move?]>([
    ['the first is asked', 'M. R. S.', { start: 0 }],
    ['the next, when it fails', 'Mx R. S.', { start: 1 }],
    ['nobody beside one that is fast', 'M> R. S.', {}],
    ['the next beside one that is slow', 'M~ R. S.', { start: 1 }, {}],
    ['apt, too', 'R~ A. S.', { start: 1 }, {}],
    ['the second mirror beside the first', 'M~ M. R.', { start: 1 }, {}],
    ['never the snapshot archive beside one that is slow', 'R~ S.', {}],
    ['but when there is nobody else', 'Rx S.', { start: 1 }],
    ['nobody while one of two is fast', 'R~ R> A. S.', {}],
    ['the next after a hedge that failed', 'M~ Rx A. S.', { start: 2 }, {}],
    ['nobody when the hedge goes on alone', 'Mx R> A. S.', {}],
    ['of two that are slow the slower one is given up for the next', 'R~9 R~8 A. S.', { end: 1, start: 2 }, {}],
    ['whichever began', 'R~8 R~9 A. S.', { end: 0, start: 2 }, {}],
    ['a mirror is not given up', 'M~1 R~8 A. S.', { end: 1, start: 2 }, {}],
    ['not for a second mirror either', 'M~1 M~2 R. S.', { start: 2 }, {}],
    ['and both go on, beside what comes then', 'M~1 M~2 R~9 A. S.', { end: 2, start: 3 }, {}],
    ['nobody is given up when there is no next', 'R~1 R~2 S.', {}],
    ['one that was given up is asked again when all others have failed', 'R- Rx Ax Sx', { start: 0 }],
    ['but not before', 'R- Rx Ax S.', { start: 3 }],
    ['nor beside others', 'R- R~ Ax S.', {}],
    ['nothing, when all have failed', 'Mx Rx Sx', {}],
  ])('%s', (_, text, move, withoutHedge = move) => {
    expect(nextMove(entrants(text), true)).toEqual(move)
    expect(nextMove(entrants(text), false)).toEqual(withoutHedge)
  })

  it('of no places is none', () => {
    expect(nextMove([], true)).toEqual({})
  })
})

it('places that were slow come after the others, but before the snapshot archive', () => {
  const of = (...words: string[]): { place: NetworkPlace }[] =>
    words.map((word) => ({ place: { kind: kinds[word[0] as keyof typeof kinds], base: word } }))
  const places = of('M1', 'M2', 'R1', 'A1', 'S1')
  expect(inOrder(places, new Set())).toEqual(places)
  expect(inOrder(places, new Set(['M1', 'R1', 'S1']))).toEqual(of('M2', 'A1', 'M1', 'R1', 'S1'))
})
