#!/bin/sh
# The archive for Linux on arm64, run by qemu's user mode (Debian: qemu-user-static) on this machine.
#
#   qemu.sh check DIR               says what is missing to run this, if anything
#   qemu.sh build DIR               fetches the C library of Debian for arm64, and a Java runtime for it: 230 MB. Exit code 75
#                                   if they cannot be had
#   qemu.sh pack DIR [TARGET]       packs target/ajar with that runtime as the archive, and unpacks it
#   qemu.sh ajar DIR WORDS...       bin/ajar of that archive
#
# What is emulated is the processor. The kernel is this machine's: so are the sockets, but for options that qemu does not know.
# The search by UPnP needs such a one (qemu 7.2: IP_MULTICAST_IF), so that PCP and NAT-PMP are what can be tried.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
# For this test alone: it is never shipped, since it lacks a year of security updates.
runtime=org.sonarsource.scanner.cli:sonar-scanner-cli:8.0.1.6346:zip:linux-aarch64
digest=ae2b062ed6d640ab9014ab576042385d54c910857de952f5cb2592d2a2d7c8d8
command=${1:-help} dir=${2:-}
shift $(($# < 2 ? $# : 2))

jre() { ls -d "$dir"/jre/*/jre; }

case $command in
    check)
        command -v qemu-aarch64-static >/dev/null || { echo "qemu-aarch64-static is not installed (Debian: qemu-user-static)"; exit 1; }
        [ -x "$dir/ajar/bin/ajar" ] || { echo "no ajar in $dir: test-fixtures/arm64/qemu.sh build DIR, then pack DIR"; exit 1; }
        ;;
    build)
        [ ! -d "$dir" ] || { echo "$dir is there already"; exit 1; }
        sh "$root/test-fixtures/packages/debian.sh" bookworm arm64 "$dir/debian" libc6 libgcc-s1 libstdc++6 zlib1g
        mkdir "$dir/jre"
        mvn -q -B -ntp dependency:copy -Dartifact=$runtime -DoutputDirectory="$dir/jre" >"$dir/jre/log" 2>&1 || {
            echo "cannot fetch the Java runtime: $(tail -3 "$dir/jre/log")"
            exit 75
        }
        zip=$(ls "$dir"/jre/*.zip)
        echo "$digest  $zip" | sha256sum -c - >/dev/null
        python3 -m zipfile -e "$zip" "$dir/jre"
        rm "$zip"
        ;;
    pack)
        rm -rf "$dir/ajar" "$dir/out"
        archive=$("$root/src/packaging/assemble" --target "${1:-$root/target}" --out "$dir/out" --even-if-old \
            --runtime "$(jre)" linux-arm64)
        tar -xzf "$archive" -C "$dir"
        rm -r "$dir/out"
        mv "$dir"/ajar-* "$dir/ajar"
        # Only the binary itself is run by qemu, so that neither root nor binfmt_misc is needed.
        bin=$(cd "$dir/ajar/runtime/bin" && pwd) debian=$(cd "$dir/debian" && pwd)
        mv "$bin/java" "$bin/java.arm64"
        printf '#!/bin/sh\nexec qemu-aarch64-static -L "%s" "%s/java.arm64" "$@"\n' "$debian" "$bin" >"$bin/java"
        chmod 755 "$bin/java"
        ;;
    ajar) exec "$dir/ajar/bin/ajar" "$@" ;;
    *) sed -n '2,13p' "$0"; exit 2 ;;
esac
