package dev.ajar.cli.render;

import dev.ajar.gateway.Grant;
import dev.ajar.mapping.OpenReport;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.ManualRule;
import dev.ajar.state.MappingRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping as the documents of {@code open} and {@code status} show it ({@code docs/json.md}).
 *
 * @param from the only addresses that may connect; empty for all
 * @param gateway which gateway, in which protocol; empty for a rule made by hand
 * @param lease empty unless the gateway granted it to ajar
 * @param duration how long it lasts; empty where nothing was opened
 */
record MappingView(
        TransportProtocol protocol,
        IpVersion ipVersion,
        Port externalPort,
        Endpoint internal,
        Optional<Subnet> from,
        Optional<GatewayId> gateway,
        Optional<Lease> lease,
        Optional<LeaseDuration> duration,
        Status status,
        Optional<Failure> error) {
    /** How the mapping stands; in JSON in lower case. */
    enum Status {
        OPEN,
        ALREADY_OPEN,
        NOTHING_TO_OPEN,
        FAILED,
        NOTED,
        UNKNOWN
    }

    static MappingView of(ManualRule rule) {
        return new MappingView(
                rule.protocol(),
                IpVersion.IPV4,
                rule.externalPort(),
                rule.internal(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(LeaseDuration.PERMANENT),
                Status.NOTED,
                Optional.empty());
    }

    static MappingView of(MappingRecord mappingRecord) {
        Optional<Lease> lease = mappingRecord.lease();
        Claim claim = lease.map(Lease::claim).orElse(mappingRecord.claim());
        return new MappingView(
                claim.mapping().protocol(),
                claim.ipVersion(),
                mappingRecord.externalPort(),
                claim.internal(),
                claim.mapping().remote(),
                Optional.of(claim.gateway()),
                lease,
                lease.map(Lease::granted).or(() -> Optional.of(claim.mapping().lease())),
                lease.isPresent() ? Status.OPEN : Status.UNKNOWN,
                Optional.empty());
    }

    static MappingView of(OpenReport.PortOutcome outcome) {
        LeaseDuration asked = outcome.mapping().lease();
        return switch (outcome.result()) {
            case Result.Ok<Grant>(Grant.Granted(Lease lease, var learned)) -> of(MappingRecord.held(lease));
            case Result.Ok<Grant>(Grant.AlreadyThere(ObservedMapping entry)) ->
                of(outcome, entry.lease().or(() -> Optional.of(asked)), Status.ALREADY_OPEN, Optional.empty());
            case Result.Ok<Grant>(Grant.OpenAnyway ignored) ->
                of(outcome, Optional.of(LeaseDuration.PERMANENT), Status.NOTHING_TO_OPEN, Optional.empty());
            case Result.Err<Grant>(Failure failure) ->
                of(outcome, Optional.empty(), Status.FAILED, Optional.of(failure));
        };
    }

    private static MappingView of(
            OpenReport.PortOutcome outcome, Optional<LeaseDuration> duration, Status status, Optional<Failure> error) {
        Mapping mapping = outcome.mapping();
        Endpoint internal = mapping.target().seenFrom(outcome.gateway().localAddress());
        return new MappingView(
                mapping.protocol(),
                outcome.ipVersion(),
                outcome.ipVersion() == IpVersion.IPV4 ? mapping.externalPort() : internal.port(),
                internal,
                mapping.remote(),
                Optional.of(outcome.gateway().id()),
                Optional.empty(),
                duration,
                status,
                error);
    }

    Map<String, Object> toJson() {
        JsonMembers json = new JsonMembers().with("protocol", protocol.label()).with("family", ipVersion.key());
        if (status == Status.UNKNOWN) {
            // Programs have always seen it in this place here; the second call keeps the place.
            json.with("from", from.map(Subnet::text));
        }
        return json.with("external_port", externalPort.number())
                .with("internal_address", Addresses.text(internal.address()))
                .with("internal_port", internal.port().number())
                .with("from", from.map(Subnet::text))
                .with("method", gateway.map(id -> id.method().key()).orElse("manual"))
                .with("gateway", gateway.map(id -> Addresses.text(id.address())))
                .with("external_address", JsonMembers.address(lease.flatMap(Lease::externalAddress)))
                .with("lease_seconds", JsonMembers.seconds(duration))
                .with("permanent", JsonMembers.isPermanent(duration))
                .with("expires_at", lease.flatMap(Lease::expiresAt).map(Instant::toString))
                .with("verified", lease.map(Lease::verified).orElse(status == Status.ALREADY_OPEN))
                .with("status", status.name().toLowerCase(Locale.ROOT))
                .with("error", JsonMembers.error(error))
                .map();
    }
}
