#!/bin/sh
# Opens ports and prints their addresses as seen from the internet, one address:port per line. For scripts and bots.
#
#   examples/json-external-address.sh 25565              203.0.113.7:25565
#   examples/json-external-address.sh 25565 19132/udp    203.0.113.7:25565
#                                                        203.0.113.7:19132
#
# It reads "ajar open --json" (docs/json.md) with sed alone. Arguments are those of "ajar open". Opening an
# open port again is safe and extends its lease. The exit code is ajar's (6: open, but not reachable from the internet);
# 1 if the router did not report its address.
# The script looks for ajar in the PATH; name another one with AJAR=/path/to/ajar.
set -u

ajar=${AJAR:-ajar}
command -v "$ajar" >/dev/null 2>&1 || {
    echo "ajar is not in the PATH; put it there, or set AJAR to its place" >&2
    exit 127
}

code=0
json=$("$ajar" open --json "$@") || code=$?

# In JSON a quote inside a text is always written \", so a router's name cannot imitate a "name":"value".
address=$(printf '%s\n' "$json" | sed -n 's/.*"external_address":"\([0-9.]*\)".*/\1/p')

# One object per line, then the external port of each open mapping.
ports=$(printf '%s\n' "$json" | tr '{' '\n' | sed -n \
    -e '/"status":"open"/b open' -e '/"status":"already_open"/b open' -e d \
    -e ': open' -e 's/^"protocol":"[a-z]*","external_port":\([0-9]*\),.*/\1/p')

if [ -n "$ports" ] && [ -z "$address" ]; then
    echo "the port is open, but the router does not report its internet address" >&2
    [ "$code" != 0 ] || code=1
elif [ -n "$ports" ]; then
    for port in $ports; do
        echo "$address:$port"
    done
else
    # No port is open: the document's error says why.
    printf '%s\n' "$json" | sed -n 's/.*"error":{"code":"[a-z_]*","message":"\(\([^"\\]\|\\.\)*\)".*/\1/p' |
        sed 's/\\\(["\\]\)/\1/g' >&2
fi
exit "$code"
