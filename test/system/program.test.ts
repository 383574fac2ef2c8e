import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findProgram, toolOnPath } from '../../src/system/program.js'

const top = mkdtempSync(join(tmpdir(), 'setup-qemu-path-'))
afterAll(() => rmSync(top, { recursive: true }))

function file(folder: string, name: string, mode = 0o755): string {
  mkdirSync(join(top, folder), { recursive: true })
  writeFileSync(join(top, folder, name), '#!/bin/sh\n')
  chmodSync(join(top, folder, name), mode)
  return join(top, folder, name)
}

const first = file('a', 'tool')
const second = file('b', 'tool')
file('plain', 'tool', 0o644)
mkdirSync(join(top, 'folder', 'tool'), { recursive: true })
mkdirSync(join(top, 'pipe'))
execFileSync('mkfifo', ['-m', '755', join(top, 'pipe', 'tool')])
mkdirSync(join(top, 'link'))
symlinkSync('nowhere', join(top, 'link', 'tool'))
const path = (...folders: string[]) => folders.map((folder) => (folder === '' ? '' : join(top, folder))).join(':')

describe('a program of a name', () => {
  it.each([
    ['in the first folder that has it', path('a', 'b'), first],
    ['behind folders without it', path('none', 'b', 'a'), second],
    ['behind a file that is not executable', path('plain', 'b'), second],
    ['behind a folder of that name', path('folder', 'b'), second],
    ['behind a pipe of that name', path('pipe', 'b'), second],
    ['behind a link that leads nowhere', path('link', 'b'), second],
  ])('is found %s', (_, folders, found) => {
    expect(findProgram('tool', folders)).toEqual({ file: found })
    expect(toolOnPath('tool', folders)).toBe(found)
  })

  it.each([
    ['ENOENT', path('none', 'link')],
    ['EACCES', path('plain')],
    ['EACCES', path('folder')],
    ['EACCES', path('pipe', 'none')],
  ])('is not found: %s', (errno, folders) => {
    expect(findProgram('tool', folders)).toMatchObject({ errno })
    expect(toolOnPath('tool', folders)).toBeUndefined()
  })

  it('of a relative folder is for commands alone', () => {
    const folder = relative(process.cwd(), join(top, 'a'))
    expect(findProgram('tool', folder)).toEqual({ file: join(folder, 'tool') })
    expect(toolOnPath('tool', folder)).toBeUndefined()
    expect(toolOnPath('package.json', '')).toBeUndefined()
  })
})
