// Rules of private scopes as values: id maps, why a namespace is refused, which platform a program is for, and the texts of the scripts.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Confinement } from '../../../src/core/machine/confinement.js'
import { isUnsupported } from '../../../src/core/model/errors.js'
import { programNamed, programOf } from '../../../src/core/model/program.js'
import {
  type NamespaceFacts,
  type NamespaceRefusal,
  refusedNamespace,
  sameIds,
  subordinateIds,
} from '../../../src/core/scope/namespace.js'
import { ownIds, wrapperText } from '../../../src/core/scope/scope-script.js'
import { parseScopeHolder } from '../../../src/core/scope/scope-state.js'

const free: Confinement = {
  admin: false,
  seccomp: false,
  profile: null,
  userNamespace: false,
  container: null,
  mounts: [],
}
const user: NamespaceFacts = {
  uid: 1000,
  release: '6.8.0-45-generic',
  sysctls: {
    'user.max_user_namespaces': '96365',
    'kernel.unprivileged_userns_clone': null,
    'kernel.apparmor_restrict_unprivileged_userns': null,
  },
  confinement: free,
}
const withSysctl = (name: keyof NamespaceFacts['sysctls'], value: string): NamespaceFacts => ({
  ...user,
  sysctls: { ...user.sysctls, [name]: value },
})
const unshare: NamespaceRefusal = { stage: 'unshare', said: 'unshare: unshare failed: Operation not permitted' }
const mount: NamespaceRefusal = { stage: 'mount', said: 'mount: permission denied.' }
const docker: NamespaceFacts = { ...user, confinement: { ...free, container: 'docker', seccomp: true } }

describe('a refused namespace names what forbids it', () => {
  it.each<[string, NamespaceRefusal, NamespaceFacts, RegExp, RegExp]>([
    [
      'the limit of namespaces',
      { stage: 'unshare', said: 'unshare failed: No space left on device' },
      withSysctl('user.max_user_namespaces', '0'),
      /user\.max_user_namespaces is 0/,
      /sysctl -w user\.max_user_namespaces=16384/,
    ],
    [
      "Debian's switch",
      unshare,
      withSysctl('kernel.unprivileged_userns_clone', '0'),
      /kernel\.unprivileged_userns_clone is 0/,
      /sysctl -w kernel\.unprivileged_userns_clone=1/,
    ],
    [
      "Ubuntu's restriction",
      { stage: 'unshare', said: 'unshare: cannot change root filesystem propagation: Permission denied' },
      withSysctl('kernel.apparmor_restrict_unprivileged_userns', '1'),
      /kernel\.apparmor_restrict_unprivileged_userns is 1/,
      /sysctl -w kernel\.apparmor_restrict_unprivileged_userns=0/,
    ],
    ["a container's filter", unshare, docker, /seccomp filter or AppArmor/, /seccomp=unconfined/],
    ['a masked /proc', { stage: 'proc', said: 'mount: permission denied' }, docker, /masked/, /systempaths=unconfined/],
    ['an old kernel', mount, { ...user, release: '6.6.9' }, /Linux 6\.6\.9, .* from 6\.7 on/, /6\.7 or newer/],
    ['an old kernel in a container', mount, { ...docker, release: '5.15.0' }, /Linux 5\.15\.0/, /6\.7 or newer/],
    ['a filter', unshare, { ...user, confinement: { ...free, seccomp: true } }, /a seccomp filter/, /unshare\(2\)/],
    [
      'a missing program',
      { stage: 'unshare', said: 'ENOENT', missing: ['nsenter', 'setpriv'] },
      user,
      /PATH has no program nsenter and no setpriv$/,
      /util-linux/,
    ],
    [
      'a program of another kind',
      { stage: 'unshare', said: "unshare: unrecognized option '--kill-child'\nBusyBox v1.36.1" },
      user,
      /this unshare is not util-linux's/,
      /install util-linux/,
    ],
    [
      'an env of another kind',
      { stage: 'enter', said: "env: unrecognized option '--chdir=/'" },
      { ...user, release: '6.1.0' },
      /^starting a command in .* failed: env: unrecognized option .*; this env is not coreutils'$/,
      /install coreutils/,
    ],
  ])('%s', (_, refusal, facts, message, hint) => {
    const error = refusedNamespace(refusal, facts)
    expect(error).toMatchObject({ code: 'no-namespace', message: expect.stringMatching(message) })
    expect(error.hint).toMatch(hint)
    expect(error.hint).toMatch(/scope: host\), which needs root/)
    expect(isUnsupported(error)).toBe(true)
  })

  it('does not blame a switch that does not bind root', () => {
    const facts = { ...withSysctl('kernel.unprivileged_userns_clone', '0'), uid: 0 }
    expect(refusedNamespace(unshare, facts).message).not.toContain('unprivileged_userns_clone')
  })

  it('shows what strangers said with control characters escaped', () => {
    const said = 'a\u001b[31m\n::error::b'
    const { message } = refusedNamespace({ stage: 'mount', said }, user)
    expect(message).toContain('error')
    for (const character of ['\u001b', '\n']) expect(message).not.toContain(character)
  })
})

describe('ids', () => {
  it('are the same ones for root, of whatever it has', () => {
    expect(sameIds('         0          0 4294967295\n')).toBe('0 0 4294967295')
    expect(sameIds('0 1000 1\n1 100000 65536\n')).toBe('0 0 1\n1 1 65536')
  })

  it.each([
    ['me:100000:65536\n', ['0', '1000', '1', '1', '100000', '65536']],
    ['other:1:2\n1000:7:9\n', ['0', '1000', '1', '1', '7', '9']],
    ['# me\nme:x:1\nme:5:0\nme::\n', undefined],
    ['', undefined],
  ])('are granted by %j', (text, ids) => {
    expect(subordinateIds(1000, { name: 'me', uid: 1000 }, text)).toEqual(ids)
  })
})

describe('a program', () => {
  const programIn = (bytes: Uint8Array) => programOf((offset, size) => bytes.subarray(offset, offset + size))
  const probes = JSON.parse(readFileSync('src/data/probes.json', 'utf8')).probes
  it.each(Object.keys(probes))('of %s is known by its first bytes', (name) => {
    expect(programIn(Buffer.from(probes[name].base64, 'base64'))).toMatchObject({ kind: 'elf', target: name })
  })

  it.each([
    ['#!/bin/sh\n', '/bin/sh'],
    ['#! /usr/bin/python3 -u\nprint()', '/usr/bin/python3'],
    ['#!/usr/bin/env bash\n', 'bash'],
    ['#!/usr/bin/env -S bash -e\n', '/usr/bin/env'],
  ])('%j is a script for %s', (text, named) => {
    const program = programIn(Buffer.from(text))
    expect(program.kind === 'script' && programNamed(program)).toBe(named)
  })
})

describe('the state of a scope', () => {
  const holder = { pid: 4711, start: '123456', folder: '/tmp/setup-qemu-scope-4026531836-4026531837-aB3xYz' }
  it('is read as it was written', () => {
    expect(parseScopeHolder(JSON.stringify(holder))).toEqual(holder)
  })

  it.each([
    '',
    '[]',
    'null',
    ...[
      { pid: 1 },
      { pid: -4711 },
      { pid: '4711' },
      { start: '' },
      { start: 'x' },
      { folder: '/' },
      { folder: '/home' },
      { folder: 'setup-qemu-scope-1-2-abcdef' },
      { folder: '/tmp/setup-qemu-scope-1-2-abcdef/..' },
      { folder: null },
    ].map((change) => JSON.stringify({ ...holder, ...change })),
  ])('is refused as %s', (text) => {
    expect(parseScopeHolder(text)).toBeUndefined()
  })
})

describe('with-qemu', () => {
  it('has the folder as one word, whatever is in it', () => {
    const folder = `/tmp/it's a "$(folder)"`
    const text = wrapperText({ pid: 7, start: '9', uid: 1000, gid: 100, folder, within: 'user:[7]' })
    expect(text).toContain(`setup_qemu_folder='/tmp/it'\\''s a "$(folder)"'\n`)
  })

  it('gives a user his own ids, and root no others', () => {
    expect(ownIds(1000, 100)).toContain('--map-user=1000')
    expect(ownIds(1000, 100)).toContain('--map-group=100')
    expect(ownIds(0, 0)).toEqual([])
  })
})
