#!/bin/sh
# Windows' ajar under Wine, in a system of its own (Debian 13, whose Wine 10 runs a JVM) beside the lab's router.
#
#   chroot.sh check DIR                     says what is missing to run this, if anything
#   chroot.sh build DIR                     makes the system: Wine and what it needs of Debian 13, unpacked by this machine's
#                                           apt and dpkg without installing anything, and the Java runtime of Windows; takes
#                                           1.8 GB, Debian's and Maven's repositories. Exit code 75 if those cannot be had
#   chroot.sh pack DIR [installer]          packs target/ajar with that runtime as the archive, and installs it; also as the
#                                           installer, by makensis of Debian
#   chroot.sh install DIR ARCHIVE           unpacks ajar-VERSION-windows-x64.zip as C:\Program Files\ajar (x)
#   chroot.sh any DIR                       packs target/ajar as the archive for any system, and unpacks it as C:\any R&D (x)
#   chroot.sh up DIR NETNS                  starts Wine in a network namespace; what it saw of another one is forgotten
#   chroot.sh ajar DIR NETNS WORDS...       ajar.cmd WORDS, as typed at Windows' prompt
#   chroot.sh prompt DIR NETNS LINE         any line, typed there
#   chroot.sh stay DIR NETNS NAME WORDS...  the same in a console of its own; its output is in chroot.sh log DIR NAME
#   chroot.sh ctrl-c DIR NAME               presses Ctrl-C in that console
#   chroot.sh log DIR NAME
#   chroot.sh down DIR                      ends Wine and all that runs in it
#   chroot.sh story DIR                     all of it, in a lab called "win": prints what was typed and what came
#
# Wine has no route.exe, so route.c stands in for it. What is seen here is Java, sockets, files, lists of rights and cmd. Not
# seen: Windows' firewall, its consoles, UAC, the Task Scheduler.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
# For this test alone: it is never shipped, since it lacks a year of security updates.
runtime=org.sonarsource.scanner.cli:sonar-scanner-cli:8.0.1.6346:zip:windows-x64
digest=52b35b24be4ce5ec2e2933b32683db45db139581c46945546d9739b0c8866231
# Wine without what draws, prints and plays. Not with FreeType alone: then its desktop, without a screen, starts itself for ever.
wine="libwine wine64 libz-mingw-w64 libc6 libgcc-s1 libunwind8 liblzma5"
# Compiles route.c and console.c.
compiler="gcc-mingw-w64-x86-64-win32 gcc-mingw-w64-x86-64-win32-runtime binutils-mingw-w64-x86-64 mingw-w64-x86-64-dev
    mingw-w64-common libisl23 libmpc3 libmpfr6 libgmp10 zlib1g libzstd1"
command=${1:-help} dir=${2:-}
shift $(($# < 2 ? $# : 2))
drive=$dir/root/wine/drive_c
folder='Program Files/ajar (x)'

# inside NETNS COMMAND...: the mounts end with the process
# shellcheck disable=SC2016
inside() {
    netns=$1
    shift
    timeout "${limit:-300}" ip netns exec "$netns" sh -c 'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec env -i \
        PATH=/usr/lib/wine:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 XDG_RUNTIME_DIR=/run \
        WINEPREFIX=/root/wine WINELOADER=/usr/lib/wine/wine64 WINESERVER=/usr/lib/wine/wineserver64 \
        WINEDEBUG=-all "WINEDLLOVERRIDES=mscoree=;mshtml=;winemenubuilder.exe=" chroot "$0" "$@"' "$dir" "$@"
}

# batch NAME LINE: C:\NAME.cmd with one line, run in the folder of ajar.cmd
batch() {
    printf '@echo off\r\ncd /d "C:\\%s\\bin"\r\n%s\r\n' "$(printf %s "$folder" | sed 's:/:\\:g')" "$2" >"$drive/$1.cmd"
}

check() {
    [ "$(id -u)" = 0 ] || { echo "a changed root needs root"; return 1; }
    [ -d "$dir/usr/lib/wine" ] || { echo "no system with Wine in ${dir:-}: test-fixtures/windows/chroot.sh build DIR"; return 1; }
    [ -f "$drive/$folder/bin/ajar.cmd" ] || { echo "no ajar in $dir: test-fixtures/windows/chroot.sh pack DIR"; return 1; }
}

# What cannot be had now, and may be had later: EX_TEMPFAIL.
missing() {
    echo "cannot make the system with Wine: $*"
    exit 75
}

build() {
    [ -d "$dir/proc" ] && { echo "$dir is there already"; return 1; }
    mkdir -p "$dir/bin" "$dir/dev" "$dir/proc" "$dir/run" "$dir/sys" "$dir/tmp" "$dir/root/jre" "$dir/usr/lib" "$dir/usr/lib64"
    ln -s usr/lib "$dir/lib"
    ln -s usr/lib64 "$dir/lib64"
    # shellcheck disable=SC2086
    sh "$root/test-fixtures/packages/debian.sh" trixie amd64 "$dir" $wine $compiler
    # Wine names the user's folder by it.
    echo 'root:x:0:0::/root:/bin/sh' >"$dir/etc/passwd"
    # As libwine's own script does: Wine knows its libraries by a mark.
    zlib=$dir/usr/x86_64-w64-mingw32/lib/zlib1.dll
    {
        head -c 64 "$zlib"
        printf 'Wine builtin DLL\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
        tail -c +97 "$zlib"
    } >"$dir/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/zlib1.dll"
    ip netns add "$$-wine"
    trap 'down; ip netns del "$$-wine"' EXIT
    limit=90 inside "$$-wine" wine64 wineboot -i >"$dir/root/boot.log" 2>&1 </dev/null
    for program in route console; do
        cp "$here/$program.c" "$dir/root/"
    done
    gcc="inside $$-wine x86_64-w64-mingw32-gcc-win32 -O2 -s"
    $gcc -o /root/route.exe /root/route.c -liphlpapi -lws2_32
    $gcc -municode -o /root/console.exe /root/console.c
    down
    mv "$dir/root/route.exe" "$drive/windows/system32/route.exe"
    mv "$dir/root/console.exe" "$drive/console.exe"
    mvn -q -B -ntp dependency:copy -Dartifact=$runtime -DoutputDirectory="$dir/root/jre" >"$dir/root/jre/log" 2>&1 ||
        missing "$(tail -3 "$dir/root/jre/log")"
    zip=$(ls "$dir"/root/jre/*.zip)
    echo "$digest  $zip" | sha256sum -c - >/dev/null
    python3 -m zipfile -e "$zip" "$dir/root/jre"
    rm "$zip"
}

pack() {
    rm -f "$dir"/root/ajar-*
    for kind in archive "$@"; do
        "$root/src/packaging/assemble" --target "$root/target" --out "$dir/root" --even-if-old --fast \
            --runtime "$(ls -d "$dir"/root/jre/*/jre)" --as $kind windows-x64
    done
    [ $# = 0 ] || mv "$dir"/root/ajar-*-setup.exe "$drive/setup.exe"
    install "$(ls "$dir"/root/ajar-*-windows-x64.zip)"
    rm -f "$dir"/root/ajar-*
}

# Kept from the last time: what ajar wrote down.
install() {
    rm -rf "${drive:?}/$folder" "$dir/root/unpacked" "$drive/users/root/AppData/Local/ajar"
    python3 -m zipfile -e "$1" "$dir/root/unpacked"
    mv "$dir"/root/unpacked/* "$drive/$folder"
    rmdir "$dir/root/unpacked"
}

any() {
    rm -rf "$drive/any R&D (x)" "$dir/root/unpacked" "$dir"/root/ajar-*
    "$root/src/packaging/assemble" --target "$root/target" --out "$dir/root" any
    python3 -m zipfile -e "$(ls "$dir"/root/ajar-*-any.zip)" "$dir/root/unpacked"
    mv "$dir"/root/unpacked/* "$drive/any R&D (x)"
    rmdir "$dir/root/unpacked"
    rm -f "$dir"/root/ajar-*
}

down() {
    # The server of this prefix alone, and so all its programs.
    for pid in $(pgrep -x wineserver64 || true); do
        [ "$(readlink "/proc/$pid/root")" = "$(readlink -f "$dir")" ] || continue
        kill -TERM "$pid"
        tries=0
        while kill -0 "$pid" 2>/dev/null && [ $tries -lt 100 ]; do
            tries=$((tries + 1))
            sleep 0.1
        done
    done
}

# Without its own words, for each program: Wine lacks a call that the JVM asks for, and here FreeType.
quiet() {
    sed -e '/process group affinity failed/d' -e '/^Wine cannot find the FreeType/,/^http:..www.freetype.org/d'
}

case $command in
    check) check ;;
    build) build ;;
    pack) pack "$@" ;;
    install) install "$1" ;;
    any) any ;;
    up)
        down
        # Until it is ended: else it ends with the first program, and with it the view of the network that the others have.
        inside "$1" wineserver64 -p
        inside "$1" wine64 cmd /c ver >/dev/null 2>&1 </dev/null
        ;;
    ajar | prompt)
        netns=$1 line='call ajar.cmd' code=0
        shift
        if [ $command = prompt ]; then
            line=$1
        else
            for word; do line="$line $word"; done
        fi
        batch "typed-$$" "$line
exit /b %ERRORLEVEL%"
        # Not to a pipe: services that Wine starts by the way would hold it open.
        inside "$netns" wine64 cmd /c "C:\\typed-$$.cmd" >"$drive/typed-$$.out" 2>"$drive/typed-$$.err" </dev/null || code=$?
        quiet <"$drive/typed-$$.out" || true
        quiet <"$drive/typed-$$.err" >&2 || true
        rm -f "$drive/typed-$$".*
        exit $code
        ;;
    stay)
        netns=$1 name=$2
        shift 2
        line='call ajar.cmd'
        for word; do line="$line $word"; done
        batch "$name" "$line"
        rm -f "$drive/$name.log" "$drive/$name.stop"
        inside "$netns" wine64 'C:\console.exe' "C:\\$name.stop" "C:\\$name.log" "cmd /c C:\\$name.cmd" >/dev/null 2>&1 </dev/null &
        ;;
    ctrl-c) : >"$drive/$1.stop" ;;
    log) [ ! -f "$drive/$1.log" ] || quiet <"$drive/$1.log" || true ;;
    down) down ;;
    story)
        lab() { AJAR_LAB=win sh "$root/test-fixtures/lab/lab.sh" "$@"; }
        typed() {
            echo "> ajar $*"
            sh "$0" ajar "$dir" win-lan1 "$@" 2>&1 || echo "(exit code $?)"
        }
        check
        lab up igd2
        sh "$0" up "$dir" win-lan1
        typed version
        typed open 25565 --timeout 30s
        lab rules | grep dnat || true
        typed status --timeout 30s
        typed doctor 25565
        typed close 25565
        typed run --open 25566 --timeout 30s -- cmd /c exit 7
        typed demo
        sh "$0" down "$dir"
        lab down
        ;;
    *) sed -n '2,23p' "$0"; exit 2 ;;
esac
