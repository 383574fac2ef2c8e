import { expect, it } from 'vitest'
import { restoredText } from '../../../src/core/report/restored-text.js'

it('a restore says in words what it did and what it left', () => {
  const nothing = {
    removed: [],
    putBack: [],
    left: [],
    overtaken: [],
    unmounted: false,
    closed: [],
    spared: [],
    forgotten: [],
    elsewhere: [],
    warnings: [],
  }
  expect(restoredText(nothing)).toBe('nothing to restore')
  const left = [{ name: 'b', why: 'changed' as const }]
  const spared = [{ id: 'action-1', pid: 7 }]
  const gone = { name: 'c', why: 'gone' as const }
  const forgotten = [
    { id: 'cli-2', entries: ['d', 'e'] },
    { id: 'cli-3', entries: [] },
  ]
  const elsewhere = [
    { id: 'cli-4', pid: 8 },
    { id: 'cli-5', pid: null },
  ]
  const scopes = { closed: ['/tmp/setup-qemu-scope-1-abcdef'], spared, forgotten, elsewhere }
  const rest = { overtaken: [], unmounted: true, ...scopes, warnings: ['w'] }
  const all = { removed: ['a'], putBack: ['p'], left: [...left, gone], ...rest }
  expect(restoredText(all).split('\n')).toEqual([
    'removed a',
    'put back p',
    'b is no longer ours and stays',
    'c was already gone',
    'unmounted binfmt_misc, which setup had mounted',
    'closed the private scope /tmp/setup-qemu-scope-1-abcdef',
    'action-1 is left alone: its job still runs (process 7)',
    'cli-2 is settled: its table is gone, and d, e with it',
    'cli-3 is settled: its table is gone',
    'cli-4 is left alone: it belongs to another table, which process 8 has',
    'cli-5 is left alone: it belongs to another table, which may still be in use',
    'warning: w',
  ])
})
