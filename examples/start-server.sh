#!/bin/sh
# Runs a server with its ports open: opens them, starts the server, keeps them open, closes them at the end.
#
#   examples/start-server.sh 25565 -- java -Xmx4G -jar server.jar nogui
#   examples/start-server.sh 27015/both 27020/udp -- ./srcds_run -game cstrike
#
# - Ports first, as for "ajar open"; then two dashes; then the command as you always type it.
# - The server starts even when no port could be opened: at home it is of use anyway.
# - The server's console works: it reads what you type. Ctrl-C and "kill" stop the server in an orderly way (SIGTERM).
# - The exit code is the server's.
# - Ports are opened for an hour and extended every 20 minutes. Should this machine crash, they close by themselves.
#
# ajar is looked for in the PATH; name another one with AJAR=/path/to/ajar.
set -u

ajar=${AJAR:-ajar}
every=1200      # seconds; a third of the lease, so that one failure in between does no harm
lease=1h

usage() {
    echo "usage: $0 PORT... -- COMMAND [ARGUMENT...]" >&2
    exit 2
}

ports=
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    case $1 in
        *[!0-9a-z:/-]* | -* | '') usage ;;
    esac
    ports="$ports $1"
    shift
done
[ -n "$ports" ] && [ $# -ge 2 ] || usage
shift

command -v "$ajar" >/dev/null 2>&1 || {
    echo "ajar is not in the PATH; put it there, or set AJAR to its place" >&2
    exit 127
}

# "ajar close" takes external ports: 8443:443 becomes 8443. ($ports holds no blanks but those between the ports.)
external=
for port in $ports; do
    case $port in
        *:*/*) external="$external ${port%%:*}/${port##*/}" ;;
        *:*)   external="$external ${port%%:*}" ;;
        *)     external="$external $port" ;;
    esac
done

open_ports() {
    # shellcheck disable=SC2086
    "$ajar" open $ports --lease "$lease" "$@"
}

# Runs beside the server. Ends when told to, and when this script is gone ($$ is its number, here too).
keep_open() {
    pause=
    trap 'kill $pause 2>/dev/null; exit 0' TERM
    while :; do
        sleep "$every" >/dev/null 2>&1 &
        pause=$!
        wait "$pause"
        kill -0 $$ 2>/dev/null || exit 0
        # Nothing to say when all is well; what goes wrong is said by ajar, and tried again in 20 minutes.
        open_ports -q
    done
}

# Runs once, at the very end, however it came to that. Nothing may keep us from closing.
finish() {
    code=$?
    trap '' INT TERM HUP
    trap - EXIT
    # It may be extending the lease at this moment: two at once would get in each other's way.
    kill "$keeper" 2>/dev/null
    wait "$keeper" 2>/dev/null
    # shellcheck disable=SC2086
    "$ajar" close $external
    exit "$code"
}

# First of all, while nothing is open and signals still do what they do by default: one sent too early would be lost.
keep_open </dev/null &
keeper=$!

trap finish EXIT
# Before the server runs, a signal just ends us; finish closes what may be open.
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

open_ports || echo "ajar ended with exit code $?; the server starts all the same." >&2

# From here on a signal is the server's. A background process of a script is deaf to Ctrl-C, so it gets SIGTERM for all:
# servers save and stop on that.
server=
interrupted=
trap 'interrupted=yes; [ -z "$server" ] || kill -TERM "$server" 2>/dev/null' INT TERM HUP

# In the background, so that this script hears signals; with our input, so that the server's console works.
exec 3<&0
"$@" <&3 3<&- &
server=$!
exec 3<&-
[ -z "$interrupted" ] || kill -TERM "$server" 2>/dev/null

# A signal ends "wait" early: then the server is still saving, and is waited for again.
while :; do
    interrupted=
    code=0
    wait "$server" || code=$?
    [ -n "$interrupted" ] || break
done
exit "$code"
