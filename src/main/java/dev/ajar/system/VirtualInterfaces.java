package dev.ajar.system;

import java.util.List;

/** Interfaces behind which no home gateway can be: bridges of containers, virtual machines, tunnels. */
public final class VirtualInterfaces {
    private static final List<String> PREFIXES = List.of(
            "docker",
            "br-",
            "veth",
            "virbr",
            "vboxnet",
            "vmnet",
            "vnic",
            "lxc",
            "lxd",
            "cni",
            "flannel",
            "podman",
            "tun",
            "tap",
            "wg",
            "utun",
            "tailscale",
            "zt",
            "ppp",
            "dummy");

    private VirtualInterfaces() {}

    public static boolean isVirtual(String interfaceName) {
        return PREFIXES.stream().anyMatch(interfaceName::startsWith);
    }
}
