package dev.ajar.catalog.guide;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * One port forwarding rule for a router's form.
 *
 * @param external the first port from outside
 * @param internal the first port inside
 * @param count how many ports, counted upwards from both
 * @param client the device it leads to
 * @param here whether {@code client} is this machine
 * @param called the name that the user or an application gave it; empty for the standard one
 */
public record FormRule(
        Set<TransportProtocol> protocols,
        Port external,
        Port internal,
        int count,
        InetAddress client,
        boolean here,
        Optional<String> called) {
    public FormRule {
        protocols = Set.copyOf(protocols);
    }

    Port lastExternal() {
        return new Port(external.number() + count - 1);
    }

    Port lastInternal() {
        return new Port(internal.number() + count - 1);
    }

    boolean isSamePortInside() {
        return external.equals(internal);
    }

    /** Letters, digits and spaces, which every router accepts. */
    String name() {
        return called.orElseGet(() -> "ajar " + external);
    }

    /** Whether {@code next} begins where this rule ends. */
    boolean isFollowedBy(FormRule next) {
        return protocols.equals(next.protocols)
                && client.equals(next.client)
                && next.external.number() == external.number() + count
                && next.internal.number() == internal.number() + count;
    }

    FormRule and(FormRule next) {
        return new FormRule(protocols, external, internal, count + next.count, client, here, called);
    }

    /** The argument of a command for it: {@code 27015-27020/udp}. */
    String typed() {
        String suffix = protocols.size() > 1 ? "/both" : protocols.contains(TransportProtocol.TCP) ? "" : "/udp";
        return count > 1 || isSamePortInside()
                ? range(external, lastExternal()) + suffix
                : external + ":" + internal + suffix;
    }

    /** The text for people: {@code TCP 25565}, {@code UDP 27015-27020}, {@code TCP 8443 (443 inside)}. */
    public String label(String names) {
        String ports = range(external, lastExternal());
        return names + " " + ports + (isSamePortInside() ? "" : " (" + range(internal, lastInternal()) + " inside)");
    }

    static String range(Port first, Port last) {
        return first.equals(last) ? first.toString() : first + "-" + last;
    }
}
