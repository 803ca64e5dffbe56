package dev.ajar.cli.command;

import dev.ajar.mapping.ReportedMapping;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to ask for so that open ports stay open: each as it was asked for, for the same port, device and sources, and over the
 * IP versions that it is open over. Anything wider would open what the user did not ask for.
 */
record OpenedAgain(List<Mapping> mappings, Set<IpVersion> ipVersions) {
    OpenedAgain {
        mappings = List.copyOf(mappings);
        ipVersions = Set.copyOf(ipVersions);
    }

    private record Outside(TransportProtocol protocol, Port port) {}

    /** One request for all mappings that are open over the same IP versions. */
    static List<OpenedAgain> of(List<ReportedMapping> open, LeaseDuration lease) {
        // Over IPv6 no port is translated, so another one there tells nothing.
        List<Outside> moved = open.stream()
                .filter(one -> !one.isPinhole() && !one.requestedPort().equals(one.externalPort()))
                .map(OpenedAgain::outside)
                .toList();
        Map<Mapping, Set<IpVersion>> versions = new LinkedHashMap<>();
        for (ReportedMapping one : open) {
            PortPolicy policy = moved.contains(outside(one)) ? PortPolicy.ANY_FREE : PortPolicy.EXACT;
            versions.computeIfAbsent(mapping(one, policy, lease), ignored -> EnumSet.noneOf(IpVersion.class))
                    .add(one.ipVersion());
        }
        Map<Set<IpVersion>, List<Mapping>> requests = new LinkedHashMap<>();
        versions.forEach((mapping, over) ->
                requests.computeIfAbsent(over, ignored -> new ArrayList<>()).add(mapping));
        return requests.entrySet().stream()
                .map(request -> new OpenedAgain(request.getValue(), request.getKey()))
                .toList();
    }

    private static Outside outside(ReportedMapping one) {
        return new Outside(one.protocol(), one.requestedPort());
    }

    private static Mapping mapping(ReportedMapping open, PortPolicy policy, LeaseDuration lease) {
        Target target = open.toThisHost()
                ? new Target.ThisHost(open.internal().port())
                : new Target.OtherHost(
                        open.internal().address(), open.internal().port());
        return new Mapping(
                open.protocol(), open.requestedPort(), policy, target, lease, open.description(), open.from());
    }
}
