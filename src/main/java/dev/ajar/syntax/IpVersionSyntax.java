package dev.ajar.syntax;

import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Over which versions of IP a port is to be opened. */
public final class IpVersionSyntax {
    private IpVersionSyntax() {}

    /** For what is kept for long: over IPv4, unless somebody wants the other or both. */
    public static List<GatewaySelector> selections(boolean ipv4, boolean ipv6, GatewaySelector selection)
            throws InvalidInputException {
        if (ipv6) {
            refuseNamed(selection);
        }
        List<GatewaySelector> all = new ArrayList<>();
        if (ipv4 || !ipv6) {
            all.add(selection);
        }
        if (ipv6) {
            all.add(selection.overIpv6());
        }
        return all;
    }

    /** A router is named by its IPv4 address; which one that is over IPv6 nobody can tell. */
    public static void refuseNamed(GatewaySelector selection) throws InvalidInputException {
        if (selection.gateway().isPresent() || selection.location().isPresent()) {
            throw new InvalidInputException(
                    "--ipv6 asks the default router, and goes with none that is named; leave out --gateway, --interface or --location");
        }
    }

    /**
     * @param ipv4 whether {@code --ipv4} was given
     * @param ipv6 whether {@code --ipv6} was
     * @param device that of the device's address, where one was named
     * @param remote that of who may connect
     */
    public static Set<IpVersion> of(boolean ipv4, boolean ipv6, Optional<IpVersion> device, Optional<IpVersion> remote)
            throws InvalidInputException {
        Set<IpVersion> wanted = EnumSet.noneOf(IpVersion.class);
        if (ipv4 || !ipv6) {
            wanted.add(IpVersion.IPV4);
        }
        if (ipv6 || !ipv4) {
            wanted.add(IpVersion.IPV6);
        }
        device.ifPresent(ipVersion -> wanted.retainAll(EnumSet.of(ipVersion)));
        remote.ifPresent(ipVersion -> wanted.retainAll(EnumSet.of(ipVersion)));
        if (wanted.isEmpty()) {
            throw new InvalidInputException(
                    "the addresses of --to and --from and the options --ipv4 and --ipv6 must be of one kind: an IPv4 address does not go with IPv6");
        }
        return wanted;
    }
}
