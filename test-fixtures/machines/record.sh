#!/bin/sh
# Records the machines of MachinesTest from real network namespaces into test-fixtures/machines/recorded, one file each:
#
#   sudo test-fixtures/machines/record.sh            all
#   sudo test-fixtures/machines/record.sh plain      those named
#
# A machine is a name, a flavour of the lab and the shapes of lan1 that are made of it (test-fixtures/lab/machines.sh).
# expected.txt says how each is to be read, and is judged by hand.
set -eu
cd "$(dirname "$0")/../.."
lab=test-fixtures/lab/lab.sh into=test-fixtures/machines/recorded
export AJAR_LAB="${AJAR_LAB:-record}"
trap 'sh $lab down' EXIT

machines() {
    cat <<'MACHINES'
plain none
bridge-lan none bridge br-lan
bridge-docker-name none bridge docker0
bridge-tunnel-name none bridge tun7
bridge-odd-name none bridge vmbr0
containers none containers br-0123456789ab
containers-odd-name none containers eth5
bridge-and-containers none bridge br0 / containers docker0
two-links none wifi
two-links-second-preferred none wifi / prefer eth1
tunnel-better none tunnel proton0 50
tunnel-named-as-wifi none tunnel wlan9 50
tunnel-worse none tunnel tun0 600
halves none halves tun0
halves-named-as-cable none halves eth7
tunnel-replaced-default none replaced nordlynx
policy none policy wg0
policy-named-as-cable none policy eno9
other-table none table
without-gateway none onlink
stacked none stacked
alias none alias
renumbered none renumber
no-default none isolated
ipv6 ipv6-none
ipv6-only ipv6-none ipv6-only
ipv6-stale ipv6-none stale
ipv6-stale-only ipv6-none stale / ipv6-only
ipv6-tunnel ipv6-none tunnel proton0 50
ipv6-only-containers ipv6-none ipv6-only / containers docker0
bridge-tunnel none bridge br-lan / tunnel-beside proton0 50
two-links-policy none wifi / policy wg0
alias-halves none alias / halves tun0
stacked-policy none stacked / policy vpn1
without-gateway-containers none onlink / containers docker0
two-links-containers none wifi / containers lxdbr0
other-table-containers none table / containers podman1
unplugged none unplugged
ipv6-two-routers ipv6-none second-router
self-given none self-given
self-given-unplugged none self-given / unplugged
split-user none split tun0 uidrange 1001-1001
split-own-user none split tun0 uidrange 0-0
split-mark none split tun0 fwmark 0x1/0xff
split-port none split tun0 ipproto tcp sport 25565
split-prohibited none tunnel tun0 600 / prohibit uidrange 1001-1001
back-by-mark none back tun0 fwmark 0x1
back-by-user none back tun0 uidrange 1001-1001
mesh none mesh tailscale0 100.64.0.0/10
mesh-exit none mesh tailscale0 default
host-address none host-address
peer-address none peer-address
uplinks none uplink eth5 500
uplinks-second-preferred none uplink eth5 1
uplinks-equal none uplink-equal eth5
forbids-by-mark none prohibit fwmark 0x1
rules-gone none rules-gone
many-rules none many-rules tun0
upper-half none half tun0 128.0.0.0/1
port-of-others none split tun0 ipproto tcp dport 443
bound-to-link none back tun0 oif eth0
from-own-address none from-table
far-gateway none far-gateway
bridge-with-tap none bridge-tap wg0
shim none shim shim0
shim-policy none shim shim0 / policy wg0
no-signal none no-signal
local-ipv6 ipv6-none local-ipv6
translated-ipv4 ipv6-none translated clat
inside none inside eth5
ipv6-forbids-by-mark ipv6-none prohibit6 fwmark 1
ipv6-two-hops ipv6-none hops6
uplinks-beside none uplink-beside eth5
gateway-is-own none same-network docker0
nothing-leaves none prohibit from 192.168.77.10
proxy-by-mark none proxy fwmark 1
proxy-of-all none proxy not fwmark 1
aliases-from-table none alias / from-table
own-network none own-network tun0
own-network-part none own-network tun0 192.168.77.0/25
own-network-rule none own-network-rule tun0
own-address-rule none own-address-rule tun0
twin-networks none twin-networks eth1
slirp none tap tap0 52:55:0a:00:02:02 10.0.2.100/24 10.0.2.2
pasta none tap enp3s0 9a:55:9a:55:9a:55 192.168.77.10/24 192.168.77.1
pod none pod
two-hops none two-hops
wrong-card none wrong-card
MACHINES
}

machines | while read -r name flavour shapes; do
    [ $# = 0 ] || case " $* " in *" $name "*) ;; *) continue ;; esac
    sh $lab up "$flavour"
    while [ -n "$shapes" ]; do
        one=${shapes%% / *}
        # shellcheck disable=SC2086
        sh $lab shape $one
        [ "$one" != "$shapes" ] || break
        shapes=${shapes#* / }
    done
    ip netns exec "$AJAR_LAB-lan1" python3 test-fixtures/machines/record.py >"$into/$name.json"
    echo "$name"
done
