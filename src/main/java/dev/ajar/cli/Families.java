package dev.ajar.cli;

import dev.ajar.cli.input.BadInput;
import dev.ajar.model.Family;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Over which versions of IP a port is to be opened. */
final class Families {
    private Families() {}

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
