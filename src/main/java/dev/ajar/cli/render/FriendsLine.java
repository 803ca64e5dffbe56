package dev.ajar.cli.render;

import dev.ajar.document.OpenSummary;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.OpenedPort;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.Reachability;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What friends type to join.
 *
 * @param usual the ports that the clients of the named applications take when none is typed
 * @param byName whether the user named applications, whose first port is the one to type
 */
public record FriendsLine(Set<Port> usual, boolean byName) {
    /** A longer line is not one to send. */
    private static final int MOST_PORTS = 4;

    public FriendsLine {
        usual = Set.copyOf(usual);
    }

    /**
     * @param unanswered over which versions of IP friends get no answer from this machine
     * @return empty unless a port can be reached from the internet at an address that is known
     */
    public Optional<Message> of(OpenResult result, Set<IpVersion> unanswered) {
        List<String> places = places(result, unanswered);
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(Message.of("show.friends-join", "address", String.join(", ", places)));
    }

    /** The same as separate texts: {@code 203.0.113.7}, {@code 203.0.113.7:8443} or {@code [2001:db8::7]:8443}. */
    public List<String> places(OpenResult result, Set<IpVersion> unanswered) {
        if (result.isOpenOver(IpVersion.IPV4)
                && !unanswered.contains(IpVersion.IPV4)
                && OpenSummary.unreachable(result).isEmpty()) {
            Optional<InetAddress> outermost = result.internetSide().address();
            List<Port> ports = ports(outermostHop(result), IpVersion.IPV4);
            return outermost
                    .filter(FriendsLine::isPublic)
                    .map(address -> places(address, ports))
                    .orElse(List.of());
        }
        List<OpenedPort> pinholes = result.over(IpVersion.IPV6).stream()
                .filter(OpenedPort::isOpen)
                .filter(ignored -> !unanswered.contains(IpVersion.IPV6))
                .toList();
        return pinholes.stream()
                .map(OpenedPort::reported)
                .map(mapping ->
                        mapping.externalAddress().orElse(mapping.internal().address()))
                .findFirst()
                .map(address -> places(address, ports(result, IpVersion.IPV6)))
                .orElse(List.of());
    }

    /** Of one port that a program keeps open; empty for an address that the internet cannot reach. */
    public Optional<Message> of(InetAddress address, Port port) {
        return isPublic(address)
                ? Optional.of(Message.of(
                        "show.friends-join",
                        "address",
                        places(address, List.of(port)).getFirst()))
                : Optional.empty();
    }

    private List<String> places(InetAddress address, List<Port> ports) {
        if (byName && ports.isEmpty()) {
            return List.of();
        }
        boolean plain = ports.stream().anyMatch(usual::contains) || (ports.size() > MOST_PORTS && !byName);
        if (plain || ports.isEmpty()) {
            String text = Addresses.text(address);
            return List.of(address instanceof Inet6Address ? "[" + text + "]" : text);
        }
        return ports.stream()
                .limit(byName ? 1 : MOST_PORTS)
                .map(port -> new Endpoint(address, port).toString())
                .toList();
    }

    private static boolean isPublic(InetAddress address) {
        return address instanceof Inet6Address || Reachability.of(Optional.of(address)) == Reachability.PUBLIC;
    }

    private static OpenResult outermostHop(OpenResult result) {
        return Stream.concat(Stream.of(result), result.beyond().stream())
                .filter(OpenResult::isAnyOpen)
                .reduce((inner, outer) -> outer)
                .orElse(result);
    }

    /** Those that are open; none where the one that friends of a named application type has failed. */
    private List<Port> ports(OpenResult result, IpVersion ipVersion) {
        List<OpenedPort> asked = result.over(ipVersion);
        boolean joined = asked.stream()
                .filter(OpenedPort::isOpen)
                .map(port -> port.reported().externalPort())
                .anyMatch(usual::contains);
        if (byName && !joined && !asked.isEmpty() && !asked.getFirst().isOpen()) {
            return List.of();
        }
        return asked.stream()
                .filter(OpenedPort::isOpen)
                .map(OpenedPort::reported)
                .map(ReportedMapping::externalPort)
                .distinct()
                .toList();
    }
}
