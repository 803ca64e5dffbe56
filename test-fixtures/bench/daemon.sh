#!/bin/sh
# What keeping costs, on this machine, beside the lab's real miniupnpd:
#
#   sudo test-fixtures/bench/daemon.sh [MAPPINGS] [SECONDS]     default: 10 mappings, 600 seconds
#
# Prints the daemon's memory, its share of one core while nothing happens, the requests it made, and what "ajar run" adds to
# the start of a program.
set -eu
cd "$(dirname "$0")/../.."

mappings=${1:-10}
seconds=${2:-600}
lab=test-fixtures/lab/lab.sh
lan1=${AJAR_LAB:-ajar}-lan1
ajar=$PWD/target/ajar/bin/ajar
scratch=$(mktemp -d)
export XDG_STATE_HOME="$scratch"
unset XDG_RUNTIME_DIR
here() { ip netns exec "$lan1" "$@"; }

sh $lab up igd2
trap 'kill "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true; sh $lab down; rm -rf "$scratch"' EXIT
{
    echo '[defaults]'
    echo 'lease = "2h"'
    port=20000
    while [ $port -lt $((20000 + mappings)) ]; do
        echo '[[mapping]]'
        echo "external = $port"
        port=$((port + 1))
    done
} >"$scratch/ajar.toml"
ip netns exec "$lan1" "$ajar" daemon --config "$scratch/ajar.toml" >"$scratch/log" 2>&1 &
daemon=$!
tries=0
until [ "$(grep -c 'open  tcp' "$scratch/log" || true)" -ge "$mappings" ] || [ $tries -ge 1200 ]; do
    tries=$((tries + 1))
    sleep 0.25
done
echo "mappings open: $(grep -c 'open  tcp' "$scratch/log") of $mappings, after about $((tries / 4)) s"

ticks() { awk '{ print $14 + $15 }' "/proc/$daemon/stat"; }
hz=$(getconf CLK_TCK)
begin=$(ticks)
udp_begin=$(here cat /proc/net/snmp | awk '/^Udp: [0-9]/ { print $5 }')
tcp_begin=$(here cat /proc/net/snmp | awk '/^Tcp: [0-9]/ { print $6 }')
sleep "$seconds"
used=$(($(ticks) - begin))
udp=$(($(here cat /proc/net/snmp | awk '/^Udp: [0-9]/ { print $5 }') - udp_begin))
tcp=$(($(here cat /proc/net/snmp | awk '/^Tcp: [0-9]/ { print $6 }') - tcp_begin))
awk -v used=$used -v hz="$hz" -v s="$seconds" -v udp=$udp -v tcp=$tcp 'BEGIN {
    printf "CPU over %d s: %.2f %% of one core\n", s, 100 * used / hz / s
    printf "asked in that time: %d datagrams, %d connections\n", udp, tcp }'
awk '/VmRSS|VmHWM/ { printf "%s %.0f MiB\n", $1, $2 / 1024 }' "/proc/$daemon/status"

for round in 1 2 3 4 5 6 7 8 9; do
    before=$(date +%s%3N)
    after=$(here date +%s%3N)
    plain="${plain:-} $((after - before))"
    before=$(date +%s%3N)
    after=$(here "$ajar" run --open 25999 -- date +%s%3N)
    run="${run:-} $((after - before))"
done
median() { echo "$*" | tr ' ' '\n' | grep . | sort -n | sed -n 5p; }
# Split into words on purpose.
# shellcheck disable=SC2086
echo "start of a program: $(median $plain) ms alone, $(median $run) ms behind ajar run (medians of 9)"
