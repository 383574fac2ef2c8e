import { describe, expect, it } from 'vitest'
import { originOf, originText } from '../../../src/core/explain/origin.js'

describe('who registered an entry', () => {
  const entry = { name: 'q', enabled: true, interpreter: '/usr/bin/q', flags: 'F', offset: 0, magic: '7f', mask: 'ff' }
  const nothing = { journals: [], rules: [], database: [], isElsewhere: false }
  const told = (sources: object) => originText(originOf(entry, { ...nothing, ...sources }))

  it('by a file of binfmt.d, whatever its delimiter, and not by a comment or another line', () => {
    const rule = (line: string) => ({ rules: [{ path: '/usr/lib/binfmt.d/q.conf', text: `\n${line}\n` }] })
    expect(told(rule(':q:M::7f:ff:/usr/bin/q:F'))).toContain('/usr/lib/binfmt.d/q.conf (systemd-binfmt)')
    expect(told(rule('|q|M||7f|ff|/usr/bin/q|F'))).toContain('systemd-binfmt')
    for (const line of [
      '#:q:M::7f:ff:/usr/bin/q:F',
      ':p:M::7f:ff:/usr/bin/q:F',
      ':q:M::7f:ff:/usr/bin/p:F',
      'q',
      '#q#M##7f#ff#/usr/bin/q#F',
    ])
      expect(told(rule(line))).toContain('nothing on this machine says')
  })

  it('by the database of update-binfmts, of the very name', () => {
    const row = (path: string, interpreter: string) => ({
      database: [{ path, text: `qemu-user-static\nmagic\n0\n7f\nff\n${interpreter}\n\n\n1\nyes\n` }],
    })
    expect(told(row('/var/lib/binfmts/q', '/usr/bin/q'))).toContain(
      'for the package qemu-user-static (/var/lib/binfmts/q)',
    )
    expect(told(row('/var/lib/binfmts/p', '/usr/bin/q'))).toContain('nothing on this machine says')
    expect(told(row('/var/lib/binfmts/q', '/usr/bin/p'))).toContain('nothing on this machine says')
  })

  it('from within a container', () => {
    expect(told({ isElsewhere: true })).toContain('container')
  })
})
