#!/bin/sh
# apt's and dpkg's tools without a network: a package is built, put into an archive, installed from there with its script run, verified, used and
# removed.
set -eu
export DEBIAN_FRONTEND=noninteractive
test -z "$(dpkg --audit)"
dpkg --verify dpkg apt libc6
arch=$(dpkg --print-architecture)
work=$(mktemp -d)
chmod 755 "$work"
mkdir -p "$work/hello/DEBIAN" "$work/hello/usr/bin"
printf 'Package: hello-guest\nVersion: 1.2-3\nArchitecture: %s\nMaintainer: none <none@example.org>\nDepends: libc6\nDescription: says so\n' "$arch" >"$work/hello/DEBIAN/control"
# shellcheck disable=SC2016
printf '#!/bin/sh\nset -e\nif [ "$1" = configure ]; then uname -m >/var/lib/hello-guest; fi\n' >"$work/hello/DEBIAN/postinst"
printf '#!/bin/sh\necho hello from %s\n' "$arch" >"$work/hello/usr/bin/hello-guest"
chmod 755 "$work/hello/DEBIAN/postinst" "$work/hello/usr/bin/hello-guest"
mkdir "$work/archive"
cd "$work/archive"
dpkg-deb --root-owner-group --build "$work/hello" hello-guest.deb >/dev/null
{
  dpkg-deb --field hello-guest.deb
  echo "Filename: ./hello-guest.deb"
  echo "Size: $(stat --format %s hello-guest.deb)"
  echo "SHA256: $(sha256sum hello-guest.deb | cut -d ' ' -f 1)"
} >Packages
echo "deb [trusted=yes] file:$work/archive ./" >/etc/apt/sources.list
rm -f /etc/apt/sources.list.d/*

# apt says what it does only when it fails
apt() {
  apt-get --yes "$@" >"$work/log" 2>&1 || {
    cat "$work/log"
    exit 1
  }
}

apt update
apt install hello-guest
dpkg --verify hello-guest
apt-cache policy hello-guest | grep -q 'Installed: 1.2-3'
hello-guest
cat /var/lib/hello-guest
apt remove hello-guest
test ! -e /usr/bin/hello-guest
# shellcheck disable=SC2016
dpkg-query --show --showformat '${db:Status-Abbrev}\n' | grep -c '^ii'
