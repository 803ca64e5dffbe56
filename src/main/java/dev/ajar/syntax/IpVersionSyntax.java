package dev.ajar.syntax;

import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.MappingProtocols;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The IP versions over which a port is opened. */
public final class IpVersionSyntax {
    private IpVersionSyntax() {}

    /** For mappings that a process keeps open: both, as for {@code ajar open}, unless the user names one. */
    public static List<GatewaySelector> selections(
            boolean ipv4, boolean ipv6, GatewaySelector selection, MappingProtocols protocols)
            throws InvalidInputException {
        if (ipv6) {
            refuseNamed(selection);
        }
        List<GatewaySelector> all = new ArrayList<>();
        if (ipv4 || !ipv6) {
            all.add(selection);
        }
        if (ipv6 || (!ipv4 && isOverIpv6(selection, protocols))) {
            all.add(selection.overIpv6());
        }
        return all;
    }

    /** Whether a port that is opened that way is opened over IPv6, too, without the user's having said so. */
    public static boolean isOverIpv6(GatewaySelector selection, MappingProtocols protocols) {
        return !selection.isNamed()
                && protocols.chosen(selection.protocols()).stream()
                        .anyMatch(protocol -> protocol.traits().ipVersions().contains(IpVersion.IPV6));
    }

    /** A router is named by its IPv4 address, which does not tell its IPv6 address. */
    public static void refuseNamed(GatewaySelector selection) throws InvalidInputException {
        if (selection.gateway().isPresent() || selection.location().isPresent()) {
            throw new InvalidInputException(Message.of("syntax.ipv6-named-router"));
        }
    }

    /**
     * @param ipv4 whether {@code --ipv4} was given
     * @param ipv6 whether {@code --ipv6} was given
     * @param device the version of the device's address, if the user named a device
     * @param remote the version of the address that may connect, if the user named one
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
            throw new InvalidInputException(Message.of("syntax.ip-versions"));
        }
        return wanted;
    }
}
