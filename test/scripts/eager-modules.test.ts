// Parentheses around the modules of a bundle, and around nothing else.
import { expect, test } from 'vitest'
import { withEagerModules } from '../../scripts/eager-modules.js'

test('the modules of a bundle are in parentheses, and nothing else is', () => {
  const bundle =
    'var e={421:e=>{e.exports=1},24:(e,t,n)=>{n.d(t,{A:()=>r});const r={7:()=>1}}},n=(e,t)=>{};export const modules={5:async e=>{}};'
  expect(withEagerModules(bundle)).toBe(
    'var e={421:(e=>{e.exports=1}),24:((e,t,n)=>{n.d(t,{A:()=>r});const r={7:()=>1}})},n=(e,t)=>{};export const modules={5:(async e=>{})};',
  )
})

test('what is in parentheses already, or is no module, stays as it is', () => {
  for (const text of ['var e={421:(e=>{})};', 'const a={b:()=>1,2:3};', '#!/usr/bin/env node\nvoid 0;\n'])
    expect(withEagerModules(text)).toBe(text)
})
