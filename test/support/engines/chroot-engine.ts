// A program that answers as docker does, as far as method container calls it, and runs the images of the engines' tests in a chroot: what they do
// to the kernel's table is real. The answers follow docker's own: `info`, `image inspect`, `create`, `cp`, `rm`, `run`.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { release } from 'node:os'
import { join } from 'node:path'
import { fillImage, type ImageShape } from './engine.js'

/** What it calls the image, and the only one that it has. */
export const imageName = 'docker.io/library/stand-in:1'
const id = 'sha256:0123456789abcdef'

const script = (root: string) => `#!/bin/bash
root=${root}
echo "$*" >>"$root.calls"
words="$1 $2"
case $words in
  'info '*) cat "$root.info"; exit ;;
  'image inspect') cat "$root.inspect"; exit ;;
  'create '*) [ ! -e "$root.uncreatable" ] || { echo 'Error response from daemon: no space left on device' >&2; exit 1; }; exit ;;
  'rm '*) exit ;;
  'cp '*)
    file=\${3#*:}
    if [ -e "$root$file" ]; then exec cp -L "$root$file" "$4"; fi
    echo "Error response from daemon: Could not find the file $file in container \${3%%:*}" >&2
    exit 1
    ;;
  'run '*)
    while [ "$1" != ${id} ]; do shift; done
    shift
    exec unshare --mount bash -c 'root=$1; shift; mount --rbind /proc "$root/proc" && chroot=$(command -v chroot) && . "$root.env" && exec "$chroot" "$root" "$@"' bash "$root" "$(cat "$root.entrypoint")" "$@"
    ;;
esac
echo "unknown: $*" >&2
exit 125
`

/** Puts the program into a folder for PATH, with an image of this shape. */
export async function chrootEngine(folder: string, shape: ImageShape): Promise<{ path: string; calls: string }> {
  const root = join(folder, 'root')
  const config = await fillImage(root, shape)
  writeFileSync(`${root}.info`, JSON.stringify({ KernelVersion: release(), Architecture: 'x86_64' }))
  writeFileSync(`${root}.inspect`, JSON.stringify({ Id: id, RepoDigests: [], Config: config }))
  writeFileSync(`${root}.entrypoint`, config.Entrypoint.join(' '))
  writeFileSync(`${root}.env`, config.Env.map((line) => `export ${line}\n`).join(''))
  const path = join(folder, 'bin')
  mkdirSync(path)
  writeFileSync(join(path, 'docker'), script(root))
  chmodSync(join(path, 'docker'), 0o755)
  return { path, calls: `${root}.calls` }
}
