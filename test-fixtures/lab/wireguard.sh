#!/bin/sh
# One end of a WireGuard tunnel, by wireguard-go, which needs no module of the kernel. Runs until it is killed.
#
#   wireguard.sh INTERFACE ADDRESS KEY-FILE PEER-KEY PORT              the end that waits
#   wireguard.sh INTERFACE ADDRESS KEY-FILE PEER-KEY 0 ENDPOINT        the end that connects, every second
#
# INTERFACE is unique on this machine: the ends are found by a socket of that name, which namespaces do not separate.
set -eu
interface=$1 address=$2 key=$3 peer=$4 port=$5 endpoint=${6:-}

set_up() {
    until wg set "$interface" private-key "$key" listen-port "$port" peer "$peer" allowed-ips 10.9.0.0/24 \
        ${endpoint:+endpoint "$endpoint" persistent-keepalive 1} 2>/dev/null; do
        sleep 0.1
    done
    ip addr add "$address/24" dev "$interface"
    ip link set "$interface" up
    echo ready
}

set_up &
exec wireguard-go -f "$interface"
