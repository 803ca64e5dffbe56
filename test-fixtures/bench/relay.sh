#!/usr/bin/env bash
# What relaying costs: ajar beside no relay at all, socat, nginx and HAProxy, in one run on one machine.
#
#   sudo test-fixtures/bench/relay.sh [SECONDS]     after: mvn -q -B -ntp -DskipTests package
#
# SECONDS, 5 unless given, is how long one measurement takes; 2 seconds of the same load before it are not counted.
# With 5, all of it takes ten minutes. In the environment:
#
#   PEERS="haproxy ajar"        some of: direct socat nginx haproxy haproxy-splice ajar
#   ONLY="throughput udp"       some of: throughput latency connect idle udp
#   ROUNDS=3                    all of it so often, every second time in reverse order; the table has medians
#   AJAR=path                   default: target/ajar/bin/ajar
#   PIN=no                      let the system place client and device, too
#   WARMUP=2 MOST=25000 IDLE=2000 SOURCES=50 WINDOW=2      see below
#
# A client, a relay and a device, each a network namespace of its own:
#
#   ajar-bench-client 10.70.1.2 -- 10.70.1.1 ajar-bench-relay 10.70.2.1 -- 10.70.2.2 ajar-bench-device
#
# The device answers on 9001 (iperf3), 9002 and 9003 (what it is sent) and 9004/udp (likewise); relays listen on the
# same ports. "direct" is the relay's kernel forwarding packets: what this machine and this load can do at most.
# Needs bash, ip, ss, ps, taskset, iperf3 and a JDK 17 or newer, and what is to be measured: socat, haproxy, nginx with
# its stream module. Prints a table, ajar's ratios and the goals; exits 1 when a goal is missed or a measurement failed.
# Leave the machine alone meanwhile: a build beside it halves figures. It waits a minute for a quiet moment before each
# relay, and says so where other programs ran all the same.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/../.."

seconds=${1:-5}
peers=${PEERS:-direct socat nginx haproxy haproxy-splice ajar}
only=${ONLY:-throughput latency connect idle udp}
rounds=${ROUNDS:-1}
ajar=${AJAR:-$PWD/target/ajar/bin/ajar}
warmup=${WARMUP:-2}
# TCP needs a port for each connection, for a minute on both sides of the relay: so many at most, whatever SECONDS is.
most=${MOST:-25000}
idle=${IDLE:-2000}
# UDP is a closed loop: so many sources with so many datagrams under way each. An answer lets the next one go; what is
# not answered within 200 ms is lost. This way the test needs no guess of the rate a relay can take, and offers none
# that overloads the client on two cores. All datagrams under way fit into one socket's default receive buffer (208 KiB,
# 166 of ours; the kernel may be late to free a quarter of it): a loss is the relay's doing, not ours.
sources=${SOURCES:-50}
window=${WINDOW:-2}

# The client keeps to the first core, the device to the last; the relay may use all. Left to the system, client and
# device share a core in one run and not in the next, and the same relay is twice as fast, or half.
pin_client='' pin_device=''
if [ "${PIN:-yes}" != no ] && [ "$(nproc)" -gt 1 ]; then
    pin_client='taskset -c 0' pin_device="taskset -c $(($(nproc) - 1))"
fi

client=ajar-bench-client relay=ajar-bench-relay device=ajar-bench-device
near=10.70.1.1 far=10.70.2.2
hz=$(getconf CLK_TCK)
failed=0
load_pid='' iperf_pid='' echo_pid=''
relay_pids=()
declare -A figures

say() { echo "$*" >&2; }

die() {
    say "$*"
    exit 2
}

# The processes with these numbers and all that came from them, one a line, parents first.
tree() {
    [ $# -gt 0 ] || return 0
    ps -e -o ppid=,pid= | awk -v roots="$*" '
        { children[$1] = children[$1] " " $2 }
        END {
            n = split(roots, queue, " ")
            for (i = 1; i <= n; i++) {
                print queue[i]
                m = split(children[queue[i]], more, " ")
                for (j = 1; j <= m; j++) queue[++n] = more[j]
            }
        }'
}

alive() {
    local pid
    for pid in "$@"; do [ ! -d "/proc/$pid" ] || echo "$pid"; done
}

# stop PID...: asks these to end, gives them five seconds, and ends what is left of them and theirs
stop() {
    local all left tries=0
    [ $# -gt 0 ] || return 0
    all=$(tree "$@")
    kill "$@" 2>/dev/null || true
    # Split into words on purpose.
    # shellcheck disable=SC2086
    while left=$(alive $all) && [ -n "$left" ] && [ $tries -lt 50 ]; do
        tries=$((tries + 1))
        # Children of one that ended are not told by it.
        [ $tries -ne 10 ] || kill $left 2>/dev/null || true
        sleep 0.1
    done
    # shellcheck disable=SC2086
    [ -z "$left" ] || kill -9 $left 2>/dev/null || true
    wait "$@" 2>/dev/null || true
}

down() {
    local name
    for name in $client $relay $device; do
        ip netns del $name 2>/dev/null || true
    done
}

clean_up() {
    trap '' INT TERM
    # Words may be missing on purpose.
    # shellcheck disable=SC2086
    stop $load_pid "${relay_pids[@]}" $iperf_pid $echo_pid
    down
    rm -rf "$run"
}

# link NAMESPACE ADDRESS OF_RELAY NAME_IN_RELAY
link() {
    ip link add eth0 netns "$1" type veth peer name "$4" netns $relay
    ip -n "$1" addr add "$2/24" dev eth0
    ip -n "$1" link set eth0 up
    ip -n $relay addr add "$3/24" dev "$4"
    ip -n $relay link set "$4" up
    ip -n "$1" route add default via "$3"
}

up() {
    local name
    down
    for name in $client $relay $device; do
        ip netns add $name
        ip -n $name link set lo up
        ip netns exec $name sysctl -q -w net.ipv4.ip_local_port_range='10240 65535' net.ipv4.tcp_tw_reuse=1
    done
    link $client 10.70.1.2 $near client0
    link $device $far 10.70.2.1 device0
    ip netns exec $relay sysctl -q -w net.ipv4.ip_forward=1
}

# The newest JDK there is, the same for all.
newest_jdk() {
    local home
    for home in /usr/lib/jvm/* "${JAVA_HOME:-}"; do
        [ ! -x "$home/bin/javac" ] || [ ! -f "$home/release" ] ||
            echo "$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$home/release") $home"
    done | sort -V | tail -n 1 | cut -d ' ' -f 2-
}

# listens NAMESPACE PORT[/udp]...: waits until something listens there, ten seconds at most
listens() {
    local namespace=$1 port tries=0 kind
    shift
    for port in "$@"; do
        kind=-Hltn
        [ "$port" = "${port%/udp}" ] || kind=-Hlun
        until [ -n "$(ip netns exec "$namespace" ss $kind "sport = :${port%/udp}")" ]; do
            tries=$((tries + 1))
            [ $tries -lt 100 ] || return 1
            sleep 0.1
        done
    done
}

start_iperf() {
    # No words where there is nothing, on purpose.
    # shellcheck disable=SC2086
    stop $iperf_pid
    # shellcheck disable=SC2086
    ip netns exec $device $pin_device iperf3 -s -p 9001 >/dev/null 2>&1 </dev/null &
    iperf_pid=$!
    listens $device 9001 || die "iperf3 does not listen"
}

start_device() {
    start_iperf
    # shellcheck disable=SC2086
    ip netns exec $device $pin_device "${load[@]}" echo 9004 9002 9003 >"$run/echo.log" 2>&1 </dev/null &
    echo_pid=$!
    listens $device 9002 9003 9004/udp || die "the echo server does not listen: $(cat "$run/echo.log")"
}

# HAProxy as it comes: as many threads as cores, buffers of 16 KiB, no log. With a larger maxconn it would not start
# where 20000 files may be open, since it reckons with two for each connection, and the pipes for splicing.
haproxy_config() {
    local port
    echo 'global'
    echo '    maxconn 7000'
    echo 'defaults'
    echo '    mode tcp'
    echo '    timeout connect 10s'
    echo '    timeout client 1h'
    echo '    timeout server 1h'
    [ "$1" = haproxy ] || printf '    option splice-request\n    option splice-response\n'
    for port in 9001 9002 9003; do
        printf 'listen p%d\n    bind :%d\n    server device %s:%d\n' $port $port $far $port
    done
}

# nginx as it comes: buffers of 16 KiB. For UDP its manual wants reuseport, so that the datagrams of one source reach
# one worker. The number of answers is not limited (proxy_responses is not set).
nginx_config() {
    local port
    echo "load_module $(nginx -V 2>&1 | sed -n 's/.*--modules-path=\([^ ]*\).*/\1/p')/ngx_stream_module.so;"
    echo 'daemon off;'
    echo 'worker_processes auto;'
    echo "pid '$run/nginx.pid';"
    echo 'error_log /dev/null emerg;'
    echo 'events { worker_connections 10000; }'
    echo 'stream {'
    echo '    access_log off;'
    echo '    proxy_timeout 1h;'
    for port in 9001 9002 9003; do
        echo "    server { listen $port; proxy_pass $far:$port; }"
    done
    echo "    server { listen 9004 udp reuseport; proxy_pass $far:9004; proxy_timeout 10s; }"
    echo '}'
}

relay_run() {
    ip netns exec $relay "$@" >>"$run/relay.log" 2>&1 </dev/null &
    relay_pids+=($!)
}

start_relay() {
    local port ports=(9001 9002 9003)
    : >"$run/relay.log"
    case $1 in
        direct) return ;;
        socat)
            for port in "${ports[@]}"; do
                relay_run socat -b 131072 "TCP-LISTEN:$port,fork,reuseaddr,nodelay,backlog=1024" \
                    "TCP:$far:$port,nodelay"
            done
            ;;
        nginx)
            nginx_config >"$run/nginx.conf"
            relay_run nginx -e "$run/relay.log" -c "$run/nginx.conf"
            ports+=(9004/udp)
            ;;
        haproxy | haproxy-splice)
            haproxy_config "$1" >"$run/haproxy.cfg"
            relay_run haproxy -q -db -f "$run/haproxy.cfg"
            ;;
        ajar)
            relay_run "$ajar" relay --no-map --max-connections 8000 --per-source 8000 --rate off \
                9001:$far:9001 9002:$far:9002 9003:$far:9003 9004:$far:9004/udp
            ports+=(9004/udp)
            ;;
        *) die "no such relay: $1" ;;
    esac
    listens $relay "${ports[@]}" && return
    say "$1 did not start:"
    tail -n 20 "$run/relay.log" >&2
    failed=1
    stop_relay
    return 1
}

stop_relay() {
    stop "${relay_pids[@]}"
    relay_pids=()
}

# Where the client finds the device.
host() { if [ "$1" = direct ]; then echo $far; else echo $near; fi; }

# The processes that relay. Of ajar's, that is its last: the first one only watches it.
relaying() {
    if [ "$1" = ajar ]; then tree "${relay_pids[@]}" | tail -n 1; else tree "${relay_pids[@]}"; fi
}

# KiB of memory of these processes. socat's are counted without what they share, since it makes one for each connection.
memory() {
    local pid file=status key=VmRSS
    [ "$1" != socat ] || file=smaps_rollup key=Pss
    for pid in "${@:2}"; do
        cat "/proc/$pid/$file" 2>/dev/null || true
    done | awk -v key="$key:" '$1 == key { sum += $2 } END { print sum + 0 }'
}

# Clock ticks these processes have used, with those of their children that ended.
ticks() {
    local pid
    # Split into words on purpose.
    # shellcheck disable=SC2046
    for pid in $(tree "${relay_pids[@]}"); do
        sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null || true
    done | awk '{ sum += $12 + $13 + $14 + $15 } END { print sum + 0 }'
}

# Clock ticks used by programs that are none of ours, nor the kernel's own.
others() {
    local ours
    ours=$(tree $$ | tr '\n' ' ')
    cat /proc/[0-9]*/stat 2>/dev/null | awk -v ours="$ours" '
        BEGIN { n = split(ours, list, " "); for (i = 1; i <= n; i++) own[list[i]] = 1 }
        {
            pid = $1
            sub(/.*\) /, "")
            # The first process gets the time of orphans that ended, which may have been ours.
            if (!(pid in own) && pid != 2 && $2 != 2) sum += $12 + $13 + (pid == 1 ? 0 : $14 + $15)
        }
        END { print sum + 0 }' || true
}

# disturbance TICKS SINCE: the share of the machine that others have used since, in percent
disturbance() {
    awk -v t=$(($(others) - $1)) -v hz="$hz" -v s=$((SECONDS - $2)) -v cores="$(nproc)" 'BEGIN {
        printf "%.0f", t <= 0 || s < 1 ? 0 : 100 * t / hz / s / cores }'
}

# Waits until others leave the machine alone, a minute at most.
await_quiet() {
    local tries ticks since
    for tries in {1..30}; do
        ticks=$(others) since=$SECONDS
        sleep 2
        [ "$(disturbance "$ticks" "$since")" -ge 5 ] || return 0
        [ "$tries" != 1 ] || say "waiting for other programs to leave the machine alone"
    done
}

# from_client LIMIT COMMAND...: what it prints goes to $run/out. It is waited for, so that Ctrl-C acts at once.
from_client() {
    local status=0
    # shellcheck disable=SC2086
    timeout -k 5 "$1" ip netns exec $client $pin_client "${@:2}" >"$run/out" 2>"$run/err" </dev/null &
    load_pid=$!
    wait "$load_pid" || status=$?
    load_pid=''
    return $status
}

note() { figures[$1,$2]="${figures[$1,$2]:-} $3"; }

# load NAME PREFIX MODE ARGUMENT...: runs that load through that relay, records each word it reports
load() {
    local name=$1 prefix=$2 word
    if ! from_client $((seconds + warmup + 60)) "${load[@]}" "$3" "$(host "$name")" "${@:4}"; then
        say "$name: $3 failed: $(tail -n 3 "$run/err")"
        failed=1
        return 0
    fi
    [ ! -s "$run/err" ] || say "$name: $3: $(head -n 1 "$run/err")"
    say "    $prefix: $(cat "$run/out")"
    for word in $(cat "$run/out"); do note "$name" "$prefix-${word%%=*}" "${word#*=}"; done
}

# received FIELD: what iperf3 says of what arrived
received() {
    awk -v key="\"$1\":" '/"sum_received"/ { found = 1 } found && $1 == key { print $2 + 0; exit }' "$run/out"
}

# One run of iperf3; the server may still be busy with the one before.
iperf() {
    local name=$1 duration=$2 tries
    for tries in 1 2 3; do
        from_client $((duration + 20)) iperf3 -J -c "$(host "$name")" -p 9001 -t "$duration" "${@:3}" &&
            [ -n "$(received bits_per_second)" ] && return
        sleep 0.5
        [ "$tries" != 2 ] || start_iperf
    done
    say "$name: iperf3 ${*:3} failed: $(grep '"error"' "$run/out" || cat "$run/err")"
    failed=1
    return 1
}

# throughput NAME KEY TIMES OPTION...
throughput() {
    local name=$1 key=$2 times=$3 before bits
    shift 3
    iperf "$name" "$warmup" "$@" || return 0
    while [ "$times" -gt 0 ]; do
        times=$((times - 1))
        before=$(ticks)
        iperf "$name" "$seconds" "$@" || return 0
        bits=$(received bits_per_second)
        note "$name" "$key" "$(awk -v b="$bits" 'BEGIN { print b / 1e9 }')"
        [ "$key" != one ] || [ "$name" = direct ] || note "$name" cpu "$(awk -v t=$(($(ticks) - before)) -v hz="$hz" \
            -v bytes="$(received bytes)" 'BEGIN { print t / hz / (bytes / 1e9) }')"
    done
    say "    $key: Gbit/s${figures[$name,$key]}"
}

# What the relay takes right after its start, and for each connection that does nothing. In between it gets connections
# as for connect, never more than 8 at a time: what it takes once it has worked is not the connections'.
idle() {
    local name=$1 before after total tries=0
    sleep 2
    total=$(memory "$name" $(tree "${relay_pids[@]}"))
    before=$(memory "$name" $(relaying "$name"))
    note "$name" base "$(awk -v k="$before" 'BEGIN { print k / 1024 }')"
    note "$name" base-total "$(awk -v k="$total" 'BEGIN { print k / 1024 }')"
    from_client 60 "${load[@]}" connect "$(host "$name")" 9003 8 0 "$warmup" 2000 || true
    sleep 1
    before=$(memory "$name" $(relaying "$name"))
    rm -f "$run/hold"
    mkfifo "$run/hold"
    timeout -k 5 120 ip netns exec $client "${load[@]}" idle "$(host "$name")" 9002 "$idle" \
        <"$run/hold" >"$run/out" 2>"$run/err" &
    load_pid=$!
    exec 9>"$run/hold"
    until grep -q ready "$run/out" || [ ! -d "/proc/$load_pid" ] || [ $tries -ge 600 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    sleep 2
    after=$(memory "$name" $(relaying "$name"))
    exec 9>&-
    wait "$load_pid" || true
    load_pid=''
    if grep -q "alive=$idle\$" "$run/out"; then
        note "$name" each "$(awk -v k=$((after - before)) -v n="$idle" 'BEGIN { print k / n }')"
        say "    idle: MiB${figures[$name,base]}, KiB for each connection${figures[$name,each]}"
    else
        say "$name: idle failed: $(cat "$run/out" "$run/err")"
        failed=1
    fi
}

wanted() { [[ " $only " == *" $1 "* ]]; }

measure() {
    local name=$1
    say "$name"
    if wanted idle && [ "$name" != direct ]; then
        # A process of its own: one that relayed before has memory to spare.
        start_relay "$name" || return 0
        idle "$name"
        stop_relay
    fi
    start_relay "$name" || return 0
    if wanted throughput; then
        throughput "$name" one 3
        throughput "$name" one-back 3 -R
        throughput "$name" many 1 -P 16
        throughput "$name" many-back 1 -P 16 -R
    fi
    if wanted latency; then
        load "$name" latency1 latency 9002 1 "$warmup" "$seconds"
        load "$name" latency50 latency 9002 50 "$warmup" "$seconds"
    fi
    ! wanted connect || load "$name" connect connect 9003 8 "$warmup" "$seconds" "$most"
    case $name in
        direct | nginx | ajar) ! wanted udp || load "$name" udp udp 9004 "$sources" "$window" "$warmup" "$seconds" ;;
    esac
    stop_relay
}

# value NAME KEY: the median of the recorded values, or nothing
value() {
    echo "${figures[$1,$2]:-}" | tr ' ' '\n' | grep . | sort -g |
        awk '{ v[NR] = $1 } END { if (NR) print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }' || true
}

# The largest recorded value: every error counts.
worst() { echo "${figures[$1,$2]:-}" | tr ' ' '\n' | grep . | sort -g | tail -n 1 || true; }

# cell FORMAT VALUE...: a dash without a value
cell() {
    local text
    if [ -z "$2" ]; then text=-; else
        # The format is an argument on purpose.
        # shellcheck disable=SC2059
        text=$(printf "$@")
    fi
    printf ' %s |' "$text"
}

table() {
    local name key
    echo "| relay | Gbit/s 1 stream | reversed | 16 streams | 16 reversed | CPU s/GB | requests/s 1 conn | p50/p99 µs \
| requests/s 50 | p50/p99 µs | new conn/s (errors) | p99 µs | MiB base | KiB/conn | UDP datagrams/s (loss %) |"
    echo '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|'
    for name in $peers; do
        printf '| %s |' "$name"
        for key in one one-back many many-back; do cell %.2f "$(value "$name" $key)"; done
        cell %.3f "$(value "$name" cpu)"
        for key in latency1 latency50; do
            cell %.0f "$(value "$name" $key-per_second)"
            cell '%.0f/%.0f' "$(value "$name" $key-p50)" "$(value "$name" $key-p99)"
        done
        cell '%.0f (%d)' "$(value "$name" connect-per_second)" "$(worst "$name" connect-errors)"
        cell %.0f "$(value "$name" connect-p99)"
        cell %.1f "$(value "$name" base)"
        cell %.1f "$(value "$name" each)"
        cell '%.0f (%.2f)' "$(value "$name" udp-per_second)" "$(value "$name" udp-loss)"
        echo
    done
}

# goal TEXT VALUE ">="|"<=" LIMIT: prints nothing without a value
goal() {
    [ -n "$2" ] || return 0
    awk -v text="$1" -v value="$2" -v way="$3" -v limit="$4" 'BEGIN {
        met = way == ">=" ? value >= limit : value <= limit
        printf "  %-52s %8.3f  goal %s %s  %s\n", text, value, way, limit, met ? "met" : "missed"
        exit !met }' || failed=1
}

# ratio TEXT KEY ">="|"<=" LIMIT PEER...: ajar's figure by the best of these peers'
ratio() {
    local key=$2 mine best name line=1
    mine=$(value ajar "$key")
    [ "$3" = '<=' ] || line='$'
    best=$(for name in "${@:5}"; do value "$name" "$key"; done | sort -g | sed -n "${line}p")
    [ -n "$mine" ] && [ -n "$best" ] || return 0
    goal "$1" "$(awk -v a="$mine" -v b="$best" 'BEGIN { print a / b }')" "$3" "$4"
}

goals() {
    local both="haproxy haproxy-splice"
    [ -n "${figures[ajar,one]:-}${figures[ajar,latency1-p50]:-}${figures[ajar,connect-p50]:-}\
${figures[ajar,each]:-}${figures[ajar,udp-p50]:-}" ] || return 0
    echo
    echo "ajar by HAProxy's better mode, by nginx for UDP"
    # Split into words on purpose.
    # shellcheck disable=SC2086
    {
        ratio 'throughput, 1 stream' one '>=' 0.95 $both
        ratio 'throughput, 1 stream reversed' one-back '>=' 0.95 $both
        ratio 'throughput, 16 streams' many '>=' 1.0 $both
        ratio 'throughput, 16 streams reversed' many-back '>=' 1.0 $both
        ratio 'request and answer, 1 connection, p50' latency1-p50 '<=' 1.0 $both
        ratio 'request and answer, 1 connection, p99' latency1-p99 '<=' 1.1 $both
        ratio 'request and answer, 50 connections, p50' latency50-p50 '<=' 1.0 $both
        ratio 'request and answer, 50 connections, p99' latency50-p99 '<=' 1.1 $both
        ratio 'new connections' connect-per_second '>=' 0.8 $both
    }
    goal 'new connections, errors' "$(worst ajar connect-errors)" '<=' 0
    ratio 'UDP datagrams' udp-per_second '>=' 1.0 nginx
    goal 'memory of the relaying process at rest, MiB' "$(value ajar base)" '<=' 64
    goal 'memory for an idle connection, KiB' "$(value ajar each)" '<=' 8
    [ -z "$(value ajar base)" ] ||
        printf '  %-52s %8.1f\n' "memory of ajar's two processes at rest, MiB" "$(value ajar base-total)"
}

[ "$(id -u)" = 0 ] || die "network namespaces need root"
for tool in ip ss ps iperf3 taskset; do
    command -v $tool >/dev/null || die "$tool is not installed"
done
backwards=
for name in $peers; do
    case $name in
        direct) ;;
        socat | nginx | haproxy) command -v "$name" >/dev/null || die "$name is not installed; PEERS chooses others" ;;
        haproxy-splice) command -v haproxy >/dev/null || die "haproxy is not installed; PEERS chooses others" ;;
        ajar) [ -x "$ajar" ] || die "build first (mvn -q -B -ntp -DskipTests package), or leave ajar out of PEERS" ;;
        *) die "no such relay: $name" ;;
    esac
    backwards="$name $backwards"
done
for word in $only; do
    case $word in throughput | latency | connect | idle | udp) ;; *) die "no such measurement: $word" ;; esac
done
jdk=$(newest_jdk)
[ -n "$jdk" ] || die "no JDK under /usr/lib/jvm"
for name in $client $relay $device; do
    [ -z "$(ip netns pids $name 2>/dev/null || true)" ] || die "$name is in use: another run of this?"
done
# Room for all relays alike, as far as this machine allows it.
ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"
[ "$(ulimit -n)" -ge 20000 ] || die "this needs 20000 open files (ulimit -n), and gets $(ulimit -n)"

run=$(mktemp -d)
trap clean_up EXIT
trap 'exit 130' INT TERM
mkdir -m 700 "$run/state" "$run/runtime"
export XDG_STATE_HOME=$run/state XDG_RUNTIME_DIR=$run/runtime
"$jdk/bin/javac" -d "$run" test-fixtures/bench/RelayLoad.java
load=("$jdk/bin/java" -XX:+UseSerialGC -XX:-UsePerfData -Xmx256m -cp "$run" RelayLoad)

up
start_device
for ((round = 1; round <= rounds; round++)); do
    if [ $((round % 2)) = 1 ]; then order=$peers; else order=$backwards; fi
    for name in $order; do
        await_quiet
        ticks=$(others) since=$SECONDS
        measure "$name"
        note "$name" disturbance "$(disturbance "$ticks" "$since")"
    done
done
table
for name in $peers; do
    [ "$(worst "$name" disturbance)" -lt 5 ] ||
        echo "DISTURBED: other programs took $(worst "$name" disturbance) % of the machine while $name was measured"
done
goals
exit $failed
