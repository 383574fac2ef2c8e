// An ordinary user with passwordless sudo on both sides: in the guest's root as files, on this machine as mounts of the private namespace alone.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { user } from './side.js'

const files = {
  passwd: `tester:x:${user}:${user}::/:/bin/sh`,
  group: `tester:x:${user}:`,
  shadow: 'tester:*:19000:0:99999:7:::',
}

const rule = 'tester ALL=(ALL) NOPASSWD: ALL\n'
// what asks no modules that need a configured Debian
const pam = ['auth', 'account', 'session'].map((kind) => `${kind} required pam_permit.so\n`).join('')

function write(path: string, text: string, mode: number): void {
  writeFileSync(path, text)
  chmodSync(path, mode)
}

function mount(...words: string[]): void {
  const { status, stderr } = spawnSync('mount', words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`mount ${words.join(' ')}: ${stderr}`)
}

/** Writes accounts, sudo's rule and its PAM service into a root in which no package is configured. */
export function guestAccounts(root: string): void {
  const administrator = { passwd: 'root:x:0:0::/root:/bin/sh', group: 'root:x:0:', shadow: 'root:*:19000:0:99999:7:::' }
  for (const [name, line] of Object.entries(files))
    write(join(root, 'etc', name), `${administrator[name as keyof typeof files]}\n${line}\n`, 0o644)
  write(join(root, 'etc', 'sudoers'), `root ALL=(ALL) ALL\n${rule}`, 0o440)
  for (const service of ['sudo', 'other']) write(join(root, 'etc', 'pam.d', service), pam, 0o644)
  write(join(root, 'etc', 'hosts'), `127.0.0.1 localhost ${hostname()}\n`, 0o644)
}

/** The same on this machine, over its files: they stay as they are outside of the namespace. */
export function nativeAccounts(): void {
  const place = '/run/accounts'
  mkdirSync(place)
  for (const [name, line] of Object.entries(files)) {
    const kept = readFileSync(join('/etc', name), 'utf8')
      .split('\n')
      .filter((text) => text !== '' && !text.startsWith('tester:') && text.split(':')[2] !== String(user))
    write(join(place, name), `${[...kept, line].join('\n')}\n`, name === 'shadow' ? 0o600 : 0o644)
    mount('--bind', join(place, name), join('/etc', name))
  }
  const folder = '/etc/sudoers.d'
  if (!existsSync(folder)) throw new Error(`${folder} is missing: sudo comes with it`)
  mount('-t', 'tmpfs', '-o', 'mode=0755', 'tmpfs', folder)
  write(join(folder, 'tester'), rule, 0o440)
}
