package dev.ajar.cli.command;

import dev.ajar.cli.render.FriendsLine;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.request.Ownership;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the user asks of {@code ajar open}.
 *
 * @param agreed the dangerous services and applications that the user confirmed
 * @param objection why ajar refuses to open one of the ports, if it does
 * @param dangers of ports, for those that are open
 * @param friends what friends type to join
 * @param ranges ports of which a server uses some when it needs them, as those of passive FTP
 * @param typed the ports and the device as the user typed them
 */
record OpenRequest(
        List<Mapping> mappings,
        Set<IpVersion> ipVersions,
        Ownership ownership,
        Set<String> agreed,
        Optional<Failure> objection,
        Dangers dangers,
        FriendsLine friends,
        Set<Port> ranges,
        List<String> typed) {
    OpenRequest {
        mappings = List.copyOf(mappings);
        ipVersions = Set.copyOf(ipVersions);
        agreed = Set.copyOf(agreed);
        ranges = Set.copyOf(ranges);
        typed = List.copyOf(typed);
    }

    /** What can go wrong with those of the ports. */
    @FunctionalInterface
    interface Dangers {
        List<Message> of(List<Mapping> open);
    }

    /** What can go wrong now that ports are open. */
    List<Message> warnings(OpenResult report) {
        return dangers.of(opened(report));
    }

    /** The mappings of which one is open, over any IP version. */
    List<Mapping> opened(OpenResult report) {
        return mappings.stream()
                .filter(mapping -> report.ports().stream()
                        .anyMatch(port -> port.isOpen() && port.wanted().equals(mapping)))
                .toList();
    }

    boolean isOverIpv4() {
        return ipVersions.contains(IpVersion.IPV4);
    }

    /** Whether only certain addresses may connect. */
    boolean isNarrowed() {
        return mappings.stream().anyMatch(mapping -> mapping.remote().isPresent());
    }
}
