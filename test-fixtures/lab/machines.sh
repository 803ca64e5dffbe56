# Other shapes of lan1, the machine that ajar runs on; lab.sh sources this file. Each is made from a lab that is up.
#
#   shape bridge NAME       lan1's network is a bridge of that name, with the cable as its port
#   shape containers NAME   beside it, a bridge of that name with one container behind it
#   shape wifi              a second link, eth1, to the same network as 192.168.77.15, with a worse metric
#   shape prefer eth1       that link's metric becomes the better one; prefer eth0: back
#   shape tunnel NAME METRIC   a tun interface of that name, 10.96.0.5, with a default route of that metric
#   shape tunnel-beside NAME METRIC   the same, and the default route of lan1 stays as it is
#   shape unplugged         the only link is down
#   shape halves NAME       the same with two routes to half of the internet each, and none to all of it
#   shape replaced NAME     the tunnel has the only default route, and its far end is reached by the router
#   shape dialled NAME      no network at home: a line with a public address of its own has the only default route
#   shape self-given        DHCP has failed: an address of 169.254 and nothing else
#   shape kill-switch       rules that a VPN left behind let nothing out to the internet
#   shape policy NAME       the same with a table and rules of its own, as wg-quick makes them
#   shape split NAME CONDITION   such a tunnel for what a rule of that condition applies to alone: uidrange 1001-1001, fwmark 1
#   shape back NAME CONDITION    the tunnel has the default route, and what the rule applies to leaves by the router
#   shape prohibit CONDITION     what a rule of that condition applies to is not let out
#   shape prohibit6 CONDITION    the same over IPv6 alone (of flavour ipv6)
#   shape proxy CONDITION        what a rule of that condition applies to is taken to this machine itself, as by a transparent proxy
#   shape same-network NAME      a bridge of containers of that name has the home's network, and the router's address
#   shape many-rules NAME        thirty rules by marks to the usual table, and one that sends user 1000 into a tunnel of that name
#   shape rules-gone             there was a rule once
#   shape half NAME NETWORK      such a tunnel for a part of the internet alone: 128.0.0.0/1
#   shape from-table             the default route is in a table for what is sent from lan1's own address
#   shape mesh NAME NETWORK      a tunnel with a table and rules of its own as a mesh VPN makes them; default: by its exit node
#   shape host-address      the cable's address is its whole network, and the router is reached by a route of its own
#   shape far-gateway       the same, and the gateway's address is of another network than the address it answers from
#   shape bridge-tap NAME   the LAN is a bridge of that name with the cable and a virtual machine as its ports
#   shape shim NAME         a macvlan of that name beside the cable's own address, for containers that have addresses of the LAN
#   shape no-signal         the cable is out, and its address and route were set by hand and stay
#   shape local-ipv6        no IPv4, and over IPv6 an address of the home alone (of flavour ipv6)
#   shape translated NAME   no IPv4 but by a translator to IPv6 (464XLAT) of that name (of flavour ipv6)
#   shape inside NAME       a second link has the default route, and its router, 10.9.9.1, answers nothing
#   shape keeps-answers     its own firewall lets out what goes to the home, and nothing to the internet
#   shape sends-on NAME     tcp 25565 is sent on to a container behind a bridge of that name, which answers
#   shape shuts-sent-on     what is sent on is dropped by a rule of its own
#   shape peer-address      the cable is a line with the router at its other end
#   shape uplink NAME METRIC     a second uplink with a router of its own, 10.9.9.1, that answers nothing
#   shape uplink-beside NAME     the same by a route of its own that is as preferred as the other, as network managers make it
#   shape hops6                  one route over IPv6 with two routers as next hops (of flavour ipv6), of which the second answers nothing
#   shape uplink-equal NAME      the same, and one route with both as next hops
#   shape table             the default route is in table 200, which a rule names
#   shape onlink            a default route without a gateway
#   shape ipv6-only         no IPv4 (of flavour ipv6)
#   shape stale             an address of a former prefix that is still preferred (of flavour ipv6)
#   shape second-router     a second router advertises itself as the better one (of flavour ipv6), and answers to nothing
#   shape stacked           the cable's address is on a macvlan of it
#   shape alias             a second address, 192.168.77.16, on the same link
#   shape alias-on NAME     the same on another link
#   shape renumber          DHCP gives another address, 192.168.77.17, in place of the first
#   shape behind-nat        a container of lan2: 172.17.0.2, behind lan2's bridge and its NAT
#   shape keeps-in          its own firewall lets nothing out to UDP 1900 and 5351; shape lets-out ends that
#   shape floating          the gateway's address is a virtual router's (VRRP), and the daemon answers from 192.168.77.2
#   shape floating-one-card the same on the router's own network card
#   shape isolated          lan1's default route is gone

on_lan1() { ip netns exec "$lan1" "$@"; }

# readdress LINK: lan1's address and route on another link
readdress() {
    ip -n "$lan1" addr flush dev eth0
    ip -n "$lan1" link set "$1" up
    ip -n "$lan1" addr add 192.168.77.10/24 dev "$1"
    ip -n "$lan1" route replace default via 192.168.77.1 dev "$1"
}

# tun NAME: a real one, without a program behind it
tun() {
    on_lan1 ip tuntap add dev "$1" mode tun
    ip -n "$lan1" addr add 10.96.0.5/24 dev "$1"
    ip -n "$lan1" link set "$1" up
}

# uplink NAME: a link whose other end answers to nothing
uplink() {
    ip -n "$lan1" link add "$1" type veth peer name other9
    ip -n "$lan1" link set other9 up
    ip -n "$lan1" link set "$1" up
    ip -n "$lan1" addr add 10.9.9.2/24 dev "$1"
}

# greet ADDRESS...: lan1 has talked to these devices of its link, and knows their cards
greet() {
    for device in "$@"; do
        echo | on_lan1 socat -u - "UDP6-SENDTO:[$device%eth0]:9" 2>/dev/null || true
    done
    sleep 0.2
}

shape() {
    case $1 in
        bridge)
            ip -n "$lan1" link add "$2" type bridge
            ip -n "$lan1" link set eth0 master "$2"
            readdress "$2"
            ;;
        containers)
            ip -n "$lan1" link add "$2" type bridge
            ip -n "$lan1" link add inner0 type veth peer name inner1
            ip -n "$lan1" link set inner0 master "$2" up
            ip -n "$lan1" link set inner1 up
            ip -n "$lan1" link set "$2" up
            ip -n "$lan1" addr add 172.17.0.1/16 dev "$2"
            ;;
        wifi)
            ip link add eth1 netns "$lan1" type veth peer name port9 netns "$router"
            ip -n "$router" link set port9 master lan0 up
            ip -n "$lan1" link set eth1 up
            ip -n "$lan1" addr add 192.168.77.15/24 dev eth1
            ip -n "$lan1" route del default
            ip -n "$lan1" route add default via 192.168.77.1 dev eth0 metric 100
            ip -n "$lan1" route add default via 192.168.77.1 dev eth1 metric 600
            ;;
        prefer)
            ip -n "$lan1" route flush default
            other=eth0 metric=600
            [ "$2" = eth1 ] || other=eth1
            ip -n "$lan1" route add default via 192.168.77.1 dev "$2" metric 50
            ip -n "$lan1" route add default via 192.168.77.1 dev "$other" metric $metric
            # The network itself, too, leads by the preferred link.
            ip -n "$lan1" route flush 192.168.77.0/24
            address=192.168.77.10
            [ "$2" = eth0 ] || address=192.168.77.15
            ip -n "$lan1" route add 192.168.77.0/24 dev "$2" src $address metric 50
            ip -n "$lan1" route add 192.168.77.0/24 dev "$other" metric 600
            ;;
        tunnel)
            tun "$2"
            ip -n "$lan1" route del default
            ip -n "$lan1" route add default via 192.168.77.1 dev eth0 metric 100
            ip -n "$lan1" route add default via 10.96.0.1 dev "$2" metric "$3"
            ;;
        tunnel-beside)
            tun "$2"
            ip -n "$lan1" route add default via 10.96.0.1 dev "$2" metric "$3"
            ;;
        unplugged) ip -n "$lan1" link set eth0 down ;;
        halves)
            tun "$2"
            ip -n "$lan1" route add 0.0.0.0/1 via 10.96.0.1 dev "$2"
            ip -n "$lan1" route add 128.0.0.0/1 via 10.96.0.1 dev "$2"
            ip -n "$lan1" route add 203.0.113.5 via 192.168.77.1 dev eth0
            ;;
        replaced)
            tun "$2"
            ip -n "$lan1" route add 203.0.113.5 via 192.168.77.1 dev eth0
            ip -n "$lan1" route replace default via 10.96.0.1 dev "$2"
            ;;
        dialled)
            ip -n "$lan1" addr flush dev eth0
            on_lan1 ip tuntap add dev "$2" mode tun
            ip -n "$lan1" addr add 11.22.34.77 peer 11.22.34.1 dev "$2"
            ip -n "$lan1" link set "$2" up
            ip -n "$lan1" route add default dev "$2"
            ;;
        self-given)
            ip -n "$lan1" addr flush dev eth0
            ip -n "$lan1" addr add 169.254.33.7/16 dev eth0 scope link
            ;;
        policy)
            tun "$2"
            ip -n "$lan1" route add default dev "$2" table 51820
            ip -n "$lan1" rule add not fwmark 51820 table 51820
            ip -n "$lan1" rule add table main suppress_prefixlength 0
            ;;
        split)
            tun "$2"
            ip -n "$lan1" route add default dev "$2" table 100
            shift 2
            ip -n "$lan1" rule add "$@" lookup 100
            ;;
        back)
            tun "$2"
            ip -n "$lan1" route add default via 192.168.77.1 dev eth0 table 100
            ip -n "$lan1" route replace default dev "$2"
            shift 2
            ip -n "$lan1" rule add "$@" lookup 100
            ;;
        prohibit)
            shift
            ip -n "$lan1" rule add "$@" prohibit
            ;;
        prohibit6)
            shift
            ip -n "$lan1" -6 rule add "$@" prohibit
            ;;
        proxy)
            shift
            ip -n "$lan1" route add local default dev lo table 100
            ip -n "$lan1" rule add "$@" lookup 100
            ;;
        same-network)
            ip -n "$lan1" link add "$2" type bridge
            ip -n "$lan1" addr add 192.168.77.1/24 dev "$2"
            ip -n "$lan1" link set "$2" up
            ;;
        many-rules)
            tun "$2"
            ip -n "$lan1" route add default dev "$2" table 100
            mark=1
            while [ $mark -le 30 ]; do
                ip -n "$lan1" rule add fwmark $mark lookup main pref $((100 + mark))
                mark=$((mark + 1))
            done
            ip -n "$lan1" rule add uidrange 1000-1000 lookup 100 pref 500
            ;;
        rules-gone)
            ip -n "$lan1" rule add fwmark 1 prohibit
            ip -n "$lan1" rule del fwmark 1 prohibit
            ;;
        half)
            tun "$2"
            ip -n "$lan1" route add "$3" via 10.96.0.1 dev "$2"
            ;;
        from-table)
            ip -n "$lan1" route del default
            ip -n "$lan1" route add default via 192.168.77.1 dev eth0 table 200
            ip -n "$lan1" rule add from 192.168.77.10 lookup 200
            ;;
        far-gateway)
            ip -n "$router" addr add 10.255.255.1/32 dev lan0
            ip -n "$lan1" addr flush dev eth0
            ip -n "$lan1" addr add 192.168.77.10/32 dev eth0
            ip -n "$lan1" route add default via 10.255.255.1 dev eth0 onlink
            ;;
        bridge-tap)
            ip -n "$lan1" link add "$2" type bridge
            ip -n "$lan1" link set eth0 master "$2"
            on_lan1 ip tuntap add dev vnet0 mode tap
            ip -n "$lan1" link set vnet0 master "$2" up
            readdress "$2"
            ;;
        shim)
            ip -n "$lan1" link add "$2" link eth0 type macvlan mode bridge
            ip -n "$lan1" addr add 192.168.77.18/32 dev "$2"
            ip -n "$lan1" link set "$2" up
            ip -n "$lan1" route add 192.168.77.192/27 dev "$2"
            ;;
        no-signal) ip -n "$router" link set port1 down ;;
        local-ipv6)
            ip -n "$lan1" -4 addr flush dev eth0
            ip -n "$lan1" -6 addr flush dev eth0 scope global
            ip -n "$lan1" addr add fd77::10/64 dev eth0 nodad
            ;;
        translated)
            ip -n "$lan1" -4 addr flush dev eth0
            on_lan1 ip tuntap add dev "$2" mode tun
            ip -n "$lan1" addr add 192.0.0.1/32 dev "$2"
            ip -n "$lan1" link set "$2" up
            ip -n "$lan1" route add default dev "$2"
            ;;
        inside)
            uplink "$2"
            ip -n "$lan1" route replace default via 10.9.9.1 dev "$2"
            ;;
        keeps-answers)
            echo 'table inet kept {
                    chain out {
                        type filter hook output priority filter; policy drop;
                        oif "lo" accept
                        oifname "tun0" accept
                        ip daddr { 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 224.0.0.0/4 } accept
                    }
                }' | on_lan1 nft -f -
            ;;
        sends-on)
            ip -n "$lan1" link add "$2" type bridge
            ip -n "$lan1" addr add 172.17.0.1/16 dev "$2"
            ip link add inner0 netns "$lan1" type veth peer name nat0 netns "$lan2"
            ip -n "$lan1" link set inner0 master "$2" up
            ip -n "$lan1" link set "$2" up
            ip -n "$lan2" addr add 172.17.0.2/16 dev nat0
            ip -n "$lan2" link set nat0 up
            ip -n "$lan2" route replace default via 172.17.0.1
            on_lan1 sysctl -qw net.ipv4.ip_forward=1
            echo 'table ip inner {
                    chain pre { type nat hook prerouting priority dstnat; fib daddr type local tcp dport 25565 dnat to 172.17.0.2; }
                    chain post { type nat hook postrouting priority srcnat; ip saddr 172.17.0.0/16 oifname "eth0" masquerade; }
                }' | on_lan1 nft -f -
            ;;
        shuts-sent-on)
            echo 'table ip user {
                    chain f { type filter hook forward priority filter; policy accept; iifname "eth0" drop; }
                }' | on_lan1 nft -f -
            ;;
        mesh)
            on_lan1 ip tuntap add dev "$2" mode tun
            ip -n "$lan1" addr add 100.101.102.103/32 dev "$2"
            ip -n "$lan1" link set "$2" up
            ip -n "$lan1" route add "$3" dev "$2" table 52
            ip -n "$lan1" route add throw 192.168.77.0/24 table 52
            ip -n "$lan1" rule add pref 5210 fwmark 0x80000/0xff0000 lookup main
            ip -n "$lan1" rule add pref 5230 fwmark 0x80000/0xff0000 lookup default
            ip -n "$lan1" rule add pref 5250 fwmark 0x80000/0xff0000 unreachable
            ip -n "$lan1" rule add pref 5270 lookup 52
            ;;
        host-address)
            ip -n "$lan1" addr flush dev eth0
            ip -n "$lan1" addr add 192.168.77.10/32 dev eth0
            ip -n "$lan1" route add 192.168.77.1 dev eth0
            ip -n "$lan1" route add default via 192.168.77.1
            ;;
        peer-address)
            ip -n "$lan1" addr flush dev eth0
            ip -n "$lan1" addr add 192.168.77.10 peer 192.168.77.1 dev eth0
            ip -n "$lan1" route add default via 192.168.77.1
            ;;
        uplink)
            uplink "$2"
            ip -n "$lan1" route del default
            ip -n "$lan1" route add default via 192.168.77.1 dev eth0 metric 100
            ip -n "$lan1" route add default via 10.9.9.1 dev "$2" metric "$3"
            ;;
        uplink-beside)
            uplink "$2"
            ip -n "$lan1" route del default
            ip -n "$lan1" route add default via 192.168.77.1 dev eth0 metric 100
            ip -n "$lan1" route append default via 10.9.9.1 dev "$2" metric 100
            ;;
        hops6)
            ip -n "$lan2" addr add fe80::99/64 dev eth0 nodad
            ip -n "$lan1" -6 route del default
            ip -n "$lan1" -6 route add default nexthop via fe80::1 dev eth0 nexthop via fe80::99 dev eth0
            greet fe80::1 fe80::99
            ;;
        uplink-equal)
            uplink "$2"
            ip -n "$lan1" route del default
            ip -n "$lan1" route add default nexthop via 192.168.77.1 dev eth0 nexthop via 10.9.9.1 dev "$2"
            ;;
        kill-switch)
            ip -n "$lan1" rule add table main suppress_prefixlength 0 pref 100
            ip -n "$lan1" rule add not fwmark 51820 unreachable pref 200
            ;;
        table)
            ip -n "$lan1" route del default
            ip -n "$lan1" route add default via 192.168.77.1 dev eth0 table 200
            ip -n "$lan1" rule add from all table 200
            ;;
        onlink) ip -n "$lan1" route replace default dev eth0 ;;
        ipv6-only) ip -n "$lan1" -4 addr flush dev eth0 ;;
        stale) ip -n "$lan1" addr add 2a0b:99::10/64 dev eth0 nodad ;;
        second-router)
            ip -n "$lan2" addr add fe80::99/64 dev eth0 nodad
            ip -n "$lan1" route add default via fe80::99 dev eth0 metric 5
            greet fe80::1 fe80::99
            ;;
        stacked)
            ip -n "$lan1" link add link eth0 name upper0 type macvlan mode bridge
            readdress upper0
            ;;
        alias-on) ip -n "$lan1" addr add 192.168.77.16/24 dev "$2" ;;
        alias) ip -n "$lan1" addr add 192.168.77.16/24 dev eth0 ;;
        renumber)
            ip -n "$lan1" -4 addr flush dev eth0
            ip -n "$lan1" addr add 192.168.77.17/24 dev eth0 valid_lft 3600 preferred_lft 3600
            ip -n "$lan1" route add default via 192.168.77.1
            ;;
        behind-nat)
            ip -n "$lan1" link set eth0 down
            ip link add eth9 netns "$lan1" type veth peer name nat0 netns "$lan2"
            ip -n "$lan2" link set nat0 address 02:42:ac:11:00:01 up
            ip -n "$lan2" addr add 172.17.0.1/16 dev nat0
            ip netns exec "$lan2" sysctl -qw net.ipv4.ip_forward=1
            echo 'table ip inner {
                    chain post { type nat hook postrouting priority srcnat; oifname "eth0" masquerade; }
                }' | ip netns exec "$lan2" nft -f -
            ip -n "$lan1" link set eth9 up
            ip -n "$lan1" addr add 172.17.0.2/16 dev eth9
            ip -n "$lan1" route replace default via 172.17.0.1 dev eth9
            ;;
        keeps-in)
            echo 'table inet kept {
                    chain out { type filter hook output priority filter; udp dport { 1900, 5351 } drop; }
                }' | on_lan1 nft -f -
            ;;
        lets-out) on_lan1 nft delete table inet kept ;;
        floating)
            ip -n "$router" addr flush dev lan0
            ip -n "$router" addr add 192.168.77.2/24 dev lan0
            ip -n "$router" link add link lan0 name vrrp0 address 00:00:5e:00:01:01 type macvlan mode bridge
            ip -n "$router" addr add 192.168.77.1/24 dev vrrp0 noprefixroute
            ip -n "$router" link set vrrp0 up
            # Each address is answered for by its own card.
            ip netns exec "$router" sysctl -qw net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2
            ip -n "$lan1" neigh flush all
            restart 0
            ;;
        floating-one-card)
            ip -n "$router" addr flush dev lan0
            ip -n "$router" addr add 192.168.77.2/24 dev lan0
            ip -n "$router" addr add 192.168.77.1/24 dev lan0
            ip -n "$lan1" neigh flush all
            restart 0
            ;;
        isolated) ip -n "$lan1" route flush default ;;
        *) home "$@" ;;
    esac
}
