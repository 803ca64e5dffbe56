#!/bin/sh
# What keeping costs the processor as mappings become more: 50 and 1,000, four simulated hours each, by each method.
#
#   test-fixtures/bench/plan.sh     after: mvn -q -B -ntp test-compile
#
# Prints the processor time of both (of the keeper's thread and of the simulated router in it, the best of six rounds) and
# their ratio; exits 1 when 1,000 mappings cost more than 20 times what 50 cost. Other work on the machine changes little:
# it is the thread's own time that counts. CLASSES=folder names another place of classes and test-classes than target.
set -eu
cd "$(dirname "$0")/../.."

classes=${CLASSES:-target}

# The newest Java there is.
java=$(for home in /usr/lib/jvm/* "${JAVA_HOME:-}"; do
    [ ! -x "$home/bin/java" ] || [ ! -f "$home/release" ] ||
        echo "$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$home/release") $home/bin/java"
done | sort -V | tail -n 1 | cut -d ' ' -f 2)
exec "${java:-java}" -XX:+UseSerialGC -cp "$classes/test-classes:$classes/classes" dev.ajar.keeper.KeepingCost
