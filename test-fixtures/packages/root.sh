#!/bin/sh
# A fresh system to install a package in: this machine's files with a layer on top that takes every change. What the layer
# contains after the removal is what the package left behind.
#
#   root.sh check                       says what is missing to run this, if anything
#   root.sh up FOLDER                   the system is FOLDER/system
#   root.sh run FOLDER COMMAND...       runs a command in it, with an empty environment
#   root.sh service FOLDER NETNS        from now on the system has a service manager of its own (below): units run in the
#                                       network namespace NETNS
#   root.sh user FOLDER UID GIDS COMMAND...
#                                       runs a command as another user on the network of service; GIDS as in 4711,4712
#   root.sh ctl FOLDER start|stop|restart|try-restart|is-active ajar.service
#   root.sh left FOLDER                 every file that the layer has, by its path in the system
#   root.sh down FOLDER
#
# The service manager stands in for systemd, which does not run in a changed root: what the package's scripts ask of
# deb-systemd-invoke and systemctl is done to ajar.service as its unit says, as another user, with the folders it names.
set -eu

command=${1:-help} folder=${2:-}
shift $(($# < 2 ? $# : 2))
layer=$folder/layer system=$folder/system

run() { chroot "$system" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"; }

case $command in
    check)
        for tool in rpm rpmbuild runc lintian systemd-analyze setpriv nsenter python3; do
            command -v $tool >/dev/null 2>&1 || { echo "$tool is not installed (see .ci/run)"; exit 1; }
        done
        grep -qw overlay /proc/filesystems || modprobe overlay 2>/dev/null || { echo "no overlay file system here"; exit 1; }
        ;;
    up)
        mkdir -p "$layer" "$system"
        mount -t tmpfs -o mode=755 ajar-layer "$layer"
        mkdir "$layer/upper" "$layer/work"
        mount -t overlay -o "lowerdir=/,upperdir=$layer/upper,workdir=$layer/work" ajar-system "$system"
        mount --bind /dev "$system/dev"
        mount -t proc proc "$system/proc"
        ;;
    run) run "$@" ;;
    service)
        mkdir -p "$system/run/systemd/system" "$system/run/ajar-test"
        echo "$1" >"$system/run/ajar-test/netns"
        for name in deb-systemd-invoke systemctl; do
            printf '#!/bin/sh\nexec /run/ajar-test/manager "$@"\n' >"$system/run/ajar-test/$name"
            chmod 755 "$system/run/ajar-test/$name"
            # Over the real one, if the machine has it, only inside this system.
            place=$(run sh -c "command -v $name" || true)
            cp "$system/run/ajar-test/$name" "$system${place:-/usr/bin/$name}"
        done
        cat >"$system/run/ajar-test/manager" <<-'MANAGER'
			#!/bin/sh
			# start, stop, restart and try-restart of ajar.service; everything else succeeds.
			here=/run/ajar-test
			verb= unit= now=
			for word; do
			    case $word in
			        --now) now=yes ;;
			        -*) ;;
			        *) if [ -z "$verb" ]; then verb=$word; else unit=$word; fi ;;
			    esac
			done
			[ "$unit" = ajar.service ] || exit 0
			[ "$verb$now" != disableyes ] || verb=stop
			running() { [ -s $here/pid ] && kill -0 "$(cat $here/pid)" 2>/dev/null; }
			stop() {
			    running || return 0
			    kill -TERM "$(cat $here/pid)"
			    for tenth in $(seq 400); do running || break; sleep 0.1; done
			    ! running && rm -rf /run/ajar
			}
			start() {
			    of() { sed -n "s/^$1=//p" /usr/lib/systemd/system/ajar.service; }
			    group=$(getent group "$(of Group)" | cut -d: -f3)
			    install -d -m "$(of StateDirectoryMode)" -o 61234 -g "$group" /var/lib/ajar
			    install -d -m "$(of RuntimeDirectoryMode)" -o 61234 -g "$group" /run/ajar
			    nsenter --net="$here/net" setpriv --reuid 61234 --regid "$group" --clear-groups env -i PATH=/usr/bin:/bin \
			        STATE_DIRECTORY=/var/lib/ajar RUNTIME_DIRECTORY=/run/ajar $(of Environment) \
			        sh -c "umask $(of UMask); exec $(of ExecStart)" >>$here/log 2>&1 &
			    echo $! >$here/pid
			    # As for a unit of Type=notify: it has started once it can be asked.
			    for tenth in $(seq 400); do [ ! -S /run/ajar/control.sock ] && running || break; sleep 0.1; done
			}
			case $verb in
			    start) running || start ;;
			    stop) stop ;;
			    restart) stop && start ;;
			    try-restart) if running; then stop && start; fi ;;
			    is-active) running ;;
			esac
		MANAGER
        chmod 755 "$system/run/ajar-test/manager"
        touch "$system/run/ajar-test/net"
        mount --bind "/run/netns/$1" "$system/run/ajar-test/net"
        ;;
    user)
        id=$1 groups=$2
        shift 2
        install -d -m 700 -o "$id" "$system/tmp/home-$id"
        run nsenter --net=/run/ajar-test/net setpriv --reuid "$id" --regid "${groups%%,*}" --groups "$groups" \
            env HOME="/tmp/home-$id" "$@"
        ;;
    ctl) run /run/ajar-test/manager "$@" ;;
    left) (cd "$layer/upper" && find . -type f -o -type l -o -type d -empty) | sed 's/^\.//' | sort ;;
    down)
        [ ! -x "$system/run/ajar-test/manager" ] || run /run/ajar-test/manager stop ajar.service || true
        umount "$system/run/ajar-test/net" 2>/dev/null || true
        umount "$system/proc" "$system/dev" || true
        umount "$system" || umount -l "$system"
        umount "$layer" || umount -l "$layer"
        ;;
    *) sed -n '2,18s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
