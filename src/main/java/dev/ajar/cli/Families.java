package dev.ajar.cli;

import dev.ajar.cli.input.BadInput;
import dev.ajar.model.Family;
import dev.ajar.model.Selection;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Over which versions of IP a port is to be opened. */
final class Families {
    private Families() {}

    /** For what is kept for long: over IPv4, unless somebody wants the other or both. */
    static List<Selection> selections(boolean ipv4, boolean ipv6, Selection selection) {
        List<Selection> all = new ArrayList<>();
        if (ipv4 || !ipv6) {
            all.add(selection);
        }
        if (ipv6) {
            all.add(selection.overIpv6());
        }
        return all;
    }

    /**
     * @param ipv4 whether {@code --ipv4} was given
     * @param ipv6 whether {@code --ipv6} was
     * @param device that of the device's address, where one was named
     * @param remote that of who may connect
     */
    static Set<Family> of(
            boolean ipv4, boolean ipv6, Optional<Family> device, Optional<Family> remote)
            throws BadInput {
        Set<Family> wanted = EnumSet.noneOf(Family.class);
        if (ipv4 || !ipv6) {
            wanted.add(Family.IPV4);
        }
        if (ipv6 || !ipv4) {
            wanted.add(Family.IPV6);
        }
        device.ifPresent(family -> wanted.retainAll(EnumSet.of(family)));
        remote.ifPresent(family -> wanted.retainAll(EnumSet.of(family)));
        if (wanted.isEmpty()) {
            throw new BadInput(
                    "the addresses of --to and --from and the options --ipv4 and --ipv6 must be of one kind: an IPv4 address does not go with IPv6");
        }
        return wanted;
    }
}
