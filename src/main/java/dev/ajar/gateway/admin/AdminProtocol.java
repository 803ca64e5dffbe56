package dev.ajar.gateway.admin;

import dev.ajar.model.IpVersion;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ProtocolTraits;
import java.time.Duration;
import java.util.Set;

/** Rules made through the router's own interface: never unasked, because it logs in with the owner's password. */
public final class AdminProtocol {
    /** A login, a read, a write that restarts a firewall, another read: 20 seconds on the slowest routers. */
    private static final Duration EXCHANGE = Duration.ofSeconds(30);

    public static final MappingProtocol ROUTER = new MappingProtocol(
            "router",
            "router interface",
            5,
            new ProtocolTraits(
                    false,
                    Set.of(IpVersion.IPV4),
                    false,
                    // A login each time: some routers have a single session, which the owner may need.
                    Duration.ofMinutes(5),
                    EXCHANGE,
                    EXCHANGE,
                    Duration.ofMillis(500),
                    ProtocolTraits.NO_EPOCH,
                    false,
                    ""),
            AdminEntry::read);

    private AdminProtocol() {}
}
