#!/bin/busybox sh
# The first process of the small VMs: the usual mounts, then the scenario, or a shell with vm.shell on the kernel's command line.
/bin/busybox --install -s /bin
export PATH=/bin HOME=/root TERM=linux
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
if grep -qw vm.shell /proc/cmdline; then
  echo "node is on PATH; the scenario: node /opt/setup-qemu/kernel-guest.js; the end: reboot -f"
  setsid cttyhack sh
else
  node /opt/setup-qemu/kernel-guest.js
fi
reboot -f
