#!/usr/bin/env bash
# How long a cold command takes that asks a daemon, beside the bare start of the bundled JVM, with the lab's real miniupnpd.
#
#   sudo test-fixtures/bench/client.sh [ROUNDS]      after: mvn -q -B -ntp -DskipTests package
#
# Over the Unix socket and over TCP. The programs take turns in each round. Prints medians and ratios, and how many classes of
# the libraries that only a daemon needs were loaded; exits 1 when a goal is missed. DIST=folder names another distribution.
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${1:-20}
lab=test-fixtures/lab/lab.sh
dist=${DIST:-$PWD/target/ajar}
work=$(mktemp -d)
unset XDG_RUNTIME_DIR XDG_STATE_HOME
daemons=()
cleanup() {
    for pid in "${daemons[@]}"; do kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; done
    sh $lab down
    rm -rf "$work"
}
trap cleanup EXIT

[ -x "$dist/bin/ajar" ] || { echo "build first: mvn -q -B -ntp -DskipTests package" >&2; exit 2; }
sh $lab check || exit 2
sh $lab up igd2

lan() { ip netns exec "${AJAR_LAB:-ajar}-lan1" "$@"; }

for kind in unix tcp; do
    mkdir "$work/$kind"
    AJAR_CONTROL=$kind AJAR_STATE_HOME=$work/$kind ip netns exec "${AJAR_LAB:-ajar}-lan1" \
        "$dist/bin/ajar" daemon >"$work/$kind.log" 2>&1 &
    daemons+=($!)
    for ((i = 0; i < 100; i++)); do [ -e "$work/$kind/daemon" ] && break; sleep 0.1; done
    [ -e "$work/$kind/daemon" ] || { cat "$work/$kind.log"; exit 1; }
done

# time_one NAME: appends the milliseconds of one cold process to a file
time_one() {
    local start end command kind=${1##*-}
    case $1 in
        open-*) command=("$dist/bin/ajar" open 2556$((${#kind} - 2))) ;;
        status-* | list-*) command=("$dist/bin/ajar" "${1%-*}") ;;
        bare-jvm) command=("$dist/runtime/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -version) ;;
    esac
    start=$(date +%s%N)
    AJAR_STATE_HOME=$work/$kind lan "${command[@]}" >"$work/out" 2>&1 || { cat "$work/out"; echo "$1 failed" >&2; exit 1; }
    end=$(date +%s%N)
    echo $(((end - start) / 10000)) >>"$work/$1.times"
}

median() { sort -n "$work/$1.times" | awk '{v[NR] = $1} END {printf "%.1f", (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 200}'; }

names="open-unix status-unix list-unix open-tcp status-tcp list-tcp bare-jvm"
for ((i = 0; i < 5; i++)); do
    for name in $names; do time_one "$name"; done
done
rm "$work"/*.times
for ((i = 0; i < rounds; i++)); do
    for name in $names; do time_one "$name"; done
done

echo "median of $rounds cold processes each, milliseconds; ratio to the bare JVM"
failed=0
for name in $names; do
    awk -v name="$name" -v mine="$(median "$name")" -v jvm="$(median bare-jvm)" 'BEGIN {
        ratio = mine / jvm
        printf "  %-12s %8.1f  %5.2f  %s\n", name, mine, ratio, name ~ /bare/ ? "" : "goal <= 2.5  " (ratio <= 2.5 ? "met" : "MISSED")
        exit ratio > 2.5 }' || failed=1
done

# Without the cache, which loads all that it has.
for command in "open 25562" status list; do
    lan env AJAR_STATE_HOME="$work/unix" AJAR_JAVA_OPTS="-XX:AOTMode=off -Xlog:class+load:file=$work/classes" \
        "$dist/bin/ajar" $command >/dev/null 2>&1
    needless=$(grep -cE ' (org\.jupnp|org\.apache\.hc|io\.netty|dev\.ajar\.gateway\.upnp\.(control|soap)|dev\.ajar\.keeper\.Reconciler)' \
        "$work/classes" || true)
    echo "classes loaded by ajar ${command%% *}: $(grep -c 'source: file' "$work/classes")," \
        "of jUPnP, HttpClient, Netty, the keeper's decisions and UPnP: $needless, goal 0"
    [ "$needless" -eq 0 ] || failed=1
done
exit $failed
