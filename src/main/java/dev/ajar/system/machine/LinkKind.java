package dev.ajar.system.machine;

/** What a network interface is, by what the kernel says about it and never by its name. */
public enum LinkKind {
    ETHERNET,
    WIFI,
    /** A bridge with a network card among its ports, or through which the default route leads. */
    BRIDGE,
    /** A bridge of containers or virtual machines: every port is one end of a pair, or there is none. */
    CONTAINER_BRIDGE,
    VLAN,
    BOND,
    /** Another address on a network card (macvlan, ipvlan and the like). */
    STACKED,
    /** Packets leave in other packets, or to a program: WireGuard, tun, IPIP, GRE, VXLAN. */
    TUNNEL,
    /** A line with one other end: PPP, a modem. */
    POINT_TO_POINT,
    /** One end of a pair whose other end another network namespace or a bridge has. */
    CONTAINER_END,
    /** A routing domain (VRF). */
    ROUTING_DOMAIN,
    /** It has no other end at all. */
    DUMMY,
    LOOPBACK,
    /** The system does not tell. */
    UNKNOWN;

    /** Whether a home router can be on the other side; see {@link #onlyWithDefaultRoute}. */
    public boolean mayLeadHome() {
        return switch (this) {
            case ETHERNET, WIFI, BRIDGE, VLAN, BOND, STACKED, CONTAINER_BRIDGE, CONTAINER_END, UNKNOWN -> true;
            case TUNNEL, POINT_TO_POINT, ROUTING_DOMAIN, DUMMY, LOOPBACK -> false;
        };
    }

    /** Whether it leads home only where a default route leads through it: otherwise containers are behind it. */
    public boolean onlyWithDefaultRoute() {
        return switch (this) {
            case CONTAINER_BRIDGE, CONTAINER_END -> true;
            case ETHERNET,
                    WIFI,
                    BRIDGE,
                    VLAN,
                    BOND,
                    STACKED,
                    UNKNOWN,
                    TUNNEL,
                    POINT_TO_POINT,
                    ROUTING_DOMAIN,
                    DUMMY,
                    LOOPBACK -> false;
        };
    }

    /** Whether what leaves through it leaves the home's network by another end. */
    public boolean isTunnel() {
        return this == TUNNEL || this == POINT_TO_POINT;
    }
}
