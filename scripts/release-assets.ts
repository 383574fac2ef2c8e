// `npm run release-assets -- VERSION FOLDER [--mirror ADDRESS]...`: makes the release of each build of a QEMU version as FOLDER/TAG, out of Debian's packages
// and sources, each checked by hash. Nothing is published. SETUP_QEMU_ASSETS has more options, for a workflow that is tried out: `--quality 1`.
import { join } from 'node:path'
import { releaseAssets } from './release/assets-command.js'

const more = (process.env.SETUP_QEMU_ASSETS ?? '').split(' ').filter((word) => word !== '')
process.exitCode = await releaseAssets([...process.argv.slice(2), ...more], {
  checkout: join(import.meta.dirname, '../..'),
  out: (line) => console.log(line),
  error: (line) => console.error(line),
})
