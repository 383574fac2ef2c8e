// Ordinary users in a namespace with all ids: their accounts are made there, over files of the machine that stay as they are.
import { chmodSync } from 'node:fs'
import { expect } from 'vitest'
import { warmCache } from '../programs/emulators.js'
import { play, type Step, shell, temporary } from '../runner/runner.js'
import { freeIds } from './free-ids.js'

/** Users of no account of the machine: one with passwordless sudo, and one who may not use it. */
export const [runner = 0, guest = 0] = freeIds(2)

const accounts = shell(
  'accounts',
  `set -e
   mkdir /run/accounts /run/cache
   mount --bind "$3" /run/cache
   cd /run/accounts
   for file in passwd group shadow; do
     grep -vE '^(runner|guest):' /etc/$file > $file
     for user in runner:$1 guest:$2; do
       case $file in
         passwd) echo "\${user%:*}:x:\${user#*:}:\${user#*:}::/tmp:/bin/sh" ;;
         group) echo "\${user%:*}:x:\${user#*:}:" ;;
         shadow) echo "\${user%:*}:*:19000:0:99999:7:::" ;;
       esac >> $file
     done
     mount --bind $file /etc/$file
   done
   # nor do they have the subordinate ids of their namesakes
   for file in /etc/subuid /etc/subgid; do
     [ ! -e $file ] || mount --bind /dev/null $file
   done
   mount -t tmpfs -o mode=0755 tmpfs /etc/sudoers.d
   echo 'runner ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/runner
   chmod 0440 /etc/sudoers.d/runner`,
  String(runner),
  String(guest),
  warmCache,
)

/** The warm cache where every user can read it; root's own, so that nobody else can write it. */
export const shared = { RUNNER_TOOL_CACHE: '/run/cache', XDG_CACHE_HOME: '/run/cache' }

/** The same step as an ordinary user. */
export function as(id: number, step: Step, environment: Record<string, string> = {}): Step {
  const ids = ['--reuid', String(id), '--regid', String(id), '--clear-groups']
  const args = [...ids, step.file, ...step.args]
  return { ...step, file: '/usr/bin/setpriv', args, env: { ...step.env, ...shared, ...environment } }
}

/** A folder that every user may write to. */
export function open(): string {
  const folder = temporary()
  chmodSync(folder, 0o777)
  return folder
}

/** Plays steps with the accounts made; as root, or by sudo. */
export async function playHere(steps: readonly (Step | readonly Step[])[]) {
  const direct = process.geteuid?.() === 0
  // what range.sh keeps in sight
  const kept = '--preserve-env=PATH,HOME,TMPDIR,XDG_CACHE_HOME,npm_node_execpath'
  const wrapper = [...(direct ? [] : ['sudo', '-n', kept]), 'test/support/kernel/range.sh']
  const { result } = await play([accounts, ...steps], { wrapper })
  expect(result('accounts')).toMatchObject({ status: 0, stderr: '' })
  return result
}

/** What a user of the runner has for himself. */
export const own = () => ({ RUNNER_TEMP: open(), HOME: open() })
