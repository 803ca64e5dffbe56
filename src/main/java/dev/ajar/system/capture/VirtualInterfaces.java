package dev.ajar.system.capture;

import java.util.List;

/**
 * Interfaces behind which no home gateway can be, by their names: bridges of containers, virtual machines, tunnels.
 * Only for systems that do not tell what an interface is; Linux does.
 */
final class VirtualInterfaces {
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

    static boolean isVirtual(String interfaceName) {
        return PREFIXES.stream().anyMatch(interfaceName::startsWith);
    }
}
