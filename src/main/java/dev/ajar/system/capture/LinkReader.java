package dev.ajar.system.capture;

import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one interface from {@code /sys/class/net} (the kernel's Documentation/ABI/testing/sysfs-class-net; types are in
 * include/uapi/linux/if_arp.h, flags in if.h).
 */
final class LinkReader {
    static final String FOLDER = "/sys/class/net/";

    private static final int UP = 0x1;
    private static final int BROADCAST = 0x2;
    private static final int IS_LOOPBACK = 0x8;
    private static final int POINT_TO_POINT = 0x10;
    private static final int NO_NEIGHBOURS = 0x80;
    private static final int MULTICAST = 0x1000;

    private static final int ETHERNET = 1;
    private static final int PPP = 512;
    private static final int RAW_IP = 519;
    private static final int LOOPBACK = 772;

    private static final int TAP = 0x2;

    private final LinuxKernel kernel;

    LinkReader(LinuxKernel kernel) {
        this.kernel = kernel;
    }

    /** @return empty for what is no interface, or has gone meanwhile */
    Optional<Link> read(String name) {
        String folder = FOLDER + name + "/";
        Optional<String> type = kernel.file(folder + "type");
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Set<String> inside = Set.copyOf(kernel.names(folder));
        int flags = number(kernel.file(folder + "flags").orElse(""));
        List<String> lower = new ArrayList<>();
        for (String entry : inside) {
            if (entry.startsWith("lower_")) {
                lower.add(entry.substring("lower_".length()));
            }
        }
        lower.sort(null);
        List<String> ports = inside.contains("bridge") ? kernel.names(folder + "brif") : List.of();
        Optional<String> master = inside.contains("master") ? kernel.linkTarget(folder + "master") : Optional.empty();
        LinkKind kind = kind(folder, number(type.get()), flags, inside, !lower.isEmpty(), master.isPresent());
        return Optional.of(new Link(
                number(kernel.file(folder + "ifindex").orElse("")),
                name,
                kind,
                (flags & UP) != 0,
                !kernel.file(folder + "carrier").orElse("").strip().equals("0"),
                master,
                ports.isEmpty() && kind == LinkKind.BOND ? lower : ports,
                kind == LinkKind.BOND || kind == LinkKind.BRIDGE ? List.of() : lower));
    }

    private LinkKind kind(String folder, int type, int flags, Set<String> inside, boolean hasLower, boolean hasMaster) {
        boolean hardware = inside.contains("device");
        if (type == LOOPBACK || (flags & IS_LOOPBACK) != 0) {
            return LinkKind.LOOPBACK;
        }
        if (type == PPP || type == RAW_IP) {
            return LinkKind.POINT_TO_POINT;
        }
        if (inside.contains("tun_flags")) {
            boolean tap = (number(kernel.file(folder + "tun_flags").orElse("")) & TAP) != 0;
            return tap && (hasMaster || isAlone(folder)) ? LinkKind.CONTAINER_END : LinkKind.TUNNEL;
        }
        if (type != ETHERNET || (flags & POINT_TO_POINT) != 0) {
            return hardware ? LinkKind.POINT_TO_POINT : LinkKind.TUNNEL;
        }
        if (inside.contains("wireless") || inside.contains("phy80211")) {
            return LinkKind.WIFI;
        }
        if (inside.contains("bridge")) {
            return LinkKind.BRIDGE;
        }
        if (inside.contains("bonding")) {
            return LinkKind.BOND;
        }
        if (hardware) {
            return LinkKind.ETHERNET;
        }
        return virtual(folder, flags, hasLower);
    }

    /** An Ethernet without hardware. The kernel names the type of some ({@code SET_NETDEV_DEVTYPE}). */
    private LinkKind virtual(String folder, int flags, boolean hasLower) {
        return switch (deviceType(folder)) {
            case "vlan" -> LinkKind.VLAN;
            case "bond", "team" -> LinkKind.BOND;
            case "vrf" -> LinkKind.ROUTING_DOMAIN;
            case "vxlan", "geneve", "wireguard", "gre", "gretap", "ip6gre", "ip6gretap", "batadv" -> LinkKind.TUNNEL;
            case "macvlan", "macvtap", "ipvlan", "ipvtap" -> LinkKind.STACKED;
            default -> unnamed(folder, flags, hasLower);
        };
    }

    private LinkKind unnamed(String folder, int flags, boolean hasLower) {
        if (hasLower) {
            return LinkKind.STACKED;
        }
        boolean broadcast = (flags & BROADCAST) != 0;
        if ((flags & NO_NEIGHBOURS) != 0) {
            return broadcast && !isPair(folder) ? LinkKind.DUMMY : LinkKind.TUNNEL;
        }
        // Groups are what a home's devices find each other by; a virtual link without them leads to one other end.
        if ((flags & MULTICAST) == 0 || !broadcast) {
            return LinkKind.TUNNEL;
        }
        return isPair(folder) ? LinkKind.CONTAINER_END : LinkKind.UNKNOWN;
    }

    /**
     * Whether no other interface than loopback is up. A VPN needs one; the network of a container without privileges is
     * a program's, at the only tap there is (slirp4netns, pasta).
     */
    private boolean isAlone(String folder) {
        for (String other : kernel.names(FOLDER)) {
            String its = FOLDER + other + "/";
            int flags = number(kernel.file(its + "flags").orElse(""));
            if (!its.equals(folder) && (flags & UP) != 0 && (flags & IS_LOOPBACK) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether another interface is its other end. In two namespaces, both may have the same number. */
    private boolean isPair(String folder) {
        int own = number(kernel.file(folder + "ifindex").orElse(""));
        int other = number(kernel.file(folder + "iflink").orElse(""));
        return other > 0 && own != other;
    }

    private String deviceType(String folder) {
        for (String line : kernel.file(folder + "uevent").orElse("").split("\n", 64)) {
            if (line.startsWith("DEVTYPE=")) {
                return line.substring("DEVTYPE=".length()).strip();
            }
        }
        return "";
    }

    /** Decimal, or hexadecimal after {@code 0x}; 0 for anything else. */
    private static int number(String text) {
        try {
            return Integer.decode(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
