// What confines this process, as /proc and the marks of container engines tell it.
import { readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { type Confinement, confinementOf, noexecMount, parseMounts } from '../core/machine/confinement.js'
import { throwIfNoFileLeft } from './open-files.js'
import { textOfFile } from './regular-file.js'

/** This process's confinement, as it is now. */
export function readConfinement(): Confinement {
  return confinementOf({
    status: textOf(() => readFileSync('/proc/self/status', 'utf8')),
    mountinfo: textOf(() => readFileSync('/proc/self/mountinfo', 'utf8')),
    uidMap: textOf(() => readFileSync('/proc/self/uid_map', 'utf8')),
    userNamespace: textOf(() => readlinkSync('/proc/self/ns/user')),
    profile: textOf(() => readFileSync('/proc/self/attr/current', 'utf8')),
    systemd: textOf(() => textOfFile('/run/systemd/container', 1 << 10)),
    files: { '/.dockerenv': isFile('/.dockerenv'), '/run/.containerenv': isFile('/run/.containerenv') },
    environment: {
      container: process.env.container ?? '',
      kubernetes: process.env.KUBERNETES_SERVICE_HOST !== undefined,
    },
  })
}

/** The mount point of the noexec file system that a file is on, links followed; undefined if it is on none, or we cannot tell. */
export function noexecMountOf(path: string): string | undefined {
  const real = textOf(() => realpathSync(path))
  return real === ''
    ? undefined
    : noexecMount(real, parseMounts(textOf(() => readFileSync('/proc/self/mountinfo', 'utf8'))))
}

/** What cannot be read is left out: it only makes an error message less precise. */
function textOf(read: () => string): string {
  try {
    return read()
  } catch (error) {
    throwIfNoFileLeft(error)
    return ''
  }
}

/** A mark of a container engine; one that is masked (by /dev/null, as engines mask files) is none. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
