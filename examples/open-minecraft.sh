#!/bin/sh
# Opens the port of a Minecraft server on this machine and says what to tell your friends.
#
#   examples/open-minecraft.sh                 Java Edition: TCP 25565
#   examples/open-minecraft.sh bedrock         Bedrock Edition: UDP 19132
#   examples/open-minecraft.sh java 25570      Java Edition on another port
#
# The port closes by itself after two hours; run this again to extend it. Close it at once with: ajar close PORT
# The script looks for ajar in the PATH; name another one with AJAR=/path/to/ajar.
set -u

ajar=${AJAR:-ajar}
command -v "$ajar" >/dev/null 2>&1 || {
    echo "ajar is not in the PATH; put it there, or set AJAR to its place" >&2
    exit 127
}

edition=${1:-java}
case $edition in
    java)    port=${2:-25565} protocol=tcp ;;
    bedrock) port=${2:-19132} protocol=udp ;;
    *)       echo "usage: $0 [java|bedrock] [PORT]" >&2; exit 2 ;;
esac

# The remote console (RCON, 25575) stays closed on purpose: anyone who can reach it controls the server.
code=0
"$ajar" open "$port/$protocol" --lease 2h --name "Minecraft $edition" || code=$?

# ajar has printed what happened and what to do. These lines add what it means for the game (all: docs/exit-codes.md).
case $code in
    0) echo "Give your friends the address above. Start the server first, or connections will fail." ;;
    5) echo "Port $port is taken. Choose another one in server.properties, then run this script with it." >&2 ;;
    6) echo "Friends on the internet cannot connect yet. On your own network they can." >&2 ;;
esac
exit "$code"
