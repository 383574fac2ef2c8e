// The second stage of debootstrap under the emulator that setup registers; runs inside test/support/kernel/range.sh.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { warmCache } from '../../support/programs/emulators.js'

const [root = '', port = ''] = process.argv.slice(2)

function cli(...words: string[]): void {
  const env = { ...process.env, XDG_CACHE_HOME: warmCache }
  execFileSync(process.execPath, [join(process.env.SETUP_QEMU_DIST ?? 'dist', 'cli/index.js'), ...words, '--quiet'], {
    env,
  })
}

cli('setup', port, '--offline')
// container=lxc: debootstrap must not try to make devices, which no user namespace allows; the first stage has made them
const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C', container: 'lxc' }
execFileSync('chroot', [root, '/debootstrap/debootstrap', '--second-stage'], { env, stdio: 'inherit' })
cli('restore')
