#!/bin/sh
# Entrypoint of a test's image: the command line of tonistiigi/binfmt. --install A,B registers these two with P, C and F; an entry whose name
# is there already is kept, and the exit status is 0 whatever happens.
table=/proc/sys/fs/binfmt_misc
[ -f $table/register ] || mount -t binfmt_misc binfmt_misc $table
[ "$1" = --install ] || { echo "unknown argument $1" >&2; exit 64; }
IFS=,
for name in $2; do
  case $name in
    arm64) target=aarch64 ;;
    *) target=$name ;;
  esac
  found=
  while IFS=' ' read -r rule magic mask; do
    [ "$rule" = "$target" ] || continue
    found=yes
    if [ -f "$table/qemu-$target" ]; then
      echo "installing: $name qemu-$target already registered" >&2
    elif printf '%s' ":qemu-$target:M:0:$magic:$mask:/usr/bin/qemu-$target:CFP" >$table/register; then
      echo "installing: $name OK" >&2
    fi
  done </rules
  [ -n "$found" ] || echo "installing: $name unsupported architecture: $name" >&2
done
exit "$END_STATUS"
