package dev.ajar.mapping.report;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Reachability;
import dev.ajar.model.Result;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of opening ports.
 *
 * @param gateway the gateway that was asked; empty when none was found
 * @param externalAddress its address on the internet side; empty where it told none
 * @param failure why no gateway was asked; or, beside outcomes, why the state file could not be written
 * @param ipv6 why no port was opened over IPv6 as well; empty on a machine without IPv6
 * @param line why no port of that gateway can be reached now, though it is open: its line is down, by its own words
 * @param attempts what the search for the gateway tried
 * @param beyond the same on the routers in front of that gateway, nearest first; empty where none was asked
 */
public record OpenReport(
        Optional<GatewayInfo> gateway,
        Optional<InetAddress> externalAddress,
        List<PortOutcome> outcomes,
        Optional<Failure> failure,
        Optional<Failure> ipv6,
        Optional<Failure> line,
        List<ProbeAttempt> attempts,
        List<OpenReport> beyond) {
    public OpenReport(
            Optional<GatewayInfo> gateway,
            Optional<InetAddress> externalAddress,
            List<PortOutcome> outcomes,
            Optional<Failure> failure,
            List<ProbeAttempt> attempts) {
        this(gateway, externalAddress, outcomes, failure, Optional.empty(), Optional.empty(), attempts, List.of());
    }

    /** The result of one mapping. */
    public record PortOutcome(Mapping mapping, GatewayInfo gateway, Result<Grant> result) {
        public IpVersion ipVersion() {
            return gateway.route().ipVersion();
        }

        /** The mapping as a report shows it. */
        public ReportedMapping reported() {
            return switch (result) {
                case Result.Ok<Grant>(Grant.Granted(Lease lease, var learned, var refusal)) ->
                    ReportedMapping.of(lease);
                case Result.Ok<Grant>(Grant.AlreadyThere(ObservedMapping entry)) ->
                    ReportedMapping.of(
                            this,
                            entry.lease().or(() -> Optional.of(mapping.lease())),
                            ReportedMapping.Status.ALREADY_OPEN,
                            Optional.empty());
                case Result.Ok<Grant>(Grant.OpenAnyway ignored) ->
                    ReportedMapping.of(
                            this,
                            Optional.of(LeaseDuration.PERMANENT),
                            ReportedMapping.Status.NOTHING_TO_OPEN,
                            Optional.empty());
                case Result.Err<Grant>(Failure failure) ->
                    ReportedMapping.of(this, Optional.empty(), ReportedMapping.Status.FAILED, Optional.of(failure));
            };
        }
    }

    public boolean isAnyOpen() {
        return outcomes.stream().anyMatch(outcome -> outcome.result() instanceof Result.Ok);
    }

    /** The failure of the first mapping; empty where any was granted. */
    public Optional<Failure> firstFailure() {
        return isAnyOpen()
                ? Optional.empty()
                : outcomes.stream()
                        .flatMap(outcome -> outcome.result() instanceof Result.Err<Grant>(Failure why)
                                ? Stream.of(why)
                                : Stream.empty())
                        .findFirst();
    }

    /** The outcomes over one IP version. */
    public List<PortOutcome> over(IpVersion ipVersion) {
        return outcomes.stream()
                .filter(outcome -> outcome.ipVersion() == ipVersion)
                .toList();
    }

    /** Whether a port is open over that IP version. */
    public boolean isOpenOver(IpVersion ipVersion) {
        return over(ipVersion).stream().anyMatch(outcome -> outcome.result() instanceof Result.Ok);
    }

    /** This report together with that of the same mappings over IPv6, unless this machine has no IPv6. */
    public OpenReport with(OpenReport overIpv6) {
        List<PortOutcome> all = new ArrayList<>(outcomes);
        all.addAll(overIpv6.outcomes);
        List<ProbeAttempt> asked = new ArrayList<>(attempts);
        asked.addAll(overIpv6.attempts);
        boolean isHere =
                overIpv6.failure.filter(why -> why instanceof Failure.NoIpv6).isEmpty();
        return new OpenReport(
                gateway,
                externalAddress,
                List.copyOf(all),
                overIpv6.isUnwritable() ? failure.or(overIpv6::failure) : failure,
                isHere && !overIpv6.isUnwritable() ? overIpv6.failure : Optional.empty(),
                line,
                List.copyOf(asked),
                beyond);
    }

    /**
     * Joins the reports of the same mappings on several gateways.
     *
     * @param reports at least one
     */
    public static OpenReport together(List<OpenReport> reports) {
        List<PortOutcome> all = new ArrayList<>();
        List<ProbeAttempt> asked = new ArrayList<>();
        for (OpenReport report : reports) {
            all.addAll(report.outcomes);
            asked.addAll(report.attempts);
        }
        OpenReport best =
                reports.stream().filter(OpenReport::isAnyOpen).findFirst().orElse(reports.getFirst());
        return new OpenReport(
                best.gateway,
                best.externalAddress,
                List.copyOf(all),
                reports.stream().flatMap(report -> report.failure.stream()).findFirst(),
                Optional.empty(),
                best.line,
                List.copyOf(asked),
                List.of());
    }

    /** This report with those of the routers in front. */
    public OpenReport and(List<OpenReport> hops) {
        List<ProbeAttempt> asked = new ArrayList<>(attempts);
        hops.forEach(hop -> asked.addAll(hop.attempts));
        return new OpenReport(gateway, externalAddress, outcomes, failure, ipv6, line, List.copyOf(asked), hops);
    }

    /**
     * Whether a port is open over IPv4 and the gateway's address shows that another router is in front of it. Over IPv6
     * no address is translated.
     */
    public boolean isBehindAnother() {
        return isOpenOver(IpVersion.IPV4)
                && beyond.isEmpty()
                && switch (reachability()) {
                    case PRIVATE, CARRIER_GRADE -> true;
                    case PUBLIC, UNKNOWN -> false;
                };
    }

    /** Whether the state file is the reason, so that no other port can be opened either. */
    public boolean isUnwritable() {
        return failure.filter(why -> why instanceof Failure.BadState || why instanceof Failure.Busy)
                .isPresent();
    }

    /** Judges the address of the outermost router that opened a port. */
    public Reachability reachability() {
        return Reachability.of(outermost());
    }

    private Optional<InetAddress> outermost() {
        return beyond.stream()
                .filter(OpenReport::isAnyOpen)
                .reduce((inner, outer) -> outer)
                .map(OpenReport::externalAddress)
                .orElse(externalAddress);
    }

    /** The same report with these outcomes in the place of its own. */
    public OpenReport withOutcomes(List<PortOutcome> others) {
        return new OpenReport(gateway, externalAddress, others, failure, ipv6, line, attempts, beyond);
    }

    /** The same report with the reason why the state file could not be written in the end. */
    public OpenReport unwritten(Failure why) {
        return new OpenReport(gateway, externalAddress, outcomes, Optional.of(why), ipv6, line, attempts, beyond);
    }

    public static OpenReport failed(Failure failure, List<ProbeAttempt> attempts) {
        return new OpenReport(Optional.empty(), Optional.empty(), List.of(), Optional.of(failure), attempts);
    }
}
