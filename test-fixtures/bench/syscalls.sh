#!/usr/bin/env bash
# System calls and processor time of the relay for each connection, request, datagram and GB, beside HAProxy's and nginx's
# where they are there.
#
#   sudo test-fixtures/bench/syscalls.sh [COUNT]     after: mvn -q -B -ntp -DskipTests package
#
# COUNT, 1000 unless given, is how often each is done; the processor time is that of five times as many. AJAR names another
# ajar than target/ajar/bin/ajar, ON=0 keeps all relays to the first core, ONLY names some of the kinds below and WARM how
# many of each come before. Unlike times by the clock, the figures hardly
# depend on what else the machine does. Needs bash, ip, ss, strace, taskset and python3.
#
#   connection   connect, a byte there and back, the end from both sides
#   request      100 bytes there and back on a connection that stays
#   datagrams    100 bytes there and back by UDP, in a session that exists
#   burst        the same from 32 sources at once: for each exchange
#   gigabyte     a stream of 1 GB to the device; calls of a tenth of it
#
# A relay with the device on the other side of a link, and the client at another address of that side.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/../.."

count=${1:-1000}
only=${ONLY:-connection request datagrams burst gigabyte}
ajar=${AJAR:-$PWD/target/ajar/bin/ajar}
relay=ajar-calls-relay device=ajar-calls-device
near=10.71.0.1 far=10.71.0.2 from=10.71.0.3
run=$(mktemp -d)
pids=()
pinned=''
[ -z "${ON:-}" ] || pinned="taskset -c $ON"

cat >"$run/load.py" <<'PYTHON'
import socket, sys, threading

what, own, host, port, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])


def connect():
    return socket.create_connection((host, port), 5, (own, 0))


def serve(connection):
    data = connection.recv(65536)
    if data[:1] == b"G":
        block = bytearray(1 << 20)
        while connection.recv_into(block):
            pass
    while data:
        connection.sendall(data)
        data = connection.recv(65536)
    connection.close()


def echo_datagrams():
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind((own, port))
    while True:
        data, client = udp.recvfrom(65536)
        udp.sendto(data, client)


if what == "echo":
    threading.Thread(target=echo_datagrams, daemon=True).start()
    with socket.create_server((own, port), backlog=512) as server:
        while True:
            threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
elif what == "connection":
    for _ in range(count):
        with connect() as client:
            client.sendall(b"x")
            client.recv(1)
            client.shutdown(socket.SHUT_WR)
            client.recv(1)
elif what == "request":
    with connect() as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(count):
            client.sendall(b"x" * 100)
            client.recv(200)
elif what == "gigabyte":
    block = b"G" * 1_000_000
    with connect() as client:
        for _ in range(count):
            client.sendall(block)
        client.shutdown(socket.SHUT_WR)
        while client.recv(65536):
            pass
elif what == "burst":
    clients = []
    for _ in range(32):
        client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        client.bind((own, 0))
        client.settimeout(5)
        client.connect((host, port))
        clients.append(client)
    for _ in range(count // 32):
        for client in clients:
            client.send(b"x" * 100)
        for client in clients:
            client.recv(200)
else:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.bind((own, 0))
        client.settimeout(5)
        client.connect((host, port))
        for _ in range(count):
            client.send(b"x" * 100)
            client.recv(200)
PYTHON

clean_up() {
    [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    ip netns del $relay 2>/dev/null || true
    ip netns del $device 2>/dev/null || true
    rm -rf "$run"
}
trap clean_up EXIT

ip netns add $relay
ip netns add $device
ip link add eth0 netns $relay type veth peer name eth0 netns $device
for one in $relay $device; do
    ip -n $one link set lo up
    ip -n $one link set eth0 up
done
ip -n $relay addr add $near/24 dev eth0
ip -n $device addr add $far/24 dev eth0
ip -n $device addr add $from/24 dev eth0

load() { ip netns exec $device python3 "$run/load.py" "$1" $from $near "$2" "$3"; }

# start PORT COMMAND...: in the relay's namespace; waits until it listens
start() {
    local port=$1 tries=0
    shift
    # shellcheck disable=SC2086 # No words where there is nothing.
    ip netns exec $relay $pinned "$@" >>"$run/log" 2>&1 </dev/null &
    pids+=($!)
    until [ -n "$(ip netns exec $relay ss -Hltn "sport = :$port")" ]; do
        tries=$((tries + 1))
        if [ $tries -ge 100 ]; then
            echo "$1 does not listen:" >&2
            tail "$run/log" >&2
            exit 2
        fi
        sleep 0.1
    done
}

# The processes of the relay that was started last which have no children: those that relay.
leaves() {
    ps -e -o ppid=,pid= | awk -v root="$1" '
        { parent[$2] = $1; children[$1]++ }
        END {
            for (pid in parent) {
                if (children[pid]) continue
                for (p = pid; p != root && p in parent; p = parent[p]) { }
                if (p == root) print pid
            }
        }'
}

# Nanoseconds of processor time the processes with these numbers have used.
spent() {
    local pid
    for pid in "$@"; do cat /proc/"$pid"/task/*/schedstat 2>/dev/null || true; done |
        awk '{ sum += $1 } END { printf "%.0f", sum }'
}

# measure NAME PORT WHAT: a warm-up, the time of many, then the calls of each
measure() {
    case $1-$3 in haproxy*-datagrams | haproxy*-burst) return ;; esac
    local pid ours arguments=() tracer warm=${WARM:-1000} timed=$((count * 5)) counted=$count before after
    # In megabytes.
    [ "$3" != gigabyte ] || timed=2000 counted=100
    load "$3" "$2" $warm
    ours=$(leaves "${pids[-1]}")
    # Split into words on purpose.
    # shellcheck disable=SC2086
    before=$(spent $ours)
    load "$3" "$2" $timed
    # shellcheck disable=SC2086
    after=$(spent $ours)
    for pid in $ours; do arguments+=(-p "$pid"); done
    strace -c -f -o "$run/calls" "${arguments[@]}" 2>/dev/null &
    tracer=$!
    # strace has to attach to each thread.
    sleep 2
    load "$3" "$2" "$counted"
    kill -INT $tracer
    wait $tracer 2>/dev/null || true
    # Compilers and collectors of the JVM wait by futex; no relay does.
    awk -v name="$1" -v what="$3" -v n="$counted" -v us=$(((after - before) / timed)) '
        $NF ~ /^[a-z_0-9]+$/ && $4 + 0 > 0 && $NF != "total" && $NF != "futex" && $NF !~ /^(sched|clock)_/ {
            each = $4 / (what == "gigabyte" ? n / 1000 : n)
            sum += each
            if (each >= 0.05) list = list sprintf(" %s %.1f", $NF, each)
        }
        END { printf "| %s | %s | %.1f | %.1f |%s |\n", what, name, sum, us / 1000, list }' "$run/calls"
}

ip netns exec $device python3 "$run/load.py" echo $far $far 9002 0 >/dev/null 2>&1 </dev/null &
pids+=($!)

echo '| for each | relay | calls | CPU, µs (GB: ms) | which |'
echo '|---|---|--:|--:|---|'
start 9002 "$ajar" relay --no-map --rate off --per-source 2000 9002:$far:9002/both
for what in $only; do measure ajar 9002 $what; done
if command -v haproxy >/dev/null; then
    port=9005
    for mode in haproxy haproxy-splice; do
        port=$((port + 1))
        {
            echo 'global'
            echo '    maxconn 2000'
            echo 'defaults'
            echo '    mode tcp'
            echo '    timeout connect 10s'
            echo '    timeout client 1h'
            echo '    timeout server 1h'
            [ $mode = haproxy ] || printf '    option splice-request\n    option splice-response\n'
            printf 'listen relay\n    bind :%d\n    server device %s:9002\n' $port $far
        } >"$run/$mode.cfg"
        start $port haproxy -q -db -f "$run/$mode.cfg"
        for what in $only; do measure $mode $port $what; done
    done
fi
if command -v nginx >/dev/null; then
    cat >"$run/nginx.conf" <<END
load_module $(nginx -V 2>&1 | sed -n 's/.*--modules-path=\([^ ]*\).*/\1/p')/ngx_stream_module.so;
daemon off;
worker_processes auto;
pid $run/nginx.pid;
error_log /dev/null emerg;
events { worker_connections 2000; }
stream {
    access_log off;
    server { listen 9004; proxy_pass $far:9002; }
    server { listen 9004 udp reuseport; proxy_pass $far:9002; }
}
END
    start 9004 nginx -e "$run/log" -c "$run/nginx.conf"
    for what in $only; do measure nginx 9004 $what; done
fi
