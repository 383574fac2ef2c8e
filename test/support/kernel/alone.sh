#!/bin/bash
# Like private.sh, with a network of its own that has nothing but loopback, where every port is free.
set -eu
exec "$(dirname "$0")/private.sh" unshare --net sh -c 'ip link set lo up && exec "$@"' alone.sh "$@"
