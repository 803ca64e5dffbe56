package dev.ajar.mapping.removal;

import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.model.Port;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which recorded mappings a port means, and which ports mean all of them. */
public final class ClosablePorts {
    private ClosablePorts() {}

    /**
     * The mappings of a port: those with that external port, and those that were opened by that number where the router
     * gave another one. A mapping that has the number comes before one that was refused it.
     */
    public static List<MappingRecord> of(Snapshot snapshot, CloseRequest wanted) {
        List<MappingRecord> there = snapshot.on(wanted.protocol(), wanted.externalPort());
        if (there.stream().anyMatch(record -> !record.isPinhole())) {
            return there;
        }
        List<MappingRecord> moved = snapshot.mappingRecords().stream()
                .filter(record -> record.protocol() == wanted.protocol() && !there.contains(record))
                .filter(record -> !record.isPinhole())
                .filter(record -> record.claim().mapping().externalPort().equals(wanted.externalPort()))
                .toList();
        return Stream.concat(moved.stream(), there.stream()).toList();
    }

    /** One request for each port of the state file, so that closing them all leaves nothing. */
    public static List<CloseRequest> all(Snapshot snapshot, Instant now) {
        Set<CloseRequest> requests = new LinkedHashSet<>();
        for (DesiredMapping desired : snapshot.desiredMappings()) {
            Port external = snapshot.of(desired)
                    .filter(record -> !record.isPinhole())
                    .map(MappingRecord::externalPort)
                    .orElse(desired.externalPort());
            requests.add(new CloseRequest(
                    desired.protocol(), external, desired.mapping().target().port()));
        }
        for (MappingRecord record : snapshot.mappingRecords()) {
            boolean named =
                    requests.stream().anyMatch(request -> of(snapshot, request).contains(record));
            if (!named && !record.hasExpired(now)) {
                requests.add(new CloseRequest(
                        record.protocol(),
                        record.externalPort(),
                        record.claim().internal().port()));
            }
        }
        snapshot.manualRules()
                .forEach(rule -> requests.add(new CloseRequest(
                        rule.protocol(), rule.externalPort(), rule.internal().port())));
        Set<String> seen = new LinkedHashSet<>();
        return requests.stream()
                .filter(request -> seen.add(request.protocol() + " " + request.externalPort()))
                .toList();
    }
}
