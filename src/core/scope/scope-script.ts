// The shell scripts of private scopes: constants, and `with-qemu`, which takes only numbers and quoted words. They run under any POSIX shell.
// Each program between a caller and their command replaces itself with exec, so that signals, terminal and exit status need no forwarding.
import { shellWord } from '../text/shell-word.js'

/**
 * `sh keeper map FACE OPENER START FOLDER`: waits for a line on standard input, which says that its ids are mapped; executes itself again to become
 * root of its namespace; mounts the table; prints `ready` or `refused ...`; and stays as long as the process OPENER that started at START (clock ticks
 * since boot). After that it follows the file `owner` in FOLDER, `OWNER START`: it stays as long as that process, or forever when OWNER is 0. The file
 * is missing when the set-up was interrupted. At the end it removes FOLDER.
 */
export const holderScript = `#!/bin/sh
# Holds the namespaces of a private scope of setup-qemu open. Ends with the process that it watches, or by setup-qemu restore.
if [ "$1" = map ]; then
  shift
  read -r word && [ "$word" = go ] || exit 1
  exec sh "$0" keep "$@"
fi
# $2, the face that it was opened through, is for whoever looks at the processes
owner=$3 start=$4 folder=$5
table=/proc/sys/fs/binfmt_misc
# the folder is there only while the module is loaded, and a mount elsewhere loads it
[ -d "$table" ] || { mount -t binfmt_misc binfmt_misc "$folder" && umount "$folder"; } 2>/dev/null
if ! said=$(LC_ALL=C mount -t binfmt_misc binfmt_misc "$table" 2>&1); then
  echo "refused $said"
  exit 1
fi
echo ready
exec </dev/null >/dev/null 2>&1
alive() {
  read -r line <"/proc/$owner/stat" || return 1
  set -- \${line##*)}
  # a zombie has ended, though nobody has asked how
  [ "$1" != Z ] && [ "\${20}" = "$start" ]
}
while alive; do
  sleep 1
done
if read -r owner start <"$folder/owner"; then
  while [ "$owner" = 0 ] || alive; do
    sleep 1
  done
fi
case $folder in
  */setup-qemu-scope-*) rm -rf -- "$folder" ;;
esac
`

/** The program between `unshare` and a run's own process, see `runInit`. It waits until the ids are mapped. */
export const runGate = 'read -r word <&3 && [ "$word" = go ] || exit 125; exec setpriv --pdeathsig KILL sh -c "$@"'

/**
 * Process 1 of a run's namespaces: mounts what is private, starts the program in its arguments, and ends with it, so that the kernel ends everything
 * else. It reaps orphans. File 3 is the line to the process that started the run, which reads `refused STAGE ...` from it.
 */
export const runInit = `
refuse() {
  echo "refused $*" >&3
  exit 125
}
said=$(LC_ALL=C mount -t proc proc /proc 2>&1) || refuse proc "$said"
table=/proc/sys/fs/binfmt_misc
[ -d "$table" ] || { mount -t binfmt_misc binfmt_misc /proc/driver && umount /proc/driver; } 2>/dev/null
said=$(LC_ALL=C mount -t binfmt_misc binfmt_misc "$table" 2>&1) || refuse mount "$said"
said=$(LC_ALL=C mount -t tmpfs -o mode=0700 tmpfs /proc/driver 2>&1) || refuse mount "$said"
"$@"
exit $?
`

/** A folder that every Linux has and no program needs: a run's probes go there, in a tmpfs that ends with the run. */
export const runTemporary = '/proc/driver'

/** Signals that a terminal sends to the foreground group: the processes in between must survive them to learn how the command ended. */
export const ignoreSignals = "trap '' HUP INT QUIT TERM TSTP TTIN TTOU"

/** What `with-qemu` is made of. */
export interface WrapperParts {
  /** The holder's process, and when it started (clock ticks since boot). */
  readonly pid: number
  readonly start: string
  /** Who opened the scope. */
  readonly uid: number
  readonly gid: number
  readonly folder: string
  /** The user namespace that it was opened in, as /proc/self/ns/user has it (`user:[4026531837]`): no other private scope may enter this one. */
  readonly within: string
}

/** Programs and arguments that give a command in the namespace its user's own ids and the right to chroot; none for root, who has all rights. */
export function ownIds(uid: number, gid: number): string[] {
  if (uid === 0) return []
  return [
    'unshare',
    '--user',
    `--map-user=${uid}`,
    `--map-group=${gid}`,
    '--keep-caps',
    'setpriv',
    '--inh-caps=-all,+sys_chroot',
    '--ambient-caps=-all,+sys_chroot',
  ]
}

/** The text of `with-qemu [--as-root] [--] COMMAND...`. Its variables have a prefix, so that none of the caller's changes. */
export function wrapperText({ pid, start, uid, gid, folder, within }: WrapperParts): string {
  return `#!/bin/sh
setup_qemu_usage='with-qemu [--as-root] [--] COMMAND [ARGUMENT...]'
fail() {
  echo "with-qemu: $1" >&2
  exit 125
}
alive() {
  read -r setup_qemu_line <"/proc/${pid}/stat" || return 1
  set -- \${setup_qemu_line##*)}
  [ "$1" != Z ] && [ "\${20}" = ${start} ]
}
setup_qemu_ids='${ownIds(uid, gid).join(' ')}'
setup_qemu_folder=${shellWord(folder, { raw: true })}
while [ $# -gt 0 ]; do
  case $1 in
    --as-root) setup_qemu_ids='' ;;
    -h | --help)
      echo "$setup_qemu_usage
Runs a command in the private scope of setup-qemu that process ${pid} holds open.
It has your own user id and may chroot; with --as-root it is root of the namespace."
      exit
      ;;
    --) shift; break ;;
    -*) fail "there is no option $1; usage: $setup_qemu_usage" ;;
    *) break ;;
  esac
  shift
done
[ $# -gt 0 ] || fail "no command is given; usage: $setup_qemu_usage"
if [ "\${SETUP_QEMU_SCOPE:-}" = "$setup_qemu_folder" ]; then
  # it is in the scope already
  [ -n "$setup_qemu_ids" ] || [ "$(id -u)" = 0 ] || fail 'a command in the scope cannot become its root: call with-qemu --as-root outside'
  exec "$@"
fi
[ -z "\${SETUP_QEMU_SCOPE:-}" ] || [ "$(readlink /proc/self/ns/user)" = ${shellWord(within, { raw: true })} ] ||
  fail 'a command in one private scope cannot enter another'
[ "$(id -u)" = ${uid} ] || fail 'the scope belongs to user id ${uid}: call it as that user'
alive 2>/dev/null || fail 'the private scope has ended: process ${pid}, which held it open, is gone'
export SETUP_QEMU_SCOPE="$setup_qemu_folder"
exec nsenter --target ${pid} --user --mount --preserve-credentials -- env --chdir="$PWD" $setup_qemu_ids "$@"
`
}
