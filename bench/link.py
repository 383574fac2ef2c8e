"""A network link of a chosen rate and round trip between two new network namespaces: link.py RATE RTT_MS, as root of a user namespace.

The kernel paces (tc-tbf(8)). What delays, tc-netem(8), is missing from many kernels, so each IP packet passes through this process, which holds it for half a
round trip. TCP on both sides is the kernel's own: connections are set up, start slowly and lose packets as on a real link.

Prints the paths of the two namespaces, for nsenter --net=PATH. Ends when standard input does; the namespaces and their devices end with it.
"""

import collections
import ctypes
import fcntl
import os
import select
import struct
import subprocess
import sys
import time

# linux/sched.h and linux/if_tun.h
CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000


def new_end(address, rate):
    """A namespace with one end of the link; returns descriptors of the namespace and of the end's packets."""
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "unshare(CLONE_NEWNET)")
    packets = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(packets, TUNSETIFF, struct.pack("16sH22x", b"link0", IFF_TUN | IFF_NO_PI))
    for words in (
        ["ip", "link", "set", "lo", "up"],
        ["ip", "address", "add", address + "/24", "dev", "link0"],
        ["ip", "link", "set", "link0", "up"],
        ["tc", "qdisc", "add", "dev", "link0", "root", "tbf", "rate", rate, "burst", "32kb", "latency", "100ms"],
    ):
        subprocess.run(words, check=True)
    return os.open("/proc/self/ns/net", os.O_RDONLY), packets


def relay(one, other, delay):
    """Passes packets on in both directions, each `delay` seconds after it came."""
    ends = {one: other, other: one}
    held = collections.deque()
    stdin = sys.stdin.fileno()
    while True:
        patience = max(0.0, held[0][0] - time.monotonic()) if held else None
        ready = select.select([one, other, stdin], [], [], patience)[0]
        if stdin in ready and os.read(stdin, 4096) == b"":
            return
        for end in ready:
            if end != stdin:
                hold_arrived(end, ends[end], delay, held)
        now = time.monotonic()
        while held and held[0][0] <= now:
            _, end, packet = held.popleft()
            os.write(end, packet)


def hold_arrived(end, to, delay, held):
    due = time.monotonic() + delay
    try:
        while True:
            held.append((due, to, os.read(end, 65536)))
    except BlockingIOError:
        pass


rate, round_trip_ms = sys.argv[1:]
namespaces = [new_end(address, rate) for address in ("10.0.0.1", "10.0.0.2")]
for namespace, _ in namespaces:
    print(f"/proc/{os.getpid()}/fd/{namespace}")
sys.stdout.flush()
relay(namespaces[0][1], namespaces[1][1], float(round_trip_ms) / 2000)
