// `npm run release-assets -- VERSION FOLDER [--mirror ADDRESS]...`: makes the release of each build of a QEMU version as FOLDER/TAG, out of Debian's packages
// and sources, each checked by hash. Nothing is published.
import { join } from 'node:path'
import { releaseAssets } from './release/assets-command.js'

process.exitCode = await releaseAssets(process.argv.slice(2), {
  checkout: join(import.meta.dirname, '../..'),
  out: (line) => console.log(line),
  error: (line) => console.error(line),
})
