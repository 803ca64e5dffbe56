package dev.ajar.mapping.removal;

import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.message.Message;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the user who closes a port has to know besides: who kept it open, and what else is open for it. */
final class CloseNotes {
    private CloseNotes() {}

    /** @param before the state file before the ports were closed */
    static List<Message> of(Snapshot before, Snapshot after, List<CloseRequest> ports) {
        Set<Message> notes = new LinkedHashSet<>();
        before.desiredMappings().stream()
                .filter(desired -> !after.desiredMappings().contains(desired))
                .flatMap(desired -> holder(desired).stream())
                .forEach(notes::add);
        after.mappingRecords().stream()
                .filter(record -> !record.leaving())
                .filter(record -> ports.stream().anyMatch(port -> isFor(record, port)))
                .map(CloseNotes::stillOpen)
                .forEach(notes::add);
        return List.copyOf(notes);
    }

    private static Optional<Message> holder(DesiredMapping desired) {
        String port = desired.mapping().label();
        return switch (desired.owner()) {
            case Owner.User ignored -> Optional.empty();
            case Owner.Configuration(String file) ->
                Optional.of(Message.of("mapping.closed-configured", "port", port, "file", file));
            case Owner.Launch launch ->
                Optional.of(
                        Message.of("mapping.closed-launched", "port", port, "process", String.valueOf(launch.pid())));
            case Owner.Container(String ignored, String name) ->
                Optional.of(Message.of(
                        "mapping.closed-contained", "port", port, "container", new RouterText(name).display()));
        };
    }

    /** Whether it has the number of the port, outside or inside, in either protocol. */
    private static boolean isFor(MappingRecord record, CloseRequest port) {
        Port internal = record.claim().internal().port();
        return record.externalPort().equals(port.externalPort()) || internal.equals(port.internalPort());
    }

    private static Message stillOpen(MappingRecord record) {
        return Message.of(
                "mapping.still-open",
                "port",
                record.protocol().label(record.externalPort()),
                "internal",
                record.claim().internal().toString(),
                "command",
                record.protocol().typed(record.externalPort()));
    }
}
