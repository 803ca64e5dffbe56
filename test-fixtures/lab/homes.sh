# More shapes of lan1, as machines.sh has them; it sources this file.
#
#   shape own-network NAME [NETWORK]  a VPN has a route to the home's own network: to all of it, or to that part
#   shape own-network-rule NAME       the same by a table that a rule chooses before the usual one
#   shape own-address-rule NAME       a rule sends all that comes from the cable's own address into a VPN
#   shape twin-networks NAME          a second link of that name, preferred, to another network with the same addresses
#   shape line ADDRESS                the router's line has that address, and the daemon starts anew
#   shape tap NAME CARD ADDRESS ROUTER   no cable: a tap, whose program answers with that network card (slirp4netns, pasta)
#   shape pod                         behind-nat, with the hosts file that a kubelet writes into a pod
#   shape two-hops                    one default route with two routers of the cable as next hops; the second answers nothing
#   shape two-hops-open               the same, and this machine knows the second's network card
#   shape refused                     the router's own firewall refuses what lan1 asks it, by ICMP
#   shape television                  lan2 is a television, which answers searches by UPnP
#   shape older-rules RULE            a rule of the older iptables: INPUT -p tcp --dport 25565 -j DROP
#   shape wrong-card                  the router's network card was entered by hand, and is another one
#   shape drops-answers               its own firewall drops what comes from UDP 1900 and 5351
#   shape older-drops-answers         the same by the older iptables
#   shape keeps-pages-in              its own firewall keeps in what goes to the router's pages by TCP, and nothing else
#   shape drops-pages                 it drops what they answer

# beside NAMESPACE COMMAND...: runs until the lab goes down, and is waited for until it is ready
beside() {
    where=$1
    shift
    ip netns exec "$where" python3 -u "$@" >"$run/beside.out" 2>&1 &
    echo $! >>"$run/beside.pids"
    tries=0
    until grep -qs ready "$run/beside.out" || [ $tries -ge 50 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
}

end_beside() {
    [ ! -f "$run/beside.pids" ] || while read -r pid; do
        kill "$pid" 2>/dev/null || true
    done <"$run/beside.pids"
    rm -rf "/etc/netns/$lan1"
}

home() {
    fixtures=$(dirname "$0")
    case $1 in
        own-network)
            tun "$2"
            if [ -n "${3:-}" ]; then
                ip -n "$lan1" route add "$3" via 10.96.0.1 dev "$2"
            else
                ip -n "$lan1" route prepend 192.168.77.0/24 via 10.96.0.1 dev "$2"
            fi
            ;;
        own-network-rule)
            tun "$2"
            ip -n "$lan1" route add 192.168.77.0/24 dev "$2" table 52
            ip -n "$lan1" rule add pref 5270 lookup 52
            ;;
        own-address-rule)
            tun "$2"
            ip -n "$lan1" route add default dev "$2" table 77
            ip -n "$lan1" rule add from 192.168.77.10 lookup 77
            ;;
        line)
            ip -n "$router" -4 addr flush dev wan0
            ip -n "$router" addr add "$2" dev wan0
            restart 0
            ;;
        twin-networks)
            ip link add "$2" netns "$lan1" type veth peer name twin0 netns "$lan2"
            ip -n "$lan2" addr add 192.168.77.1/32 dev twin0
            ip -n "$lan2" link set twin0 up
            ip -n "$lan2" route add 192.168.77.30 dev twin0
            ip -n "$lan1" link set "$2" up
            ip -n "$lan1" addr add 192.168.77.30/24 dev "$2" noprefixroute
            ip -n "$lan1" route del default
            ip -n "$lan1" route flush 192.168.77.0/24
            ip -n "$lan1" route add 192.168.77.0/24 dev "$2" src 192.168.77.30 metric 100
            ip -n "$lan1" route add 192.168.77.0/24 dev eth0 src 192.168.77.10 metric 600
            ip -n "$lan1" route add default via 192.168.77.1 dev "$2" metric 100
            ip -n "$lan1" route add default via 192.168.77.1 dev eth0 metric 600
            ;;
        tap)
            ip -n "$lan1" link del eth0
            beside "$lan1" "$fixtures/tap.py" "$2" "$3"
            ip -n "$lan1" addr add "$4" dev "$2"
            ip -n "$lan1" link set "$2" up
            ip -n "$lan1" route add default via "$5" dev "$2"
            echo | on_lan1 python3 -c "import socket; socket.socket(2, 2).sendto(b'', ('$5', 9))"
            sleep 0.2
            ;;
        pod)
            mkdir -p "/etc/netns/$lan1"
            printf '# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n10.244.1.7\tgame-0\n' >"/etc/netns/$lan1/hosts"
            shape behind-nat
            ip -n "$lan1" addr flush dev eth9
            ip -n "$lan2" addr flush dev nat0
            ip -n "$lan2" addr add 10.244.1.1/24 dev nat0
            ip -n "$lan1" addr add 10.244.1.7/24 dev eth9
            ip -n "$lan1" route replace default via 10.244.1.1 dev eth9
            ;;
        two-hops|two-hops-open)
            ip -n "$lan2" addr add 192.168.77.254/24 dev eth0
            ip -n "$lan1" route replace default nexthop via 192.168.77.1 dev eth0 nexthop via 192.168.77.254 dev eth0
            ;;
        refused)
            echo 'table inet refusing {
                    chain in { type filter hook input priority -10; iifname "lan0" udp dport { 1900, 5351 } reject with icmpx admin-prohibited; }
                }' | in_router nft -f -
            ;;
        television) beside "$lan2" "$fixtures/television.py" 192.168.77.11 ;;
        older-rules)
            shift
            on_lan1 iptables-legacy -A "$@"
            ;;
        wrong-card) ip -n "$lan1" neigh replace 192.168.77.1 lladdr 02:00:00:00:00:99 dev eth0 nud permanent ;;
        drops-answers)
            echo 'table inet kept {
                    chain in { type filter hook input priority filter; udp sport { 1900, 5351 } drop; ct state established accept; }
                }' | on_lan1 nft -f -
            ;;
        keeps-pages-in|drops-pages)
            hook=output what='tcp dport 5000'
            [ "$1" = keeps-pages-in ] || hook=input what='tcp sport 5000'
            echo "table inet kept {
                    chain pages { type filter hook $hook priority filter; $what drop; }
                }" | on_lan1 nft -f -
            ;;
        older-drops-answers) on_lan1 iptables-legacy -A INPUT -p udp -m multiport --sports 1900,5351 -j DROP ;;
        *) echo "no such shape: $1" >&2; exit 2 ;;
    esac
}
