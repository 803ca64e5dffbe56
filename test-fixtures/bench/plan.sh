#!/bin/sh
# What keeping costs the processor as mappings become more: 50 and 1,000, four simulated hours each, by each method.
#
#   test-fixtures/bench/plan.sh     after: mvn -q -B -ntp test-compile
#
# Prints the processor time of both (of one thread, in which the keeper and the simulated router take turns; the best of
# six rounds) and their ratio; exits 1 when 1,000 mappings cost more than 20 times what 50 cost. With the options the
# daemon's own Java has. Other work on the machine takes the caches away, and little else: it is the thread's own time
# that counts. CLASSES=folder names another place of classes and test-classes than target.
set -eu
cd "$(dirname "$0")/../.."

classes=${CLASSES:-target}

# The newest Java there is.
java=$(for home in /usr/lib/jvm/* "${JAVA_HOME:-}"; do
    [ ! -x "$home/bin/java" ] || [ ! -f "$home/release" ] ||
        echo "$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$home/release") $home/bin/java"
done | sort -V | tail -n 1 | cut -d ' ' -f 2-)
exec "${java:-java}" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx24m \
    -XX:+IgnoreUnrecognizedVMOptions -XX:+UseCompactObjectHeaders -Xms4m -Xmn2m \
    -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25 \
    -cp "$classes/test-classes:$classes/classes" dev.ajar.keeper.KeepingCost
