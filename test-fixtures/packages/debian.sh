#!/bin/sh
# Unpacks packages of another release or processor of Debian into a folder: downloaded by this machine's apt and checked
# against the archive's signature, without installing anything and without a change of this machine's apt.
#
#   debian.sh RELEASE ARCHITECTURE FOLDER PACKAGES...     exit code 75 if they cannot be had now
set -eu

release=$1 architecture=$2 folder=$3
shift 3

# What cannot be had now, and may be had later: EX_TEMPFAIL.
missing() {
    echo "cannot fetch Debian's packages for $architecture: $*"
    exit 75
}

mirror=$(apt-get indextargets --format '$(REPO_URI)|$(LABEL)|$(COMPONENT)' 'Created-By: Packages' |
    sed -n 's/|Debian|main$//p' | head -1)
[ -n "$mirror" ] || missing "this machine's apt has no mirror of Debian"
mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial" "$folder/packages"
own=$(readlink -f "$folder")/apt
: >"$own/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $release main" >"$own/sources.list"
cat >"$own/apt.conf" <<END
Dir::Etc { SourceList "$own/sources.list"; SourceParts "/dev/null"; Preferences "/dev/null"; PreferencesParts "/dev/null"; };
Dir::State "$own";
Dir::State::status "$own/status";
Dir::Cache "$own/cache";
APT { Architecture "$architecture"; Architectures { "$architecture"; }; Sandbox::User "root"; };
Acquire { Languages "none"; Retries "1"; http::Timeout "30"; https::Timeout "30"; };
END
export APT_CONFIG="$own/apt.conf"
apt-get -q update >"$own/log" 2>&1 || missing "$(tail -3 "$own/log")"
(cd "$folder/packages" && apt-get -q download "$@") >"$own/log" 2>&1 || missing "$(tail -3 "$own/log")"
for package in "$folder"/packages/*.deb; do
    dpkg-deb -x "$package" "$folder"
done
rm -r "$folder/packages" "$folder/apt"
