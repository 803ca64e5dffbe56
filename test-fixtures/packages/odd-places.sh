#!/bin/sh
# Starts a program folder from places that users have and builds do not, and prints what it says: for each a line with the name of the
# place, the exit code, the number of lines on standard error and the first line of all that was said. Run it as
# "unshare -mn odd-places.sh": its mounts end with it, and it has no network.
#
#   odd-places.sh PROGRAM WORK      PROGRAM is a folder with bin/ajar; WORK an empty one
set -eu

program=$1 work=$2
letters=$(printf 'Spiele f\303\274r G\303\244ste \320\266')
mkdir -p "$work/home" "$work/$letters/home" "$work/noexec" "$work/full" "$work/bin"
cp -r "$program" "$work/$letters/ajar"

said() {
    place=$1
    shift
    code=0
    env -i PATH=/usr/bin:/bin ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} HOME="$work/home" "$@" >"$work/out" 2>"$work/err" || code=$?
    echo "$place: $code $(($(wc -l <"$work/err"))) $(cat "$work/out" "$work/err" | head -1)"
}

for locale in LANG=C LC_ALL=POSIX LC_ALL=de_DE.UTF-8 LANG=de_DE LC_ALL=C.UTF-8; do
    said "letters $locale" "$locale" "$work/$letters/ajar/bin/ajar" version
    said "home $locale" "$locale" HOME="$work/$letters/home" "$program/bin/ajar" presets list
done
# A system whose C library has no locale but C: this program says so in its place.
printf '#!/bin/sh\necho ANSI_X3.4-1968\n' >"$work/bin/locale"
chmod 755 "$work/bin/locale"
said 'no locale' PATH="$work/bin:/usr/bin:/bin" "$work/$letters/ajar/bin/ajar" version

mv "$work/$letters/ajar" "$work/moved"
said moved "$work/moved/bin/ajar" version
ln -s moved "$work/linked:to"
said 'colon linked' "$work/linked:to/bin/ajar" version
mv "$work/moved" "$work/1:2"
said colon "$work/1:2/bin/ajar" version
mv "$work/1:2" "$work/moved"

if [ -d "$program/runtime" ]; then
    mount -t tmpfs -o noexec,mode=755 tmpfs "$work/noexec"
    cp -r "$program" "$work/noexec/ajar"
    said noexec sh "$work/noexec/ajar/bin/ajar" version
fi

mount -t tmpfs -o size=64k tmpfs "$work/full"
dd if=/dev/zero of="$work/full/fill" bs=1k 2>/dev/null || true
said full HOME="$work/full" "$program/bin/ajar" version
rm "$work/full/fill"
umount "$work/full"
# What such a disk left of the JVM's own archive.
mkdir -p "$work/home/.cache/ajar"
for left in '' 'cut short'; do
    printf '%s' "$left" >"$work/home/.cache/ajar/classes.jsa"
    said "cache '$left'" "$program/bin/ajar" version
done
