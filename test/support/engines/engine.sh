#!/bin/bash
# Runs a command where container engines of its own can work: range.sh with a network of its own, podman's storage under /run, what is written
# to /etc and /var kept in memory, and a parent of control groups for dockerd (--cgroup-parent "$ENGINE_CGROUP"). Outside nothing is left: the
# control groups, which alone are made there, are removed at the end.
set -eu
if [ "${ENGINE_CGROUP:-}" = '' ]; then
  export ENGINE_CGROUP="/setup-qemu-test-$$"
  # runc takes a namespace in which all ids are mapped for the first one, and then wants to write what only that may
  export RANGE_IDS=65536
  had=$(find /sys/fs/cgroup -maxdepth 2 -name libpod_parent)
  status=0
  "$(dirname "$0")/../kernel/range.sh" unshare --net --ipc "$0" "$@" <&0 || status=$?
  for _ in 1 2 3 4 5; do
    find /sys/fs/cgroup -depth -type d -path "*$ENGINE_CGROUP*" -exec rmdir {} + 2>/dev/null && break
    sleep 0.2
  done
  [ -n "$had" ] || find /sys/fs/cgroup -depth -type d -path '*/libpod_parent*' -exec rmdir {} + 2>/dev/null || true
  exit "$status"
fi
ip link set lo up
mkdir /run/engine
for folder in etc var; do
  mkdir -p "/run/engine/$folder/upper" "/run/engine/$folder/work"
  chmod 0755 "/run/engine/$folder/upper"
  mount -t overlay -o "lowerdir=/$folder,upperdir=/run/engine/$folder/upper,workdir=/run/engine/$folder/work,userxattr" overlay "/$folder"
done
# docker's and podman's configuration of whoever runs this is out of sight, too; the tests' cache is not
export XDG_CACHE_HOME="${XDG_CACHE_HOME:-$HOME/.cache}" HOME=/run/engine/home TMPDIR=/run/engine/tmp
mkdir -m 0755 "$HOME"
mkdir -m 1777 "$TMPDIR"
export CONTAINERS_STORAGE_CONF=/run/engine/storage.conf CONTAINERS_CONF=/run/engine/containers.conf
cat >"$CONTAINERS_STORAGE_CONF" <<'END'
[storage]
driver = "vfs"
graphroot = "/run/engine/podman"
runroot = "/run/engine/podman-run"
END
# crun refuses machines that have both kinds of control groups
cat >"$CONTAINERS_CONF" <<'END'
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
runtime = "runc"
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
END
exec "$@"
