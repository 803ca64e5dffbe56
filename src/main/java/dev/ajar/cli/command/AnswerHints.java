package dev.ajar.cli.command;

import dev.ajar.doctor.AnswerWords;
import dev.ajar.doctor.HostProbe;
import dev.ajar.mapping.ReportedMapping;
import dev.ajar.model.GatewayId;
import dev.ajar.system.machine.Detour;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Whether what this machine answers leaves by the router that lets connections in. */
final class AnswerHints {
    private AnswerHints() {}

    /** A pair of sentences for each address of this machine whose answers take another way. */
    static List<AnswerWords> of(List<ReportedMapping> mappings, HostProbe hostProbe) {
        return mappings.stream()
                .filter(mapping -> mapping.toThisHost() && mapping.status() == ReportedMapping.Status.OPEN)
                .flatMap(mapping -> of(mapping, hostProbe).stream())
                .distinct()
                .toList();
    }

    private static Optional<AnswerWords> of(ReportedMapping mapping, HostProbe hostProbe) {
        InetAddress own = mapping.internal().address();
        Optional<Detour> detour = hostProbe.detour(own, mapping.gateway().map(GatewayId::address));
        return detour.map(way -> AnswerWords.of(way, own));
    }
}
