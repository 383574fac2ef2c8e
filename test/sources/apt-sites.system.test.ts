// The machine's own apt sources, as apt itself tells them.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isDebian, parseAptSites } from '../../src/core/sources/apt-sites.js'
import { aptSites } from '../../src/sources/catalog.js'
import { textOfFile } from '../../src/system/regular-file.js'

it.skipIf(!existsSync('/usr/bin/apt-get'))(
  'are those that apt tells when it also reads what it has fetched',
  async () => {
    const words = ['indextargets', '--format', '$(SITE)', 'Created-By: Packages']
    const told = parseAptSites(execFileSync('apt-get', words, { encoding: 'utf8' }))
    expect(await aptSites()).toEqual(isDebian(textOfFile('/etc/os-release', 1 << 16)) ? told : [])
    expect(told).not.toEqual([])
  },
)
