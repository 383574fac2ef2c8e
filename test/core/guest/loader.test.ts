import { describe, expect, it } from 'vitest'
import { allLoaders, libraryOf, loadersOf } from '../../../src/core/guest/loader.js'
import { targets } from '../../../src/core/model/targets.js'

describe('the loaders', () => {
  it('are of known targets, and absolute', () => {
    const known = targets.flatMap(({ name }) => loadersOf(name))
    expect(new Set(known)).toEqual(new Set(allLoaders))
    for (const loader of allLoaders) expect(loader).toMatch(/^\/lib(32|64)?\/ld[\w.-]*\.so\.\d$/)
  })

  it('are those of the ABI lists', () => {
    expect(['aarch64', 'x86_64', 'ppc64le', 's390x', 'riscv64'].map((name) => loadersOf(name)[0])).toEqual([
      '/lib/ld-linux-aarch64.so.1',
      '/lib64/ld-linux-x86-64.so.2',
      '/lib64/ld64.so.2',
      '/lib/ld64.so.1',
      '/lib/ld-linux-riscv64-lp64d.so.1',
    ])
    expect([loadersOf('hppa'), loadersOf('nothing')]).toEqual([[], []])
    expect([libraryOf('aarch64'), libraryOf('alpha')]).toEqual(['libc.so.6', 'libc.so.6.1'])
  })
})
