#!/bin/sh
# Opens ports and prints where they can be reached from the internet, one address:port a line. For scripts and bots.
#
#   examples/json-external-address.sh 25565              203.0.113.7:25565
#   examples/json-external-address.sh 25565 19132/udp    203.0.113.7:25565
#                                                        203.0.113.7:19132
#
# It reads "ajar open --json" (docs/json.md) with sed alone. Arguments are those of "ajar open". Opening again what is
# open already is safe, and extends it. The exit code is ajar's (6: open, but the internet does not get that far);
# 1 if the router did not tell its address.
# ajar is looked for in the PATH; name another one with AJAR=/path/to/ajar.
set -u

ajar=${AJAR:-ajar}
command -v "$ajar" >/dev/null 2>&1 || {
    echo "ajar is not in the PATH; put it there, or set AJAR to its place" >&2
    exit 127
}

code=0
json=$("$ajar" open --json "$@") || code=$?

# In JSON a quote inside a text is always written \", so no router can fake a "name":"value" by what it calls itself.
address=$(printf '%s\n' "$json" | sed -n 's/.*"external_address":"\([0-9.]*\)".*/\1/p')

# One object a line, then the external port of those that are open.
ports=$(printf '%s\n' "$json" | tr '{' '\n' | sed -n \
    -e '/"status":"open"/b open' -e '/"status":"already_open"/b open' -e d \
    -e ': open' -e 's/^"protocol":"[a-z]*","external_port":\([0-9]*\),.*/\1/p')

if [ -n "$ports" ] && [ -z "$address" ]; then
    echo "the port is open, but the router does not tell its internet address" >&2
    [ "$code" != 0 ] || code=1
elif [ -n "$ports" ]; then
    for port in $ports; do
        echo "$address:$port"
    done
else
    # Nothing is open: the document's error says why.
    printf '%s\n' "$json" | sed -n 's/.*"error":{"code":"[a-z_]*","message":"\(\([^"\\]\|\\.\)*\)".*/\1/p' |
        sed 's/\\\(["\\]\)/\1/g' >&2
fi
exit "$code"
