#!/bin/sh
# Entrypoint of a test's image: the command line of multiarch/qemu-user-static, after its register.sh and QEMU's scripts/qemu-binfmt-conf.sh.
# --reset removes every entry named qemu-*, -p yes registers with F, -c yes with O and C; all targets of /rules are registered, in their order.
table=/proc/sys/fs/binfmt_misc
[ -f $table/register ] || mount -t binfmt_misc binfmt_misc $table
flags=
persistent=
while [ $# -gt 0 ]; do
  case $1 in
    --reset)
      for entry in $table/qemu-*; do
        [ -f "$entry" ] && echo -1 >"$entry"
      done
      shift
      ;;
    -p) [ "$2" = yes ] && persistent=F; shift 2 ;;
    -c) [ "$2" = yes ] && flags=OC; shift 2 ;;
    *) echo "unknown argument $1" >&2; exit 64 ;;
  esac
done
while read -r target magic mask; do
  echo "Setting /usr/bin/qemu-$target-static as binfmt interpreter for $target"
  printf '%s' ":qemu-$target:M::$magic:$mask:/usr/bin/qemu-$target-static:$flags$persistent" >$table/register
done </rules
sleep "$END_WAIT"
[ "$END_STATUS" = 0 ] || echo 'the container ends as it was told' >&2
exit "$END_STATUS"
