#!/usr/bin/env bash
# Records what every command does on every scripted gateway (arguments, exit code, stdout, stderr, JSON, packets, the
# router's table, the state file), and compares two recordings: to show that a change of the code changes no behaviour.
#
#   mvn -B -ntp test-compile && test-fixtures/report/behaviour.sh record FOLDER [GATEWAY ...]
#   test-fixtures/report/behaviour.sh compare BEFORE AFTER [BEFORE-AGAIN]
#
# compare exits with 1 when the JSON, an exit code, a packet, a table or a state file differs. Sentences to people that
# changed are listed, each once, to be read by people. What differs between BEFORE and BEFORE-AGAIN, two recordings of the
# same code, is left out as unstable and counted.
#
#   AJAR_JAVA=/path/to/java    where the default java is older than 21
#   AJAR_CLASSES=PATH          instead of target/test-classes:target/classes and the dependencies Maven names
#   AJAR_AT_ONCE=8             scenes played at the same time (default 12)
#
# The recording runs in namespaces of its own, whose network is loopback and nothing else.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ $# -ge 2 ] || { sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d' >&2; exit 2; }
what=$1
shift
java=${AJAR_JAVA:-java}
classes=${AJAR_CLASSES:-target/test-classes:target/classes:$(mvn -q -B -ntp dependency:build-classpath -Dmdep.outputFile=/dev/stdout | tail -1)}
# All routers would share as many threads as there are processors, and starve beside the commands on a busy machine.
options=(-Djdk.virtualThreadScheduler.parallelism=32 -XX:-UsePerfData -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Duser.timezone=UTC -Duser.language=en
    -Dajar.at-once="${AJAR_AT_ONCE:-12}" -cp "$classes")

case $what in
record)
    # No other program's ports, no other processes to search for who listens, and no disk to wait for.
    private=(unshare --net --pid --fork --kill-child --mount-proc)
    [ "$(id -u)" = 0 ] || private+=(--map-root-user)
    scratch=$(mktemp -d -p /dev/shm)
    trap 'rm -rf "$scratch"' EXIT
    # The ports the system chooses are of the range that the recorder masks.
    "${private[@]}" bash -c 'ip link set lo up && echo "50000 60999" > /proc/sys/net/ipv4/ip_local_port_range && "$@"' \
        behaviour "$java" -Djava.io.tmpdir="$scratch" "${options[@]}" dev.ajar.report.RecordBehaviour "$@"
    ;;
compare)
    exec "$java" "${options[@]}" dev.ajar.report.CompareBehaviour "$@"
    ;;
*)
    echo "write it like: behaviour.sh record FOLDER, or behaviour.sh compare BEFORE AFTER" >&2
    exit 2
    ;;
esac
