// An ordinary user with sudo removes an entry of his own again and again, while somebody registers another one under its name at a random moment:
// that one is never lost. Runs inside test/support/kernel/range.sh.
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { registerLine } from '../../../src/core/model/entry.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { binfmtFolder, inodeOf } from '../../../src/system/binfmt.js'
import { errnoName } from '../../../src/system/command.js'
import { expectEqual } from '../check.js'
import { makeAccounts, must, Person } from '../scope/scope-user.js'

const { magic, mask } = targetNamed('aarch64')
const ours = { name: 'qemu-aarch64', interpreter: '/bin/true', flags: 'F', offset: 0, magic, mask }
const theirs = { ...ours, interpreter: '/bin/false' }
const path = join(binfmtFolder, ours.name)

/** Gives the user sudo without a password, in this namespace. */
function allowSudo(): void {
  copyFileSync('/etc/shadow', '/run/accounts/shadow')
  writeFileSync('/run/accounts/shadow', 'runner:*:19000:0:99999:7:::\n', { flag: 'a' })
  must('mount', '--bind', '/run/accounts/shadow', '/etc/shadow')
  must('mount', '-t', 'tmpfs', '-o', 'mode=0755', 'tmpfs', '/etc/sudoers.d')
  writeFileSync('/etc/sudoers.d/runner', 'runner ALL=(ALL) NOPASSWD: ALL\n', { mode: 0o440 })
}

/** A place that the user may read, wherever the repository is. */
function remover(): string {
  const folder = '/run/swaps'
  mkdirSync(join(folder, 'test/e2e/storms'), { recursive: true })
  cpSync('build/src', join(folder, 'src'), { recursive: true })
  copyFileSync('build/test/e2e/storms/swap-remover.js', join(folder, 'test/e2e/storms/swap-remover.js'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  return join(folder, 'test/e2e/storms/swap-remover.js')
}

/** Removes the entry; false when there is none, or the remover has just removed it. */
function remove(): boolean {
  try {
    // without O_CREAT, which the kernel's table answers with EACCES when the file has gone
    writeFileSync(path, '-1', { flag: 'r+' })
    return true
  } catch (error) {
    if (errnoName(error) === 'ENOENT') return false
    throw error
  }
}

/** So many rounds, and what came of them. Throws when one of theirs was lost. */
export async function swaps(count: number, random: () => number): Promise<string> {
  makeAccounts()
  allowSudo()
  const person = new Person('runner')
  const child = person.start(process.execPath, remover())
  if (child.stdout === null || child.stdin === null) throw new Error('the remover has no streams')
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => String((await answers.next()).value)
  expectEqual(await next(), 'sudo')
  try {
    return await rounds(count, random, child.stdin, next)
  } finally {
    child.kill('SIGKILL')
  }
}

async function rounds(
  count: number,
  random: () => number,
  asked: NodeJS.WritableStream,
  next: () => Promise<string>,
): Promise<string> {
  const register = (entry: typeof ours) => writeFileSync(join(binfmtFolder, 'register'), registerLine(entry))
  const seen = new Map<string, number>()
  remove()
  let landed = 0
  for (let round = 0; round < count; round++) {
    register(ours)
    asked.write(`${JSON.stringify({ ...ours, registered: true, inode: inodeOf(ours.name) })}\n`)
    const answer = next()
    await sleep(random() * 16)
    const isSwapped = remove()
    if (isSwapped) {
      register(theirs)
      landed++
    }
    const said = await answer
    seen.set(said, (seen.get(said) ?? 0) + 1)
    if (isSwapped && !(existsSync(path) && readFileSync(path, 'utf8').includes(theirs.interpreter)))
      throw new Error(`round ${round}: the entry that came meanwhile is gone, and the remover said ${said}`)
    remove()
  }
  return `${landed} of ${count} landed, none was lost: ${[...seen].map(([said, times]) => `${said} ${times}`).join(', ')}`
}
