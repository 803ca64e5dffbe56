#!/usr/bin/env bash
# What a relay takes: the sum of PSS of its processes, with ports on the router (two processes) and with --no-map (one).
#
#   sudo test-fixtures/bench/relay-memory.sh [SECONDS]     after: mvn -q -B -ntp -DskipTests package
#
# SECONDS, 30 unless given, is how long after its start a relay is measured at rest. Then 2,000 connections are opened and do
# nothing, and 16 streams pass beside them for ten seconds: the most in that time. In the environment: AJAR=path, AJAR_LAB=name,
# MODES="mapped no-map". AJAR_JAVA_OPTS and AJAR_RELAY_JAVA_OPTS reach the relay, to try options out.
#
# In the laboratory (test-fixtures/lab/lab.sh): the relay is on lan1, the device and its clients are on lan2.
# Needs iperf3 and a JDK 17 or newer. Exits 1 when a goal is missed.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/../.."

rest=${1:-30}
modes=${MODES:-mapped no-map}
ajar=${AJAR:-$PWD/target/ajar/bin/ajar}
export AJAR_LAB=${AJAR_LAB:-ajar-memory}
lan1=$AJAR_LAB-lan1 lan2=$AJAR_LAB-lan2
goal_rest=64 goal_load=96
run=$(mktemp -d)
relay='' device='' iperf='' idle=''
failed=0

say() { echo "$*" >&2; }

clean_up() {
    trap '' INT TERM
    # Words may be missing on purpose.
    # shellcheck disable=SC2086
    kill $idle $relay $device $iperf 2>/dev/null || true
    # shellcheck disable=SC2086
    wait $idle $relay $device $iperf 2>/dev/null || true
    sh test-fixtures/lab/lab.sh down
    rm -rf "$run"
}
trap clean_up EXIT

# The relay's processes: the command, and its relay process where it has one.
processes() { echo "$relay"; pgrep -P "$relay" -x java || true; }

# MiB of PSS, the sum.
pss() {
    local pid
    for pid in $(processes); do
        cat "/proc/$pid/smaps_rollup" 2>/dev/null || true
    done | awk '$1 == "Pss:" { sum += $2 } END { printf "%.1f", sum / 1024 }'
}

# What each process takes, and of what kind.
kinds() {
    local pid
    for pid in $(processes); do
        awk -v pid="$pid" '
            /^[0-9a-f]+-[0-9a-f]+ / { name = $6 == "" ? "anonymous" : $6; sub(/.*\//, "", name) }
            $1 == "Pss:" { sum[name] += $2; all += $2 }
            END {
                printf "    process %d: %.1f MiB:", pid, all / 1024
                for (name in sum) if (sum[name] >= 1024) printf " %s %.1f;", name, sum[name] / 1024
                print ""
            }' "/proc/$pid/smaps"
    done >&2
}

newest_jdk() {
    local home
    for home in /usr/lib/jvm/* "${JAVA_HOME:-}"; do
        [ ! -x "$home/bin/javac" ] || [ ! -f "$home/release" ] ||
            echo "$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$home/release") $home"
    done | sort -V | tail -n 1 | cut -d ' ' -f 2-
}

listens() {
    local tries=0
    until [ -n "$(ip netns exec "$1" ss -Hltn "sport = :$2")" ]; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || { say "nothing listens on $2 in $1"; exit 2; }
        sleep 0.1
    done
}

jdk=$(newest_jdk)
"$jdk/bin/javac" -d "$run" test-fixtures/bench/RelayLoad.java
load=("$jdk/bin/java" -XX:+UseSerialGC -Xmx256m -cp "$run" RelayLoad)
sh test-fixtures/lab/lab.sh up igd2
ip netns exec "$lan2" "${load[@]}" echo 9004 9002 9003 >"$run/device.log" 2>&1 </dev/null &
device=$!
ip netns exec "$lan2" iperf3 -s -p 9001 >/dev/null 2>&1 </dev/null &
iperf=$!
listens "$lan2" 9002
listens "$lan2" 9001

for mode in $modes; do
    options=()
    [ "$mode" = mapped ] || options=(--no-map)
    XDG_STATE_HOME=$run/state ip netns exec "$lan1" "$ajar" relay "${options[@]}" \
        --max-connections 8000 --per-source 8000 --rate off 9001:192.168.77.11:9001 9002:192.168.77.11:9002 \
        >"$run/relay.log" 2>&1 </dev/null &
    relay=$!
    listens "$lan1" 9002
    sleep "$rest"
    at_rest=$(pss)
    say "$mode, at rest:"
    kinds
    mkfifo "$run/hold"
    ip netns exec "$lan2" "${load[@]}" idle 192.168.77.10 9002 2000 <"$run/hold" >"$run/out" 2>"$run/err" &
    idle=$!
    exec 9>"$run/hold"
    tries=0
    until grep -q ready "$run/out" || [ $tries -ge 600 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    ip netns exec "$lan2" iperf3 -c 192.168.77.10 -p 9001 -P 16 -t 10 >"$run/iperf" 2>&1 &
    streams=$!
    most=0
    while [ -d /proc/$streams ]; do
        now=$(pss)
        most=$(awk -v a="$most" -v b="$now" 'BEGIN { print (b > a ? b : a) }')
        sleep 1
    done
    wait $streams || { say "the streams failed: $(tail -n 2 "$run/iperf")"; failed=1; }
    say "$mode, under load:"
    kinds
    exec 9>&-
    wait "$idle" || true
    idle=''
    grep -q 'alive=2000$' "$run/out" || { say "connections were lost: $(cat "$run/out" "$run/err")"; failed=1; }
    rm "$run/hold"
    kill "$relay"
    wait "$relay" || true
    relay=''
    echo "$mode: $at_rest MiB at rest (goal $goal_rest), $most MiB with 2,000 connections and 16 streams (goal $goal_load)"
    awk -v a="$at_rest" -v b="$most" -v x=$goal_rest -v y=$goal_load 'BEGIN { exit !(a <= x && b <= y) }' || failed=1
done
exit $failed
