package dev.ajar.cli.hint;

import dev.ajar.doctor.AnswerRouteText;
import dev.ajar.doctor.HostProbe;
import dev.ajar.doctor.ListenerState;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.Target;
import dev.ajar.system.machine.AnswerRoute;
import dev.ajar.system.machine.LocalServer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether what this machine answers leaves by the router that lets connections in. */
public final class AnswerHints {
    private AnswerHints() {}

    /**
     * A pair of sentences for each address of this machine whose answers take another way, with the version of IP where
     * not all versions that are open do.
     */
    static List<AnswerRouteText> of(List<ReportedMapping> mappings, HostProbe hostProbe) {
        Map<IpVersion, Set<AnswerRouteText>> leaving = new EnumMap<>(IpVersion.class);
        Set<IpVersion> open = EnumSet.noneOf(IpVersion.class);
        for (ReportedMapping mapping : mappings) {
            if (mapping.toThisHost() && mapping.status() == ReportedMapping.Status.OPEN) {
                open.add(mapping.ipVersion());
                of(mapping, hostProbe)
                        .ifPresent(words -> leaving.computeIfAbsent(mapping.ipVersion(), any -> new LinkedHashSet<>())
                                .add(words));
            }
        }
        boolean everyVersion = leaving.keySet().equals(open);
        return leaving.entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().stream().map(words -> everyVersion ? words : words.over(entry.getKey())))
                .distinct()
                .toList();
    }

    /**
     * Over which versions of IP no friend gets an answer, as far as the kernel, this machine's own firewall and the
     * programs that listen tell.
     */
    public static Set<IpVersion> unanswered(List<ReportedMapping> mappings, HostProbe hostProbe) {
        Set<IpVersion> unanswered = EnumSet.noneOf(IpVersion.class);
        Set<IpVersion> answered = EnumSet.noneOf(IpVersion.class);
        for (ReportedMapping mapping : mappings) {
            if (mapping.status() == ReportedMapping.Status.OPEN) {
                boolean leaves = FirewallHints.bars(mapping, hostProbe)
                        || isMissed(mapping, hostProbe)
                        || (mapping.toThisHost()
                                && detour(mapping, hostProbe)
                                        .filter(AnswerRoute.OfAll.class::isInstance)
                                        .isPresent());
                (leaves ? unanswered : answered).add(mapping.ipVersion());
            }
        }
        unanswered.removeAll(answered);
        return unanswered;
    }

    /** What this machine does to friends of those ports: its firewall first, which is the surest. */
    public static List<Message> all(List<ReportedMapping> mappings, HostProbe hostProbe) {
        return Stream.concat(
                        FirewallHints.of(mappings, hostProbe).stream(),
                        of(mappings, hostProbe).stream().map(AnswerRouteText::both))
                .toList();
    }

    private static Optional<AnswerRouteText> of(ReportedMapping mapping, HostProbe hostProbe) {
        return detour(mapping, hostProbe)
                .map(way -> AnswerRouteText.of(way, mapping.internal().address()));
    }

    /** The same of a port that a keeper has opened: how answers leave, where not by the router that granted it. */
    public static Optional<AnswerRoute> detour(Lease lease, HostProbe hostProbe) {
        Claim claim = lease.claim();
        return claim.mapping().target() instanceof Target.ThisHost
                ? hostProbe.detour(
                        claim.internal().address(),
                        Optional.of(claim.gateway().address()),
                        Optional.of(new LocalServer(
                                claim.mapping().protocol(), claim.internal().port())))
                : Optional.empty();
    }

    /** Whether the server listens elsewhere than where the port leads to. */
    private static boolean isMissed(ReportedMapping mapping, HostProbe hostProbe) {
        Endpoint internal = mapping.internal();
        return mapping.toThisHost()
                && ListenerState.isMissed(hostProbe, mapping.protocol(), internal.port(), internal.address());
    }

    private static Optional<AnswerRoute> detour(ReportedMapping mapping, HostProbe hostProbe) {
        LocalServer server =
                new LocalServer(mapping.protocol(), mapping.internal().port());
        return hostProbe.detour(
                mapping.internal().address(), mapping.gateway().map(GatewayId::address), Optional.of(server));
    }
}
