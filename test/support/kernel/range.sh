#!/bin/bash
# Like private.sh, but with every user id mapped to itself, so that sudo, dpkg and chown work inside. Needs root outside.
# Nothing outside is touched: binfmt_misc, /run and all mounts are private. RANGE_IDS says how many ids, if not all.
set -eu

# Root's home is closed to others, and the checkout, the cache, Node or the temporary folder may be in it. Ordinary users find them at their places:
# a folder that is closed is hidden by an open one that has nothing else.
open_ways() {
  local at path paths=("$PWD" "${TMPDIR:-/tmp}" "${XDG_CACHE_HOME:-${HOME:-}/.cache}" "$(dirname "$(readlink -f "$(command -v node)")")")
  [ -z "${npm_node_execpath:-}" ] || paths+=("$(dirname "$npm_node_execpath")")
  [ -n "$(for path in "${paths[@]}"; do closed_above "$path"; done)" ] || return 0
  for at in "${!paths[@]}"; do
    mkdir -p "${paths[at]}" "/run/ways/$at"
    mount --rbind "${paths[at]}" "/run/ways/$at"
  done
  for at in "${!paths[@]}"; do
    path=${paths[at]}
    while [ -n "$(closed_above "$path")" ]; do mount -t tmpfs -o mode=0755 tmpfs "$(closed_above "$path")"; done
    [ "$path" -ef "/run/ways/$at" ] || { mkdir -p "$path" && mount --rbind "/run/ways/$at" "$path"; }
  done
  umount --lazy /run/ways/*
  rm -r /run/ways
  cd "$PWD"
}

# The first folder on the way to a path that others may not pass.
closed_above() {
  local folder=$1
  while [ "$folder" != / ]; do
    folder=$(dirname "$folder")
    [ ! -d "$folder" ] || (($(stat -c '0%a' "$folder") & 1)) || echo "$folder"
  done | tail -n 1
}

case "${SETUP_QEMU_RANGE:-outside}" in
  outside)
    [ "$(id -u)" = 0 ] || { echo "range.sh: only root can map all user ids" >&2; exit 97; }
    gate=$(mktemp -u)
    mkfifo "$gate"
    SETUP_QEMU_RANGE="$gate" setpriv --pdeathsig KILL unshare --user --mount --pid --fork --kill-child --propagation private "$0" "$@" <&0 &
    child=$!
    own=$(readlink /proc/self/ns/user)
    until [ "$(readlink "/proc/$child/ns/user")" != "$own" ]; do sleep 0.01; done
    echo "0 0 ${RANGE_IDS:-4294967295}" >"/proc/$child/uid_map"
    echo "0 0 ${RANGE_IDS:-4294967295}" >"/proc/$child/gid_map"
    echo go >"$gate"
    rm "$gate"
    status=0
    wait "$child" || status=$?
    exit "$status"
    ;;
  ready)
    unset SETUP_QEMU_RANGE container KUBERNETES_SERVICE_HOST
    # this is no container, whatever the machine is
    [ ! -f /.dockerenv ] || mount --bind /dev/null /.dockerenv
    mount -t proc proc /proc
    mount -t tmpfs -o mode=0755 tmpfs /run
    mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
    open_ways
    # --kill-child is forgotten when the rights of root are gained; the namespace must not outlive whoever made it
    exec setpriv --pdeathsig KILL "$@"
    ;;
  *)
    # root's rights inside come with the first program executed after the ids are mapped
    read -r _ <"$SETUP_QEMU_RANGE"
    SETUP_QEMU_RANGE=ready exec "$0" "$@"
    ;;
esac
