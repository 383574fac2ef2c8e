#!/bin/sh
# Entrypoint of a test's image: the command line of tonistiigi/binfmt, after its cmd/binfmt/main.go. --install A,B registers these two with C and
# F, and with P where QEMU_PRESERVE_ARGV0 says so; an entry whose name is there already is kept. --uninstall takes patterns of names. What it did
# is told on standard error, what there is on standard output as JSON, and the exit status is 0 whatever happens.
table=/proc/sys/fs/binfmt_misc
[ -f $table/status ] || mount -t binfmt_misc binfmt_misc $table
install=
uninstall=
while [ $# -gt 0 ]; do
  case $1 in
    --install) install=$2; shift 2 ;;
    --uninstall) uninstall=$2; shift 2 ;;
    *) echo "flag provided but not defined: ${1#-}" >&2; exit 2 ;;
  esac
done
IFS=,
for pattern in $uninstall; do
  found=
  for entry in $table/$pattern; do
    [ -f "$entry" ] || continue
    found=yes
    echo -1 >"$entry" && echo "uninstalling: ${entry##*/} OK" >&2
  done
  [ -n "$found" ] || echo "uninstalling: $pattern not found" >&2
done
flags=CF${QEMU_PRESERVE_ARGV0:+P}
for name in $install; do
  case $name in
    amd64) target=x86_64 ;;
    arm64) target=aarch64 ;;
    386) target=i386 ;;
    mips64le) target=mips64el ;;
    loong64) target=loongarch64 ;;
    *) target=$name ;;
  esac
  said="unsupported architecture: $name"
  while IFS=' ' read -r rule magic mask; do
    [ "$rule" = "$target" ] || continue
    path=/usr/bin/qemu-$target
    if [ -f "$table/qemu-$target" ]; then
      said="qemu-$target already registered"
    elif printf '%s' ":qemu-$target:M:0:$magic:$mask:$path:$flags" 2>/dev/null >$table/register; then
      said=OK
    else
      [ -f "$path" ] && why='invalid argument' || why='no such file or directory'
      said="cannot register \"$path\" to $table/register: write $table/register: $why"
    fi
  done </rules
  echo "installing: $name $said" >&2
done
emulators=
for entry in $table/*; do
  name=${entry##*/}
  [ "$name" = register ] || [ "$name" = status ] || ! grep -q '^enabled' "$entry" || emulators="$emulators,    \"$name\""
done
echo '{'
printf '  "supported": [\n    "linux/amd64",\n    "linux/amd64/v2",\n    "linux/386"\n  ],\n'
printf '  "emulators": [\n%s\n  ]\n}\n' "$(printf '%s' "${emulators#,}" | sed 's/,/,\n/g')"
exit "$END_STATUS"
