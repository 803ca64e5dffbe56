package dev.ajar.document;

import dev.ajar.gateway.Capability;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.OpenedPort;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import java.util.List;
import java.util.Optional;

/**
 * The result of opening as a whole. IPv4 decides, since every client outside has it. A port that opens over IPv6 alone
 * is a partial success, and one that does not open over IPv6 beside IPv4 is reported, but is not a failure.
 */
public final class OpenSummary {
    private OpenSummary() {}

    public static ExitCode exitCode(OpenResult report) {
        if (report.failure().filter(OpenSummary::isOfTheStateFile).isPresent()) {
            return ExitCode.of(report.failure().get());
        }
        boolean ipv6Alone = report.failure().isEmpty()
                && !report.ports().isEmpty()
                && report.over(IpVersion.IPV4).isEmpty();
        if (ipv6Alone) {
            return ofAll(report.ports());
        }
        ExitCode overIpv4 = overIpv4(report);
        return overIpv4 != ExitCode.DONE && report.isOpenOver(IpVersion.IPV6) ? ExitCode.PARTLY : overIpv4;
    }

    /** Without the state file the command has failed, whatever is open. */
    private static boolean isOfTheStateFile(Failure failure) {
        return failure instanceof Failure.BadState || failure instanceof Failure.Busy;
    }

    private static ExitCode overIpv4(OpenResult report) {
        if (report.failure().isPresent()) {
            return report.isAnyOpen()
                    ? ExitCode.PARTLY
                    : ExitCode.of(report.failure().get());
        }
        ExitCode opened = ofAll(report.over(IpVersion.IPV4));
        if (opened != ExitCode.DONE) {
            return opened;
        }
        Optional<Failure> unreachable = unreachable(report);
        if (unreachable.isPresent()) {
            return ExitCode.of(unreachable.get());
        }
        boolean lessFurtherOut =
                report.beyond().stream().anyMatch(hop -> !failures(hop.ports()).isEmpty());
        boolean perhapsForAll = report.ports().stream().anyMatch(OpenSummary::isPerhapsForAll);
        return lessFurtherOut || perhapsForAll ? ExitCode.PARTLY : ExitCode.DONE;
    }

    /** Whether it was to be open for one address, and the router, which lists its mappings, lists it for all. */
    private static boolean isPerhapsForAll(OpenedPort port) {
        return port.wanted().remote().isPresent()
                && port.grantedAt().isPresent()
                && !port.reported().verified()
                && port.gateway().capabilities().contains(Capability.LISTS_MAPPINGS);
    }

    private static ExitCode ofAll(List<OpenedPort> outcomes) {
        return ExitCode.of(failures(outcomes), outcomes.size());
    }

    static List<Failure> failures(List<OpenedPort> outcomes) {
        return outcomes.stream().flatMap(port -> port.failure().stream()).toList();
    }

    /** The failure the exit code stands for; empty when something was opened. */
    static Optional<Failure> overallFailure(OpenResult report) {
        List<Failure> failures = failures(report.ports());
        boolean all = !failures.isEmpty() && failures.size() == report.ports().size();
        Optional<Failure> first = all ? Optional.of(failures.getFirst()) : Optional.empty();
        return report.failure().or(() -> first).or(() -> unreachable(report));
    }

    /** Set where a port is open over IPv4, behind an address or a line that the internet cannot reach. */
    public static Optional<Failure> unreachable(OpenResult report) {
        List<OpenedPort> overIpv4 = report.over(IpVersion.IPV4);
        boolean anyOpen = failures(overIpv4).size() < overIpv4.size();
        return switch (report.reachability()) {
            // Some routers with a working line say "Disconnected", so beside a public address that is only a doubt.
            case PUBLIC -> Optional.empty();
            case UNKNOWN -> report.line().filter(failure -> anyOpen);
            case PRIVATE, CARRIER_GRADE ->
                Optional.<Failure>of(
                                new Failure.SecondNat(notReachable(report), report.externalAddress(), Optional.empty()))
                        .filter(failure -> anyOpen);
        };
    }

    private static Message notReachable(OpenResult report) {
        Object address = report.externalAddress()
                .<Object>map(Addresses::text)
                .orElseGet(() -> Message.of("show.address-unknown"));
        return Message.of("show.private-address", "address", address);
    }
}
