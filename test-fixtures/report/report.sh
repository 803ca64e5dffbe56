#!/usr/bin/env bash
# Prints, as a table, what the last build showed of awkward and hostile routers, and how the C clients fare on them.
#
#   mvn -B -ntp verify && sudo test-fixtures/report/report.sh
#   AJAR_FUZZ_LOG=fuzz.log sudo -E test-fixtures/report/report.sh    with the executions of: mvn -Pfuzz test | tee fuzz.log
#   AJAR_JAVA=/path/to/java sudo -E test-fixtures/report/report.sh   where the default java is older than 21
#
# The clients run in a network namespace of their own, which has loopback and nothing else.
set -euo pipefail
cd "$(dirname "$0")/../.."

reports=target/surefire-reports
[ -d "$reports" ] || { echo "nothing to report: run mvn -B -ntp verify first" >&2; exit 1; }

# suite CLASS: passed / all, from the build's own reports
suite() {
    local file
    file=$(ls "$reports"/TEST-*."$1".xml 2>/dev/null | head -1)
    [ -n "$file" ] || { echo "not run"; return; }
    sed -n 's/.*<testsuite .*tests="\([0-9]*\)" errors="\([0-9]*\)" skipped="\([0-9]*\)" failures="\([0-9]*\)".*/\1 \2 \3 \4/p' "$file" |
        head -1 | awk '{ print $1 - $2 - $3 - $4 " / " $1 }'
}

# the same of the integration tests
suite_it() {
    reports=target/failsafe-reports suite "$1"
}

figure() {
    if [ -f "target/figures/$1.txt" ]; then cat "target/figures/$1.txt"; else echo "not run"; fi
}

# lines covered of a package's parsers, from JaCoCo
coverage() {
    awk -F, -v packages="$1" '
        BEGIN { n = split(packages, wanted, " ") }
        NR > 1 { for (i = 1; i <= n; i++) if ($2 == wanted[i]) { missed += $8; covered += $9 } }
        END { printf "%.1f %% of %d lines", 100 * covered / (covered + missed), covered + missed }' target/site/jacoco/jacoco.csv
}

echo "| what | shown |"
echo "|---|---|"
echo "| scripted gateways passed / all | $(suite ScriptedGatewaysTest) tests, $(ls test-fixtures/gateways/*.json | wc -l) gateways |"
echo "| routers' documents passed / all | $(suite RouterDocumentsTest) tests, $(find test-fixtures/routers -mindepth 1 -maxdepth 1 -type d | wc -l) devices |"
for i in 1 2 3 4; do echo "| H$i | $(figure H$i) |"; done
if [ -n "${AJAR_FUZZ_LOG:-}" ]; then
    echo "| H5 | $(awk '/^Done [0-9]+ runs/ { n += $2; t++ } END { printf "%d executions of %d fuzz targets", n, t }' "$AJAR_FUZZ_LOG"), $(grep -c 'Java Exception\|FuzzTestFindingException: *$' "$AJAR_FUZZ_LOG" || true) findings |"
fi
echo "| H5, replayed in the build | $(find src/test/resources/dev -type f | wc -l) inputs |"
for i in 6 7 8 9 10; do echo "| H$i | $(figure H$i) |"; done
echo "| H11 | $(grep -l '"neighbours"' test-fixtures/gateways/*.json | wc -l) scripted gateways with a foreign router beside them: never asked for a mapping |"
for i in 12 13 14 15 16; do echo "| H$i | $(figure H$i) |"; done
echo "| presets | $(($(ls profiles/applications/*.json | wc -l) - 1)) applications |"
echo "| makes of router with a guide | $(grep -l '"guide"' profiles/routers/*.json | wc -l), $(grep -l '"confidence": "seen"' profiles/routers/*.json | wc -l) compared with a source |"
echo "| ajar doctor | $(figure doctor) |"
echo "| ajar doctor on a real machine | $(suite_it DoctorIT) tests |"
upnp=dev.ajar.gateway.upnp
echo "| line coverage of the parsers | $(coverage "$upnp.ssdp $upnp.http $upnp.description $upnp.soap $upnp.xml dev.ajar.gateway.pxp dev.ajar.json dev.ajar.profile dev.ajar.state") |"

if [ "$(id -u)" != 0 ] || ! command -v upnpc >/dev/null || ! command -v natpmpc >/dev/null; then
    echo "the C clients were left out: they need root, miniupnpc and natpmpc" >&2
    exit 0
fi
peers=ajar-peers
trap 'ip netns del $peers 2>/dev/null || true' EXIT
ip netns add $peers
ip -n $peers link set lo up
classes=$(mvn -q -B -ntp dependency:build-classpath -Dmdep.outputFile=/dev/stdout | tail -1)
java=${AJAR_JAVA:-java}
ip netns exec $peers "$java" -cp "target/classes:target/test-classes:$classes" dev.ajar.report.PeersOnScripts
