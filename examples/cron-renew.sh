#!/bin/sh
# Keeps ports open, for cron: opens them again before their lease runs out. Says nothing when all is well.
#
#   1. Write your ports below.
#   2. Run it once by hand: examples/cron-renew.sh
#   3. crontab -e, and add one line (with the places where you keep ajar and this file):
#
#      */20 * * * *  AJAR=$HOME/ajar/bin/ajar $HOME/bin/cron-renew.sh
#
# Opening again is safe: a port that is open is extended, one the router forgot is made anew. cron mails what is
# printed, and only trouble is printed. To stop: take the lines out of the crontab, then "ajar close" the ports, or let
# the lease run out.
set -u

ports='25565 19132/udp'
lease=1h        # three times the interval: two runs may fail and the port is still open

# cron gives a short PATH, so name ajar in the crontab as above, or here.
ajar=${AJAR:-ajar}
command -v "$ajar" >/dev/null 2>&1 || {
    echo "ajar is not in the PATH; put it there, or set AJAR to its place" >&2
    exit 127
}

code=0
# One line for all ports, so that the router is searched once. Split into words on purpose.
# shellcheck disable=SC2086
said=$("$ajar" open -q --lease "$lease" $ports 2>&1) || code=$?

case $code in
    0) exit 0 ;;
    # Another ajar was at work at this very moment. The next run will do.
    75) exit 0 ;;
esac

echo "ajar could not keep these ports open: $ports (exit code $code, see docs/exit-codes.md)"
echo "$said"
exit "$code"
