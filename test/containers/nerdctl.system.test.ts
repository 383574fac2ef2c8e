// nerdctl, as far as its source tells: pkg/cmd/image/inspect.go of https://github.com/containerd/nerdctl, version 2. A script answers as that does.
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Engine } from '../../src/containers/engine.js'
import { acquireRoot } from '../../src/system/root.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'
import { silentLog } from '../support/programs/emulators.js'

cleanAfterEach()

const digest = `sha256:${'1'.repeat(64)}`

it('an image that was pulled by its digest is found by the digest', async () => {
  const file = join(temporaryFolder(), 'nerdctl')
  const image = { Id: 'sha256:2', Config: { Entrypoint: ['/register'] }, RepoDigests: [`a/b@${digest}`] }
  const answers = `case $5 in ${digest}) echo '${JSON.stringify(image)}' ;; *) echo "no such image: $5" >&2; exit 1 ;; esac`
  writeFileSync(file, `#!/bin/sh\n${answers}\n`)
  chmodSync(file, 0o755)
  const engine = new Engine('nerdctl', file, await acquireRoot(), silentLog)
  const found = { id: image.Id, entrypoint: ['/register'], digests: image.RepoDigests }
  expect(await engine.inspect(`docker.io/a/b@${digest}`)).toMatchObject(found)
  expect(await engine.inspect(`docker.io/a/b:1@${digest}`)).toMatchObject(found)
  expect(await engine.inspect('docker.io/a/b:1')).toBeUndefined()
})
