#!/bin/sh
# A home, a router with a real daemon, and the internet, as network namespaces of this machine:
#
#   ajar-internet 11.22.33.10 -- 11.22.33.1 ajar-router 192.168.77.1 -- ajar-lan1 192.168.77.10
#                                                                   \- ajar-lan2 192.168.77.11
#
#   sudo test-fixtures/lab/lab.sh up igd2       IGD:2, NAT-PMP and PCP
#   sudo test-fixtures/lab/lab.sh up igd1       IGD:1 alone
#   sudo test-fixtures/lab/lab.sh up pxp        NAT-PMP and PCP, no UPnP
#   sudo test-fixtures/lab/lab.sh up private    as igd2, but the router's own WAN address is private
#   sudo test-fixtures/lab/lab.sh up lax        as igd2, and devices may open and close ports for each other
#   sudo test-fixtures/lab/lab.sh up none       a router without any daemon
#   The flavours and commands of beyond.sh, which says more: ipv6 ipv6-pxp ipv6-upnp ipv6-none,
#   nested nested-lax nested-open nested-public cgn cgn-closed, twins, vpn-natpmp; prefix reroute rules2 outer-rules
#   sudo test-fixtures/lab/lab.sh shape bridge br-lan   ajar-lan1 becomes another machine; machines.sh says which there are
#   sudo test-fixtures/lab/lab.sh aged          the daemon says it has run for as long as this machine, until it starts again
#   sudo test-fixtures/lab/lab.sh shortest 90   PCP grants leases of that many seconds and more; 120 by itself
#   sudo test-fixtures/lab/lab.sh restart       power cut: the daemon starts anew with an empty table, after two seconds
#                                               or as many as are named
#   sudo test-fixtures/lab/lab.sh crash 0.5 1   after half a second the daemons are killed and their rules flushed (a third
#                                               word, kept: they stay); a second later they start
#   sudo test-fixtures/lab/lab.sh loss 30       three packets of ten get lost between ajar-lan1 and the router, each way
#   sudo test-fixtures/lab/lab.sh stop          the daemon ends (stop outer: that one); start: it begins again
#   sudo test-fixtures/lab/lab.sh deaf          ajar-lan1 no longer hears what is sent to groups (deaf 50: half of it)
#   sudo test-fixtures/lab/lab.sh hear          it hears all again
#   sudo test-fixtures/lab/lab.sh wan 11.22.33.2       the router gets another internet address
#   sudo test-fixtures/lab/lab.sh move 192.168.77.42   ajar-lan1 gets another address
#   sudo test-fixtures/lab/lab.sh link down     ajar-lan1 loses its cable; up: it has it again
#   sudo test-fixtures/lab/lab.sh vpn           a tunnel takes ajar-lan1's default route
#   sudo test-fixtures/lab/lab.sh tunnelled     how many packets have gone into that tunnel
#   sudo test-fixtures/lab/lab.sh rules         the router's nftables rules
#   sudo test-fixtures/lab/lab.sh down
#   sudo test-fixtures/lab/lab.sh check         says what is missing to run this, if anything
#
# AJAR_LAB names the namespaces (ajar-lan1 and so on) and the folder; labs of different names can run at the same time.
# Then, for instance: ip netns exec ajar-lan1 target/ajar/bin/ajar open 25565
# The WAN addresses look public to miniupnpd, which refuses documentation networks; they never leave the namespaces.
set -eu

prefix=${AJAR_LAB:-ajar}
run=${AJAR_LAB_RUN:-${TMPDIR:-/tmp}/$prefix-lab}
internet=$prefix-internet router=$prefix-router lan1=$prefix-lan1 lan2=$prefix-lan2
. "$(dirname "$0")/beyond.sh"
. "$(dirname "$0")/machines.sh"
. "$(dirname "$0")/homes.sh"

in_router() { ip netns exec "$router" "$@"; }

check() {
    [ "$(id -u)" = 0 ] || { echo "network namespaces need root"; return 1; }
    for tool in ip nft miniupnpd upnpc natpmpc; do
        command -v $tool >/dev/null 2>&1 || { echo "$tool is not installed (see .ci/run)"; return 1; }
    done
    ip netns add "$prefix-probe" 2>/dev/null || { echo "this machine allows no network namespaces"; return 1; }
    ip netns del "$prefix-probe"
}

# namespace NAME
namespace() {
    ip netns add "$1"
    [ ! -f "$run/ipv6" ] || speak_ipv6 "$1"
    ip -n "$1" link set lo up
}

# host NAMESPACE ADDRESS GATEWAY PEER_IN_ROUTER [ROUTER]
host() {
    namespace "$1"
    ip link add eth0 netns "$1" type veth peer name "$4" netns "${5:-$router}"
    ip -n "$1" addr add "$2/24" dev eth0
    ip -n "$1" link set eth0 up
    [ -z "$3" ] || ip -n "$1" route add default via "$3"
}

up() {
    flavour "$1"
    down
    mkdir -p "$run"
    [ $ipv6 = none ] || : >"$run/ipv6"
    namespace "$router"
    if [ -n "$between" ]; then
        outer_router
    else
        host "$internet" $wan.10 "" wan0
        ip -n "$router" addr add $wan.1/24 dev wan0
        ip -n "$router" link set wan0 up
    fi
    host "$lan1" 192.168.77.10 192.168.77.1 port1
    host "$lan2" 192.168.77.11 192.168.77.1 port2
    ip -n "$router" link add lan0 type bridge
    for port in port1 port2; do
        ip -n "$router" link set $port master lan0 up
    done
    ip -n "$router" addr add 192.168.77.1/24 dev lan0
    ip -n "$router" link set lan0 up
    translate "$router"
    [ $served = no ] || configure router 192.168.77.0/24
    beyond "$1"
    start
}

# translate ROUTER
translate() {
    ip netns exec "$1" sysctl -q -w net.ipv4.ip_forward=1
    ip netns exec "$1" nft -f - <<NFT
table inet filter {
    chain miniupnpd { }
    chain prerouting_miniupnpd { }
    chain postrouting_miniupnpd { }
    chain forward {
        type filter hook forward priority 0; policy drop;
        iifname "lan0" accept
        ct state established,related accept
        jump miniupnpd
    }
    chain prerouting {
        type nat hook prerouting priority -100;
        jump prerouting_miniupnpd
    }
    chain postrouting {
        type nat hook postrouting priority 100;
        jump postrouting_miniupnpd
        oifname "wan0" masquerade
    }
}
NFT
}

# The parts of a flavour. ipv6: none (no host has it), no (the daemon does not use it) or yes.
flavour() {
    upnp=yes pxp=yes v1=no secure=yes served=yes wan=11.22.33 ipv6=none between='' told=''
    case $1 in
        igd2|twins|vpn-natpmp) ;;
        private) wan=10.99.99 ;;
        lax) secure=no ;;
        igd1) v1=yes pxp=no ;;
        pxp) upnp=no ;;
        none) served=no ;;
        ipv6) ipv6=yes ;;
        ipv6-pxp) ipv6=yes upnp=no ;;
        ipv6-upnp) ipv6=yes pxp=no ;;
        ipv6-none) ipv6=no ;;
        nested) between=10.99.99 ;;
        nested-lax) between=172.20.99 ;;
        nested-open) between=10.99.99 told=11.22.33.1 ;;
        nested-public) between=9.9.9 ;;
        cgn|cgn-closed) between=100.64.0 ;;
        *) echo "no such flavour: $1" >&2; exit 2 ;;
    esac
}

# configure NAME NETWORK_OF_ITS_CLIENTS [NUMBER]
configure() {
    disabled=yes
    [ $ipv6 != yes ] || disabled=no
    cat >"$run/$1.conf" <<CONF
ext_ifname=wan0
listening_ip=lan0
port=5000
ipv6_disable=$disabled
enable_upnp=$upnp
enable_natpmp=$pxp
force_igd_desc_v1=$v1
secure_mode=$secure
uuid=0f8a8f2e-0000-4000-8000-00000000000${3:-1}
friendly_name=Lab router
manufacturer_name=Example
model_name=RX-5
upnp_table_name=filter
upnp_nat_table_name=filter
upnp_forward_chain=miniupnpd
upnp_nat_chain=prerouting_miniupnpd
upnp_nat_postrouting_chain=postrouting_miniupnpd
${told:+ext_ip=$told}
allow 1024-65535 $2 1-65535
deny 0-65535 0.0.0.0/0 0-65535
CONF
}

# The names of the routers that have a daemon, from the internet inwards.
routers() {
    for name in outer router router2; do
        [ ! -f "$run/$name.conf" ] || echo $name
    done
}

start() {
    for name in $(routers); do
        rm -f "$run/$name.pid"
        daemon=miniupnpd
        [ ! -x "$run/$name.daemon" ] || daemon=$run/$name.daemon
        # Without a system logger the daemon writes to the console, which slows it; it gets a console of its own.
        ip netns exec "$prefix-$name" "$daemon" -f "$run/$name.conf" -P "$run/$name.pid" >/dev/null 2>&1 </dev/null
        tries=0
        until [ -s "$run/$name.pid" ] && listens "$prefix-$name"; do
            tries=$((tries + 1))
            [ $tries -lt 100 ] || { echo "miniupnpd did not start" >&2; exit 1; }
            sleep 0.05
        done
    done
}

# listens ROUTER
listens() {
    ip netns exec "$1" ss -Hlun | grep -qE ':(1900|5351) ' || return 1
    [ ! -f "$run/ipv6" ] || listens_ipv6 "$1"
}

# running NAME PID: whether that is what start began; its number alone could be another's by now.
running() {
    grep -qsaF "$run/$1.pid" "/proc/$2/cmdline"
}

# stop [ROUTER]: that one, or all
stop() {
    ended=''
    for name in ${1:-$(routers)}; do
        [ -s "$run/$name.pid" ] || continue
        pid=$(cat "$run/$name.pid")
        ! running "$name" "$pid" || kill "$pid" 2>/dev/null || true
        ended="${ended:-} $name:$pid"
    done
    tries=0
    for each in ${ended:-}; do
        while running "${each%:*}" "${each#*:}" && [ $tries -lt 100 ]; do
            tries=$((tries + 1))
            sleep 0.05
        done
        rm -f "$run/${each%:*}.pid"
    done
    ended=''
}

# A power cut is hardly told from the first start by an epoch of a few seconds; this one counts from the start of the machine.
aged() {
    stop
    for name in $(routers); do
        echo system_uptime=yes >>"$run/$name.conf"
    done
    start
    for name in $(routers); do
        sed -i /^system_uptime/d "$run/$name.conf"
    done
}

# shortest SECONDS: the shortest lease by PCP, until the next up
shortest() {
    stop
    for name in $(routers); do
        echo "min_lifetime=$1" >>"$run/$name.conf"
    done
    start
}

# restart [SECONDS]: a router is away for a while; that matters to a daemon beside it, and to nothing else.
restart() {
    stop
    sleep "$1"
    flush
    start
}

# flush: the rules of all daemons, in one transaction
flush() {
    for name in $(routers); do
        ip netns exec "$prefix-$name" nft -f - <<NFT
flush chain inet filter miniupnpd
flush chain inet filter prerouting_miniupnpd
flush chain inet filter postrouting_miniupnpd
NFT
    done
}

# crash AFTER AWAY [kept]: no daemon has time to say goodbye or to clear its rules
crash() {
    sleep "$1"
    for name in $(routers); do
        pid=$(cat "$run/$name.pid")
        ! running "$name" "$pid" || kill -KILL "$pid"
        # Until it has ended the next one cannot have its ports.
        while running "$name" "$pid"; do sleep 0.01; done
    done
    [ "${3:-}" = kept ] || flush
    sleep "$2"
    start
}

# Incoming packets at both ends: one that is dropped on its way out tells its sender so.
loss() {
    for end in "$lan1 eth0" "$router lan0"; do
        set -- $end "$1"
        ip netns exec "$1" nft delete table ip loss 2>/dev/null || true
        [ "$3" = 0 ] || ip netns exec "$1" nft -f - <<NFT
table ip loss {
    chain arriving {
        type filter hook prerouting priority -400;
        iifname "$2" numgen random mod 100 < $3 counter drop
    }
}
NFT
        shift 2
    done
}

# deaf [OF_A_HUNDRED]: a neighbour's switch that filters multicast, as far as a host can tell.
deaf() {
    hear
    ip netns exec "$lan1" nft -f - <<NFT
table ip deaf {
    chain arriving {
        type filter hook prerouting priority -400;
        ip daddr 224.0.0.0/4 ${1:+numgen random mod 100 < $1} counter drop
    }
}
NFT
}

hear() {
    ip netns exec "$lan1" nft delete table ip deaf 2>/dev/null || true
}

wan() {
    ip -n "$router" -4 addr flush dev wan0
    ip -n "$router" addr add "$1/24" dev wan0
    [ ! -e "/run/netns/$outer" ] || ip -n "$router" route replace default via "${1%.*}.1"
}

move() {
    ip -n "$lan1" -4 addr flush dev eth0
    ip -n "$lan1" addr add "$1/24" dev eth0
    ip -n "$lan1" route add default via 192.168.77.1
}

link() {
    ip -n "$lan1" link set eth0 "$1"
    [ "$1" = up ] || return 0
    ip -n "$lan1" route replace default via 192.168.77.1
    [ ! -f "$run/ipv6" ] || ip -n "$lan1" -6 route replace default via fe80::1 dev eth0
}

vpn() {
    ip -n "$lan1" link add tun0 type veth peer name tunnel
    # The kernel's own IPv6 greetings are not ours to count.
    ip netns exec "$lan1" sysctl -q -w net.ipv6.conf.tun0.disable_ipv6=1 net.ipv6.conf.tunnel.disable_ipv6=1
    ip -n "$lan1" link set tunnel up
    ip -n "$lan1" addr add 10.8.0.2/24 dev tun0
    ip -n "$lan1" link set tun0 multicast off up
    ip -n "$lan1" route replace default via 10.8.0.1 dev tun0
}

tunnelled() {
    ip netns exec "$lan1" cat /sys/class/net/tun0/statistics/tx_packets
}

down() {
    stop
    end_beside
    for name in "$lan1" "$lan2" "$internet" "$router" "$outer" "$router2" "$vpn"; do
        ip netns del "$name" 2>/dev/null || true
    done
    rm -rf "$run"
}

case ${1:-} in
    check) check ;;
    up) up "${2:?which flavour?}" ;;
    aged) aged ;;
    shortest) shortest "${2:?how many seconds?}" ;;
    restart) restart "${2:-2}" ;;
    stop) stop "${2:-}" ;;
    start) start ;;
    crash) crash "${2:?after how many seconds?}" "${3:?for how many?}" "${4:-}" ;;
    deaf) deaf "${2:-}" ;;
    hear) hear ;;
    wan) wan "${2:?which address?}" ;;
    move) move "${2:?which address?}" ;;
    link) link "${2:?up or down?}" ;;
    vpn) vpn ;;
    tunnelled) tunnelled ;;
    loss) loss "${2:?how many of a hundred?}" ;;
    rules) in_router nft list table inet filter ;;
    prefix) new_prefix "${2:?which prefix?}" ;;
    shape) shift; shape "$@" ;;
    reroute) reroute "${2:?which address?}" ;;
    rules2) ip netns exec "$router2" nft list table inet filter ;;
    outer-rules) ip netns exec "$outer" nft list table inet filter ;;
    down) down ;;
    *) sed -n '2,37p' "$0"; exit 2 ;;
esac
