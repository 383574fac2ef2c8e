import { describe, expect, it } from 'vitest'
import { type Called, calledAs } from '../../../src/core/cli/called-as.js'

const npx = '/home/me/.npm/_npx/09672bb6a2a916dd/node_modules/.bin/setup-qemu'
const clone = '/srv/setup-qemu/dist/cli/index.js'

const rows: readonly (readonly [string, Partial<Called>, string])[] = [
  ['a clone', { program: clone, executable: true }, `node ${clone}`],
  ['a clone whose file lost its x permission', { program: clone, executable: false }, `node ${clone}`],
  ['a folder with a blank', { program: '/my clones/dist/cli/index.js' }, "node '/my clones/dist/cli/index.js'"],
  ['a node that is not on PATH', { program: clone, node: '/opt/node 24/bin/node' }, `'/opt/node 24/bin/node' ${clone}`],
  [
    'a folder named to node',
    { program: '/srv/setup-qemu/dist/cli', executable: false },
    'node /srv/setup-qemu/dist/cli',
  ],
  ['an installed program', { program: '/usr/local/bin/setup-qemu', onPath: true }, 'setup-qemu'],
  ['one by another name', { program: '/usr/local/bin/qemus', onPath: true }, 'qemus'],
  ['one that is not on PATH', { program: '/opt/bin/setup-qemu' }, '/opt/bin/setup-qemu'],
  ['a project that has the package', { program: '/me/node_modules/.bin/setup-qemu', onPath: true }, 'npx setup-qemu'],
  ['npx', { program: npx, onPath: true, packages: ['setup-qemu'] }, 'npx setup-qemu'],
  ['npx with a version', { program: npx, packages: ['setup-qemu@0.1.0'] }, 'npx setup-qemu@0.1.0'],
  ['npx with a range', { program: npx, packages: ['setup-qemu@^0.1 || 2'] }, "npx 'setup-qemu@^0.1 || 2'"],
  ['npx with several packages', { program: npx, packages: ['cowsay', 'setup-qemu@latest'] }, 'npx setup-qemu@latest'],
  ['npx with a fork', { program: npx, name: '@me/setup-qemu', packages: ['@me/setup-qemu'] }, 'npx @me/setup-qemu'],
  ['npx with an archive', { program: npx, packages: ['./setup-qemu-0.1.0.tgz'] }, `node ${npx}`],
  ['npx with a repository', { program: npx, packages: ['github:me/setup-qemu'] }, `node ${npx}`],
  ['npx with a package of a longer name', { program: npx, packages: ['setup-qemu-x'] }, `node ${npx}`],
  ['npx that does not say', { program: npx, packages: [] }, `node ${npx}`],
]

describe('the command line says how to call it once more', () => {
  it.each(rows)('%s', (_, called, words) => {
    const usual: Called = { program: '', executable: true, onPath: false, node: 'node', name: 'setup-qemu' }
    expect(calledAs({ ...usual, ...called })).toBe(words)
  })
})
