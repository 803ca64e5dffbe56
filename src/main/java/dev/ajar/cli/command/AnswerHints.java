package dev.ajar.cli.command;

import dev.ajar.doctor.AnswerWords;
import dev.ajar.doctor.HostProbe;
import dev.ajar.mapping.ReportedMapping;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.Detour;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether what this machine answers leaves by the router that lets connections in. */
final class AnswerHints {
    private AnswerHints() {}

    /**
     * A pair of sentences for each address of this machine whose answers take another way, with the version of IP where not
     * all versions that are open do.
     */
    static List<AnswerWords> of(List<ReportedMapping> mappings, HostProbe hostProbe) {
        Map<IpVersion, Set<AnswerWords>> leaving = new EnumMap<>(IpVersion.class);
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

    private static Optional<AnswerWords> of(ReportedMapping mapping, HostProbe hostProbe) {
        InetAddress own = mapping.internal().address();
        Optional<Detour> detour = hostProbe.detour(own, mapping.gateway().map(GatewayId::address));
        return detour.map(way -> AnswerWords.of(way, own));
    }
}
