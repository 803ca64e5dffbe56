#!/usr/bin/env bash
# Ports opened while packets get lost, both ways between a LAN host and the real miniupnpd in the lab.
#
#   mvn -q -B -ntp -DskipTests package && sudo test-fixtures/bench/loss.sh [OPENS]
#
# Goals: with 30 of 100 packets lost every one of 40 opens succeeds within 30 s, with 50 lost at least 39 do.
set -euo pipefail
cd "$(dirname "$0")/../.."
opens=${1:-40}
ajar=${AJAR_BIN:-target/ajar/bin/ajar}
lab=test-fixtures/lab/lab.sh
scratch=$(mktemp -d)
trap 'sh $lab down; rm -rf "$scratch"' EXIT
sh $lab up igd2
missed=0

for loss in 30 50; do
    goal=$opens
    [ $loss = 30 ] || goal=$((opens * 39 / 40))
    for method in pcp nat-pmp upnp; do
        sh $lab loss $loss
        ok=0 times=
        for i in $(seq "$opens"); do
            begin=$(date +%s%N)
            if ip netns exec "${AJAR_LAB:-ajar}-lan1" env XDG_STATE_HOME="$scratch" "$ajar" open $((20000 + i)) \
                --method $method --timeout 30s >"$scratch/out" 2>&1; then
                ok=$((ok + 1))
            elif [ -n "${AJAR_LOSS_VERBOSE:-}" ]; then
                cat "$scratch/out" >&2
            fi
            times="$times $((($(date +%s%N) - begin) / 1000000))"
        done
        sh $lab loss 0
        # shellcheck disable=SC2086
        sorted=$(printf '%s\n' $times | sort -n)
        verdict=met
        [ $ok -ge $goal ] || { verdict=MISSED; missed=1; }
        printf '%s %% lost, %-8s %2d of %d opened, median %5d ms, worst %5d ms   goal >= %d  %s\n' $loss $method $ok "$opens" \
            "$(echo "$sorted" | sed -n "$(((opens + 1) / 2))p")" "$(echo "$sorted" | tail -1)" $goal $verdict
    done
done
exit $missed
