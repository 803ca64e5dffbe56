package dev.ajar.service.client;

import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.service.WatchReport;
import dev.ajar.service.WatchRow;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.PortRequest;
import dev.ajar.syntax.PortSyntax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a daemon has open or keeps trying to open, from the documents that daemons of every version send. */
final class ClosableRows {
    private ClosableRows() {}

    static List<CloseRequest> of(StatusReport status, WatchReport watched) {
        Stream<CloseRequest> open = Stream.concat(status.mappings().stream(), status.manualRules().stream())
                .filter(mapping -> !isPinholeBeside(mapping, status.mappings()))
                .map(mapping -> new CloseRequest(
                        mapping.protocol(),
                        mapping.externalPort(),
                        mapping.internal().port()));
        Stream<CloseRequest> tried = watched.rows().stream()
                .filter(row -> row.state() == WatchRow.State.NOT_OPEN)
                .flatMap(row -> tried(row.mapping()).stream());
        Map<String, CloseRequest> all = new LinkedHashMap<>();
        Stream.concat(open, tried)
                .forEach(request -> all.putIfAbsent(request.protocol() + " " + request.externalPort(), request));
        return List.copyOf(all.values());
    }

    /** The pinhole of {@code 8443:443} is closed with port 8443. */
    private static boolean isPinholeBeside(ReportedMapping mapping, List<ReportedMapping> all) {
        return mapping.isPinhole()
                && all.stream()
                        .anyMatch(other -> !other.isPinhole()
                                && other.protocol() == mapping.protocol()
                                && other.internal()
                                        .port()
                                        .equals(mapping.internal().port()));
    }

    /** @param label {@code tcp 25565}; empty if it is none */
    private static Optional<CloseRequest> tried(String label) {
        String[] words = label.split(" ", -1);
        if (words.length != 2) {
            return Optional.empty();
        }
        try {
            PortRequest port =
                    PortSyntax.parse(List.of(words[1] + "/" + words[0])).getFirst();
            return Optional.of(new CloseRequest(port.protocol(), port.externalPort(), port.internalPort()));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }
}
