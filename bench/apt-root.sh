#!/bin/bash
# A copy of this machine's root in which apt can install and nothing outside is changed: overlays of /usr and /var in memory, a copy of /etc, and
# no packages in apt's cache. apt-root.sh make|drop FOLDER, inside test/support/kernel/range.sh.
set -eu
folder=$2
root=$folder/root
case $1 in
  make)
    mkdir -p "$root"/{proc,dev,sys,tmp,run,root} "$folder"/{usr,var}/{upper,work}
    chmod 1777 "$root/tmp"
    cp -a /etc "$root/etc"
    for name in bin sbin lib lib64; do
      [ ! -L "/$name" ] || cp -a "/$name" "$root/"
    done
    for name in usr var; do
      mkdir "$root/$name"
      layers="lowerdir=/$name,upperdir=$folder/$name/upper,workdir=$folder/$name/work"
      mount -t overlay overlay -o "userxattr,$layers" "$root/$name"
    done
    for name in proc dev sys; do mount --rbind "/$name" "$root/$name"; done
    find "$root/var/cache/apt/archives" -name '*.deb' -delete
    ;;
  drop)
    if [ -d "$root" ]; then
      for name in usr var proc dev sys; do umount -l "$root/$name"; done
      rm -rf "$folder"
    fi
    ;;
esac
