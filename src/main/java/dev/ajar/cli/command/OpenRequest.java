package dev.ajar.cli.command;

import dev.ajar.cli.render.FriendsLine;
import dev.ajar.mapping.Ownership;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the user asks of {@code ajar open}.
 *
 * @param agreed the dangerous services and applications that the user confirmed
 * @param objection why ajar refuses to open one of the ports, if it does
 * @param warnings what can go wrong once the ports are open
 * @param friends what friends type to join
 * @param typed the ports and the device as the user typed them
 */
record OpenRequest(
        List<Mapping> mappings,
        Set<IpVersion> ipVersions,
        Ownership ownership,
        Set<String> agreed,
        Optional<Failure> objection,
        List<Message> warnings,
        FriendsLine friends,
        List<String> typed) {
    OpenRequest {
        mappings = List.copyOf(mappings);
        ipVersions = Set.copyOf(ipVersions);
        agreed = Set.copyOf(agreed);
        warnings = List.copyOf(warnings);
        typed = List.copyOf(typed);
    }

    boolean isOverIpv4() {
        return ipVersions.contains(IpVersion.IPV4);
    }

    /** Whether only certain addresses may connect. */
    boolean isNarrowed() {
        return mappings.stream().anyMatch(mapping -> mapping.remote().isPresent());
    }
}
