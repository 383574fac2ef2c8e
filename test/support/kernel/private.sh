#!/bin/bash
# Runs a command with a binfmt_misc of its own: a user and mount namespace in which the caller is root, an empty table, and an empty /run.
# Nothing outside is touched. Needs Linux 6.7 or newer. Set NO_MOUNT=1 to leave binfmt_misc unmounted.
set -eu
if [ "${SETUP_QEMU_PRIVATE:-}" = "" ] && [ "$(id -u)" = 0 ] && mountpoint -q /proc/sys/fs/binfmt_misc; then
  # below a table of this machine's own the tests could not see that theirs is gone; only root can take it out of sight
  exec env SETUP_QEMU_PRIVATE=outside unshare --mount --propagation private "$0" "$@"
fi
if [ "${SETUP_QEMU_PRIVATE:-}" != inside ]; then
  [ "${SETUP_QEMU_PRIVATE:-}" = "" ] || umount --lazy --recursive /proc/sys/fs/binfmt_misc || true
  exec env SETUP_QEMU_PRIVATE=inside unshare --user --map-root-user --mount --propagation private "$0" "$@"
fi
unset SETUP_QEMU_PRIVATE container KUBERNETES_SERVICE_HOST
# this is no container, whatever the machine is
[ ! -f /.dockerenv ] || mount --bind /dev/null /.dockerenv
mount -t tmpfs tmpfs /run
[ -n "${NO_MOUNT:-}" ] || mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
exec "$@"
