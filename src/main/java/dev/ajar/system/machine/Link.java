package dev.ajar.system.machine;

import java.util.List;
import java.util.Optional;

/**
 * A network interface.
 *
 * @param index the kernel's number for it; 0 where the system has none
 * @param up whether it is switched on
 * @param carrier whether it has a signal
 * @param master the bridge, bond or routing domain it belongs to
 * @param ports the interfaces that belong to it, where it is a bridge or a bond
 * @param lower the interfaces it is built on
 */
public record Link(
        int index,
        String name,
        LinkKind kind,
        boolean up,
        boolean carrier,
        Optional<String> master,
        List<String> ports,
        List<String> lower) {
    public Link {
        ports = List.copyOf(ports);
        lower = List.copyOf(lower);
    }
}
