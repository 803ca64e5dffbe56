package dev.ajar.mapping.report;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.model.Failure;
import dev.ajar.model.InternetSide;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Reachability;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of opening ports, as values alone: the leases and their handles stay with the process that asked.
 *
 * @param gateway the gateway that was asked; empty when none was found
 * @param externalAddress its address on the internet side; empty where it told none
 * @param reachability of the address of the outermost router that opened a port
 * @param failure why no gateway was asked; or, beside ports, why the state file could not be written
 * @param ipv6 why no port was opened over IPv6 as well; empty on a machine without IPv6
 * @param line why no port of that gateway can be reached now, though it is open: its line is down, by its own words
 * @param attempts what the search for the gateway tried
 * @param beyond the same on the routers in front of that gateway, nearest first; empty where none was asked
 */
public record OpenResult(
        Optional<GatewayInfo> gateway,
        Optional<InetAddress> externalAddress,
        Reachability reachability,
        List<OpenedPort> ports,
        Optional<Failure> failure,
        Optional<Failure> ipv6,
        Optional<Failure> line,
        List<ProbeAttempt> attempts,
        List<OpenResult> beyond) {
    public OpenResult {
        ports = List.copyOf(ports);
        attempts = List.copyOf(attempts);
        beyond = List.copyOf(beyond);
    }

    public static OpenResult of(OpenReport report) {
        return new OpenResult(
                report.gateway(),
                report.externalAddress(),
                report.reachability(),
                report.outcomes().stream().map(OpenedPort::of).toList(),
                report.failure(),
                report.ipv6(),
                report.line(),
                report.attempts(),
                report.beyond().stream().map(OpenResult::of).toList());
    }

    /** What is between the outermost router that opened a port and the internet. */
    public InternetSide internetSide() {
        return InternetSide.mostTelling(
                Stream.concat(Stream.of(InternetSide.of(outermost())), line.map(InternetSide::of).stream())
                        .toList());
    }

    private Optional<InetAddress> outermost() {
        return beyond.stream()
                .filter(OpenResult::isAnyOpen)
                .reduce((inner, outer) -> outer)
                .map(OpenResult::externalAddress)
                .orElse(externalAddress);
    }

    /** Nothing was opened, for that reason. */
    public static OpenResult failed(Failure failure) {
        return of(OpenReport.failed(failure, List.of()));
    }

    public boolean isAnyOpen() {
        return ports.stream().anyMatch(OpenedPort::isOpen);
    }

    /** The failure of the first port; empty where any is open. */
    public Optional<Failure> firstFailure() {
        return isAnyOpen()
                ? Optional.empty()
                : ports.stream().flatMap(port -> port.failure().stream()).findFirst();
    }

    /** The ports over one IP version. */
    public List<OpenedPort> over(IpVersion ipVersion) {
        return ports.stream().filter(port -> port.ipVersion() == ipVersion).toList();
    }

    /** Whether a port is open over that IP version. */
    public boolean isOpenOver(IpVersion ipVersion) {
        return over(ipVersion).stream().anyMatch(OpenedPort::isOpen);
    }

    /** Whether a port is open over IPv4 and another router, which was not asked, is in front of the gateway. */
    public boolean isBehindAnother() {
        return isOpenOver(IpVersion.IPV4)
                && beyond.isEmpty()
                && switch (reachability) {
                    case PRIVATE, CARRIER_GRADE -> true;
                    case PUBLIC, UNKNOWN -> false;
                };
    }
}
