package dev.ajar.model;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A mapping that a gateway granted.
 *
 * @param externalPort the port the gateway opened, which need not be the one asked for
 * @param externalAddress the gateway's address on the internet side, from the grant or asked right after it; empty
 *     where it told none
 * @param epoch seconds since the gateway's table began, from the grant (RFC 6886 section 3.6, RFC 6887 section 8.5). A
 *     lower value later means that the table was lost. Empty for UPnP, which has none
 * @param verified whether the gateway itself confirmed the mapping: read back through UPnP, or stated in the NAT-PMP
 *     or PCP answer
 * @param listedAs its description in the gateway's list, which some gateways cut or change; empty where it was not
 *     listed
 */
public record Lease(
        Claim claim,
        Port externalPort,
        LeaseDuration granted,
        Instant grantedAt,
        Optional<InetAddress> externalAddress,
        Optional<Long> epoch,
        boolean verified,
        Optional<String> listedAs) {
    public Lease(
            Claim claim,
            Port externalPort,
            LeaseDuration granted,
            Instant grantedAt,
            Optional<InetAddress> externalAddress,
            Optional<Long> epoch,
            boolean verified) {
        this(claim, externalPort, granted, grantedAt, externalAddress, epoch, verified, Optional.empty());
    }

    /** When the gateway will drop the mapping; empty for a permanent one. */
    public Optional<Instant> expiresAt() {
        return switch (granted) {
            case LeaseDuration.Finite finite -> Optional.of(grantedAt.plus(finite.duration()));
            case LeaseDuration.Permanent ignored -> Optional.empty();
        };
    }

    /** The same lease with that address of the gateway on the internet side. */
    public Lease on(InetAddress external) {
        return new Lease(claim, externalPort, granted, grantedAt, Optional.of(external), epoch, verified, listedAs);
    }

    /** The same lease, of which it is no longer known whether the gateway still has it. */
    public Lease doubted() {
        return new Lease(claim, externalPort, granted, grantedAt, externalAddress, epoch, false, listedAs);
    }

    /** The same lease for another claim. */
    public Lease of(Claim other) {
        return new Lease(other, externalPort, granted, grantedAt, externalAddress, epoch, verified, listedAs);
    }

    /** Whether the gateway has a table that shows it. */
    public boolean isListed() {
        return claim.handle().traits().listed();
    }

    public TransportProtocol protocol() {
        return claim.mapping().protocol();
    }

    public Endpoint internal() {
        return claim.internal();
    }
}
