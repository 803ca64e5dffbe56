package dev.ajar.gateway.upnp.pinhole;

import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of AddPinhole.
 *
 * @param remote the address that may come in; empty for all
 * @param leaseSeconds 1 to 86400
 */
record PinholeRequest(TransportProtocol protocol, Endpoint internal, Optional<InetAddress> remote, long leaseSeconds) {
    /** The most the specification allows: a day. */
    static final long LONGEST = 86_400;

    /** An hour, the default in the specification, which no router refuses. */
    static final long USUAL = 3600;

    static PinholeRequest of(Claim claim) {
        return new PinholeRequest(
                claim.mapping().protocol(),
                claim.internal(),
                claim.mapping().remote().flatMap(Subnet::single),
                seconds(claim.mapping().lease()));
    }

    private static long seconds(LeaseDuration lease) {
        return switch (lease) {
            case LeaseDuration.Finite finite -> Math.min(LONGEST, finite.seconds());
            case LeaseDuration.Permanent ignored -> LONGEST;
        };
    }

    PinholeRequest lasting(long seconds) {
        return new PinholeRequest(protocol, internal, remote, seconds);
    }

    /** In the order of the specification (section 2.4.4); empty and 0 mean any. */
    Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("RemoteHost", remote.map(Addresses::text).orElse(""));
        arguments.put("RemotePort", "0");
        arguments.put("InternalClient", Addresses.text(internal.address()));
        arguments.put("InternalPort", internal.port().toString());
        arguments.put("Protocol", Integer.toString(protocol.number()));
        arguments.put("LeaseTime", Long.toString(leaseSeconds));
        return arguments;
    }
}
