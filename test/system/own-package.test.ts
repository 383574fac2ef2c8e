// The repository that package.json names, read when it is asked for.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { ownPackage, ownRepository } from '../../src/system/own-package.js'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-package-'))
  folders.push(folder)
  writeFileSync(join(folder, 'package.json'), text)
  return join(folder, 'package.json')
}

it('has name and version beside it', () => {
  const repository = { server: 'https://github.com', name: 'some/tool' }
  const text = '{ "name": "@me/tool", "version": "1.2.3", "repository": "github:some/tool" }'
  expect(ownPackage(file(text))).toEqual({ name: '@me/tool', version: '1.2.3', repository })
  const nothing = { name: undefined, version: undefined, repository: undefined }
  expect(ownPackage(file('{ "name": 7, "version": "" }'))).toEqual(nothing)
  expect(ownPackage('/nowhere/package.json')).toEqual(nothing)
})

it('is that of the package', () => {
  expect(ownRepository(file('{ "repository": "github:some/tool" }'))).toEqual({
    server: 'https://github.com',
    name: 'some/tool',
  })
  expect(ownRepository(file('{ "repository": { "url": "git+https://forge.example/a/b.git" } }'))).toEqual({
    server: 'https://forge.example',
    name: 'a/b',
  })
})

it.each(['{ "repository": "github:OWNER/setup-qemu" }', '{}', '[]', 'no JSON', ''])('is none in %j', (text) => {
  expect(ownRepository(file(text))).toBeUndefined()
})

it('is none where there is no file, and a pipe in its place is not waited for', () => {
  const pipe = join(file('{}'), '..', 'pipe')
  execFileSync('mkfifo', [pipe])
  expect(ownRepository(pipe)).toBeUndefined()
  expect(ownRepository('/nowhere/package.json')).toBeUndefined()
})
