package dev.ajar.mapping.report;

import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.InternetSide;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.ManualRule;
import dev.ajar.state.MappingRecord;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping as a report shows it: one that ajar has opened, one it was asked for, or a rule the user made by hand.
 *
 * @param requestedPort the external port that was asked for, of which the gateway may have granted another
 * @param externalPort the granted one, or the requested one while no gateway has granted any
 * @param toThisHost whether it is meant for this machine, whatever address that has
 * @param from the only addresses that may connect; empty for all
 * @param gateway which gateway, in which protocol; empty for a rule made by hand
 * @param externalAddress the gateway's address on the internet side when it granted the mapping, where it told one
 * @param duration the granted one, or the requested one while no gateway has granted any; empty where nothing was
 *     opened
 * @param expiresAt when the gateway ends it; empty unless the gateway granted it to ajar for a limited time
 * @param verified whether the gateway itself confirmed the mapping, or lists it
 * @param description empty for a rule made by hand
 * @param error why it was not opened; present exactly with {@link Status#FAILED}
 */
public record ReportedMapping(
        TransportProtocol protocol,
        IpVersion ipVersion,
        Port requestedPort,
        Port externalPort,
        Endpoint internal,
        boolean toThisHost,
        Optional<Subnet> from,
        Optional<GatewayId> gateway,
        Optional<InetAddress> externalAddress,
        Optional<LeaseDuration> duration,
        Optional<Instant> expiresAt,
        boolean verified,
        String description,
        Status status,
        Optional<Failure> error) {
    /** How a mapping stands. */
    public enum Status {
        /** A gateway granted it to ajar. */
        OPEN,
        /** The same mapping existed already, made by another program. */
        ALREADY_OPEN,
        /** No gateway is in the way, so there was nothing to open. */
        NOTHING_TO_OPEN,
        /** It could not be opened. */
        FAILED,
        /** A rule that the user made by hand and told ajar about. */
        NOTED,
        /** A gateway was asked, and its answer is unknown. */
        UNKNOWN,
        /** A gateway had granted it to ajar, and has lost it since. */
        GONE,
        /** A gateway granted it to ajar, for an address that this machine no longer has. */
        FORMER_ADDRESS,
        /**
         * A gateway granted it to ajar, and could not be asked now or did not answer clearly: whether it is open cannot
         * be told.
         */
        UNCHECKED
    }

    public static ReportedMapping of(ManualRule rule) {
        return new ReportedMapping(
                rule.protocol(),
                IpVersion.IPV4,
                rule.externalPort(),
                rule.externalPort(),
                rule.internal(),
                rule.here(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(LeaseDuration.PERMANENT),
                Optional.empty(),
                false,
                "",
                Status.NOTED,
                Optional.empty());
    }

    public static ReportedMapping of(MappingRecord mappingRecord) {
        ReportedMapping noted =
                mappingRecord.lease().map(ReportedMapping::of).orElseGet(() -> unanswered(mappingRecord.claim()));
        return mappingRecord.isInDoubt() ? noted.unchecked() : noted;
    }

    /** What the grants of open ports said of the gateway's line; empty without one that tells the address. */
    public static Optional<InternetSide> lineOf(List<ReportedMapping> mappings) {
        List<InternetSide> sides = mappings.stream()
                .filter(mapping -> mapping.status() == Status.OPEN && !mapping.isPinhole())
                .filter(mapping -> mapping.gateway()
                        .filter(gateway -> gateway.method().traits().grantsTellAddress())
                        .isPresent())
                .map(mapping -> InternetSide.of(Result.ok(mapping.externalAddress())))
                .toList();
        return sides.isEmpty() ? Optional.empty() : Optional.of(InternetSide.mostTelling(sides));
    }

    /** As it was granted. */
    public static ReportedMapping of(Lease lease) {
        Claim claim = lease.claim();
        Mapping mapping = claim.mapping();
        return new ReportedMapping(
                mapping.protocol(),
                claim.ipVersion(),
                mapping.externalPort(),
                lease.externalPort(),
                claim.internal(),
                mapping.target() instanceof Target.ThisHost,
                mapping.remote(),
                Optional.of(claim.gateway()),
                lease.externalAddress(),
                Optional.of(lease.granted()),
                lease.expiresAt(),
                lease.verified(),
                mapping.description(),
                Status.OPEN,
                Optional.empty());
    }

    /**
     * As the gateway lists it.
     *
     * @return empty where the entry does not show to which address it leads
     */
    static Optional<ReportedMapping> of(ObservedMapping entry, GatewayId gateway, boolean toThisHost) {
        return Addresses.ipv4(entry.internalClient().raw().strip())
                .map(client -> new ReportedMapping(
                        entry.protocol(),
                        IpVersion.IPV4,
                        entry.externalPort(),
                        entry.externalPort(),
                        new Endpoint(client, entry.internalPort()),
                        toThisHost,
                        Optional.empty(),
                        Optional.of(gateway),
                        Optional.empty(),
                        entry.lease(),
                        Optional.empty(),
                        true,
                        "",
                        Status.OPEN,
                        Optional.empty()));
    }

    /** The same mapping, which its gateway has lost. */
    public ReportedMapping gone() {
        return as(Status.GONE, Optional.empty(), false);
    }

    /**
     * The same mapping, whose gateway could not be asked: it does not answer, or there was no time. One that was never
     * granted stays as it is.
     */
    public ReportedMapping unchecked() {
        return status == Status.OPEN ? as(Status.UNCHECKED, expiresAt, false) : this;
    }

    /** The same mapping, which leads to an address that this machine no longer has. */
    public ReportedMapping toFormerAddress() {
        return as(Status.FORMER_ADDRESS, expiresAt, verified);
    }

    private ReportedMapping as(Status other, Optional<Instant> end, boolean seen) {
        return new ReportedMapping(
                protocol,
                ipVersion,
                requestedPort,
                externalPort,
                internal,
                toThisHost,
                from,
                gateway,
                externalAddress,
                duration,
                end,
                seen,
                description,
                other,
                error);
    }

    private static ReportedMapping unanswered(Claim claim) {
        Mapping mapping = claim.mapping();
        return new ReportedMapping(
                mapping.protocol(),
                claim.ipVersion(),
                mapping.externalPort(),
                claim.externalPort(),
                claim.internal(),
                mapping.target() instanceof Target.ThisHost,
                mapping.remote(),
                Optional.of(claim.gateway()),
                Optional.empty(),
                Optional.of(mapping.lease()),
                Optional.empty(),
                false,
                mapping.description(),
                Status.UNKNOWN,
                Optional.empty());
    }

    /** What was asked of a gateway and not granted to ajar. */
    public static ReportedMapping of(
            OpenReport.PortOutcome outcome, Optional<LeaseDuration> duration, Status status, Optional<Failure> error) {
        Mapping mapping = outcome.mapping();
        Endpoint internal = mapping.target().seenFrom(outcome.gateway().localAddress());
        return new ReportedMapping(
                mapping.protocol(),
                outcome.ipVersion(),
                mapping.externalPort(),
                outcome.ipVersion() == IpVersion.IPV4 ? mapping.externalPort() : internal.port(),
                internal,
                mapping.target() instanceof Target.ThisHost,
                mapping.remote(),
                Optional.of(outcome.gateway().id()),
                Optional.empty(),
                duration,
                Optional.empty(),
                status == Status.ALREADY_OPEN,
                mapping.description(),
                status,
                error);
    }

    /** Whether it is the mapping of that external port. */
    public boolean isFor(TransportProtocol other, Port port) {
        return protocol == other && externalPort.equals(port);
    }

    /** Whether it is a pinhole in an IPv6 firewall. Gateways do not list pinholes. */
    public boolean isPinhole() {
        return ipVersion == IpVersion.IPV6;
    }

    /**
     * Whether it is meant for this machine and leads to an address that this machine no longer has.
     *
     * @param own the addresses it has
     */
    public boolean isMisdirected(Set<InetAddress> own) {
        return toThisHost && !own.contains(internal.address());
    }

    /** For people: {@code tcp 25565}. */
    public String label() {
        return protocol.label(externalPort);
    }
}
