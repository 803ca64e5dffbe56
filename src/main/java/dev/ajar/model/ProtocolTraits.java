package dev.ajar.model;

import java.time.Duration;
import java.util.Set;

/**
 * How a protocol differs from others, for everything outside its own package.
 *
 * @param automatic whether it may be used unasked; one that logs in to the router must be named by the user
 * @param ipVersions the versions of IP it can open ports over
 * @param foundByLocation whether its gateways are found by the URL of a root description
 * @param healthCheckInterval time between two health checks of a gateway
 * @param healthCheckTimeout how long one health check may take
 * @param exchangeTime how long one operation on a gateway may take where nothing presses; zero where all answer at once
 * @param pace the pause between two renewals, which spares slow routers
 * @param epochRule how a restart of the gateway shows
 * @param grantsTellAddress whether each grant over IPv4 has the gateway's address on the internet side
 * @param versionPrefix what people read before the version of a gateway: {@code UPnP } before {@code IGD:2}
 */
public record ProtocolTraits(
        boolean automatic,
        Set<IpVersion> ipVersions,
        boolean foundByLocation,
        Duration healthCheckInterval,
        Duration healthCheckTimeout,
        Duration exchangeTime,
        Duration pace,
        EpochRule epochRule,
        boolean grantsTellAddress,
        String versionPrefix) {
    /** For protocols without an epoch. In the interface it would be linked anew at each start. */
    public static final EpochRule NO_EPOCH = (before, now) -> false;

    public ProtocolTraits {
        ipVersions = Set.copyOf(ipVersions);
    }

    /** Whether an operation may take longer than a command or a step usually lasts, and is to be let end. */
    public boolean isSlow() {
        return !exchangeTime.isZero();
    }

    /** Whether a health check shows that the gateway has lost its mappings. */
    public boolean hasEpoch() {
        return !epochRule.equals(NO_EPOCH);
    }
}
