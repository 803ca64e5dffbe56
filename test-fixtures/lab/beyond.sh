# Beyond one router and IPv4; lab.sh sources this file.
#
# IPv6, beside all that igd2 has: internet 2a0b:11::10 -- 2a0b:11::1 router fe80::1 -- lan1 2a0b:77::10, lan2 2a0b:77::11.
# lan1 has a temporary address too, and the kernel prefers that for what it sends (link down takes it away).
#   ipv6             pinholes by UPnP and PCP
#   ipv6-pxp         by PCP alone, and NAT-PMP for IPv4
#   ipv6-upnp        by UPnP alone: neither NAT-PMP nor PCP, for IPv4 or IPv6
#   ipv6-none        the router lets no IPv6 in and has no protocol to open it; IPv4 as igd2
#   prefix 2a0b:78   the provider gives the home another prefix
#
# A router behind a router: internet 11.22.33.10 -- 11.22.33.1 outer X.1 -- X.2 router 192.168.77.1 -- lan1, lan2.
#   nested           X is 10.99.99: the inner daemon refuses everything, the outer grants
#   nested-lax       X is 172.20.99, and the inner grants what it is asked for, as many a router does
#   nested-open      the same as nested, but the inner has been told that it is 11.22.33.1, and grants too
#   nested-public    X is 9.9.9, which looks public: the inner grants, and says 9.9.9.2
#   cgn              X is 100.64.0, and the outer the provider's: NAT-PMP and PCP, at 192.0.0.9 as well; the inner grants
#   cgn-closed       the same, but the inner refuses
#   outer-rules      the outer router's nftables rules
#
#   twins            igd2 twice: router2 is 192.168.77.2 on the same LAN, and 11.22.34.1 to the internet's 11.22.34.10
#   rules2           router2's nftables rules
#   reroute 192.168.77.2   lan1's default route goes there from now on
#
#   vpn-natpmp       as igd2, and lan1 (10.2.0.2 on tun0) has a tunnel to vpn (10.2.0.1), which waits for a server there;
#                    the default route stays the router's until reroute 10.2.0.1

outer=$prefix-outer router2=$prefix-router2 vpn=$prefix-vpn

# beyond FLAVOUR: what it has beside one router, two hosts and the internet.
beyond() {
    case $1 in
        ipv6-upnp) ipv6; no_pcp ;;
        ipv6*) ipv6 ;;
        cgn) believe router "$carrier" '\x00\x00\x40\xf0\x16\x00\x00\x00' ;; # 240.64.0.0/10
        nested-lax) believe router "$private" '\x00\x00\x10\xf0\x14\x00\x00\x00' ;; # 240.16.0.0/12
        nested-public) believe outer "$carrier" '\x00\x09\x09\x09\x08\x00\x00\x00' ;; # 9.9.9.0/24
        twins) second_router ;;
        vpn-natpmp) tunnel ;;
    esac
}

# Before it has any link. Addresses are usable at once, and outlive an unplugged cable.
speak_ipv6() {
    for scope in all default; do
        ip netns exec "$1" sysctl -q -w net.ipv6.conf.$scope.disable_ipv6=0 net.ipv6.conf.$scope.accept_dad=0 \
            net.ipv6.conf.$scope.keep_addr_on_down=1
    done
}

ipv6() {
    in_router sysctl -q -w net.ipv6.conf.all.forwarding=1
    ip -n "$router" addr add fe80::1/64 dev lan0 nodad
    ip -n "$router" addr add 2a0b:77::1/64 dev lan0 nodad
    ip -n "$router" addr add 2a0b:11::1/64 dev wan0 nodad
    ip -n "$internet" addr add 2a0b:11::10/64 dev eth0 nodad
    ip -n "$internet" -6 route add default via 2a0b:11::1
    ip netns exec "$lan1" sysctl -q -w net.ipv6.conf.eth0.use_tempaddr=2
    ip -n "$lan1" addr add 2a0b:77::10/64 dev eth0 nodad mngtmpaddr
    ip -n "$lan2" addr add 2a0b:77::11/64 dev eth0 nodad
    for host in "$lan1" "$lan2"; do
        ip -n "$host" -6 route add default via fe80::1 dev eth0
    done
}

# enable_natpmp=no leaves PCP over IPv6 switched on.
no_pcp() {
    in_router nft -f - <<NFT
table inet switch {
    chain arriving {
        type filter hook input priority 0;
        udp dport 5351 reject
    }
}
NFT
}

# listens_ipv6 ROUTER
listens_ipv6() {
    grep -q '^ipv6_disable=no' "$run/router.conf" || return 0
    ! grep -q '^enable_natpmp=yes' "$run/router.conf" ||
        ip netns exec "$1" ss -Hlun6 | grep -qE '\[::\]:5351 ' || return 1
    ! grep -q '^enable_upnp=yes' "$run/router.conf" ||
        ip netns exec "$1" ss -Hltn6 | grep -qE '\*(%lan0)?:5000 '
}

# new_prefix PREFIX, without its last two colons
new_prefix() {
    ip -n "$lan1" -6 addr flush dev eth0 scope global
    ip -n "$router" addr add "$1::1/64" dev lan0 nodad
    ip -n "$lan1" addr add "$1::10/64" dev eth0 nodad mngtmpaddr
}

outer_router() {
    namespace "$outer"
    host "$internet" 11.22.33.10 "" wan0 "$outer"
    ip -n "$outer" addr add 11.22.33.1/24 dev wan0
    ip link add lan0 netns "$outer" type veth peer name wan0 netns "$router"
    ip -n "$outer" addr add $between.1/24 dev lan0
    ip -n "$router" addr add $between.2/24 dev wan0
    ip -n "$outer" link set wan0 up
    ip -n "$outer" link set lan0 up
    ip -n "$router" link set wan0 up
    ip -n "$router" route add default via $between.1
    translate "$outer"
    case $between in
        100.64.0) ip -n "$outer" addr add 192.0.0.9/32 dev lo; upnp=no ;;
    esac
    inner=$told told=''
    configure outer $between.0/24 2
    [ $upnp = yes ] || echo listening_ip=192.0.0.9 >>"$run/outer.conf"
    upnp=yes told=$inner
}

carrier='\x00\x00\x40\x64\x16\x00\x00\x00' # 100.64.0.0/10
private='\x00\x00\x10\xac\x14\x00\x00\x00' # 172.16.0.0/12

# believe NAME OLD NEW: a copy of the daemon for this router, with another network in the place of one in its table of
# reserved ones. As it is shipped, it refuses everything where its own address is a reserved one (and ends when
# ext_ip is), which many a router does not; and it ends where the address of its LAN is none. Networks are written as there:
# the address and 32 less the length of its prefix, each from the low byte up.
believe() {
    shipped=$(command -v miniupnpd)
    LC_ALL=C sed "s/$2/$3/" "$shipped" >"$run/$1.daemon"
    ! cmp -s "$shipped" "$run/$1.daemon" || { echo "this miniupnpd has another table of reserved networks" >&2; exit 1; }
    chmod +x "$run/$1.daemon"
}

second_router() {
    namespace "$router2"
    ip link add lan0 netns "$router2" type veth peer name port3 netns "$router"
    ip -n "$router" link set port3 master lan0 up
    ip link add eth1 netns "$internet" type veth peer name wan0 netns "$router2"
    ip -n "$router2" addr add 192.168.77.2/24 dev lan0
    ip -n "$router2" addr add 11.22.34.1/24 dev wan0
    ip -n "$internet" addr add 11.22.34.10/24 dev eth1
    ip -n "$router2" link set lan0 up
    ip -n "$router2" link set wan0 up
    ip -n "$internet" link set eth1 up
    translate "$router2"
    configure router2 192.168.77.0/24 3
}

reroute() {
    ip -n "$lan1" route replace default via "$1"
}

tunnel() {
    namespace "$vpn"
    ip link add tun0 netns "$lan1" type veth peer name eth0 netns "$vpn"
    # A tunnel has neither IPv6 nor groups here.
    ip netns exec "$lan1" sysctl -q -w net.ipv6.conf.tun0.disable_ipv6=1
    ip netns exec "$vpn" sysctl -q -w net.ipv6.conf.eth0.disable_ipv6=1
    ip -n "$lan1" addr add 10.2.0.2/24 dev tun0
    ip -n "$vpn" addr add 10.2.0.1/24 dev eth0
    ip -n "$lan1" link set tun0 multicast off up
    ip -n "$vpn" link set eth0 up
}
