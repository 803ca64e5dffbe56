#!/usr/bin/env bash
# How long a cold `ajar open` takes, beside upnpc and natpmpc, against the same real miniupnpd in one run.
#
#   sudo test-fixtures/bench/open.sh [ROUNDS]      after: mvn -q -B -ntp -DskipTests package
#
# The programs take turns in each round, so that a busy moment affects all of them. Prints medians, ratios and the goals;
# exits 1 when a goal is missed. Peak memory is measured where GNU time is installed (package "time").
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${1:-20}
lab=test-fixtures/lab/lab.sh
dist=$PWD/target/ajar
work=$(mktemp -d)
export XDG_STATE_HOME=$work/state
trap 'sh $lab down; rm -rf "$work"' EXIT

[ -x "$dist/bin/ajar" ] || { echo "build first: mvn -q -B -ntp -DskipTests package" >&2; exit 2; }
sh $lab check || exit 2

lan() { ip netns exec "${AJAR_LAB:-ajar}-lan1" "$@"; }

# command_of NAME: into the array "command", since a path may have blanks
command_of() {
    case $1 in
        ajar-auto | ajar-gives-up) command=("$dist/bin/ajar" open 25565) ;;
        ajar-upnp) command=("$dist/bin/ajar" open 25566 --method upnp) ;;
        ajar-nat-pmp) command=("$dist/bin/ajar" open 25567 --method nat-pmp) ;;
        ajar-pcp) command=("$dist/bin/ajar" open 25568 --method pcp) ;;
        upnpc | upnpc-gives-up) command=(upnpc -a 192.168.77.10 25569 25569 tcp 3600) ;;
        natpmpc) command=(natpmpc -a 25570 25570 tcp 3600) ;;
        bare-jvm) command=("$dist/runtime/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -version) ;;
        *) echo "no such command: $1" >&2; exit 2 ;;
    esac
}

# time_one NAME: appends the milliseconds of one cold process to a file
time_one() {
    local start end command
    command_of "$1"
    start=$(date +%s%N)
    lan "${command[@]}" >"$work/out" 2>&1 || [[ $1 == *gives-up ]] || { cat "$work/out"; echo "$1 failed" >&2; exit 1; }
    end=$(date +%s%N)
    echo $(((end - start) / 10000)) >>"$work/$1"
}

median() { sort -n "$work/$1" | awk '{v[NR] = $1} END {printf "%.1f", (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 200}'; }

sh $lab up igd2
names="ajar-auto ajar-upnp ajar-nat-pmp ajar-pcp upnpc natpmpc bare-jvm"
for name in $names; do time_one "$name"; rm -f "$work/$name"; done
for ((i = 0; i < rounds; i++)); do
    for name in $names; do time_one "$name"; done
done

peak=
if [ -x /usr/bin/time ]; then
    for name in ajar-auto ajar-upnp; do
        command_of "$name"
        lan /usr/bin/time -f %M -o "$work/rss" "${command[@]}" >/dev/null
        [ "$(cat "$work/rss")" -le "${peak:-0}" ] || peak=$(cat "$work/rss")
    done
fi

sh $lab up none
for ((i = 0; i < 3; i++)); do
    time_one ajar-gives-up
    time_one upnpc-gives-up
done

echo "median of $rounds cold processes each, milliseconds"
for name in $names; do printf '  %-16s %8s\n' "$name" "$(median "$name")"; done
echo "nothing answers, median of 3"
for name in ajar-gives-up upnpc-gives-up; do printf '  %-16s %8s\n' "$name" "$(median "$name")"; done

failed=0
# goal TEXT MINE OTHER LIMIT
goal() {
    awk -v text="$1" -v mine="$2" -v other="$3" -v limit="$4" 'BEGIN {
        ratio = mine / other
        printf "  %-44s %6.3f  goal <= %s  %s\n", text, ratio, limit, ratio <= limit ? "met" : "MISSED"
        exit ratio > limit }' || failed=1
}
echo "ratios"
goal "open (auto) / upnpc -a" "$(median ajar-auto)" "$(median upnpc)" 0.15
goal "open --method upnp / upnpc -a" "$(median ajar-upnp)" "$(median upnpc)" 0.15
goal "open --method nat-pmp / bare bundled JVM" "$(median ajar-nat-pmp)" "$(median bare-jvm)" 5
goal "giving up / upnpc giving up" "$(median ajar-gives-up)" "$(median upnpc-gives-up)" 0.4
if [ -n "$peak" ]; then
    goal "peak memory, MiB / 1" "$((peak / 1024))" 1 96
else
    echo "  peak memory not measured: GNU time is not installed"
fi
exit $failed
