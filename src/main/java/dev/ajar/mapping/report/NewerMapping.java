package dev.ajar.mapping.report;

import dev.ajar.state.NewerRecord;
import dev.ajar.state.Snapshot;
import java.util.List;

/**
 * A mapping of a protocol that only a newer ajar knows. This one shows it and leaves it alone.
 *
 * @param method the key of the protocol
 * @param label {@code tcp 25565}; empty where it cannot be read
 */
public record NewerMapping(String method, String label) {
    public static List<NewerMapping> of(Snapshot snapshot) {
        return snapshot.newer().stream()
                .filter(NewerRecord::opened)
                .map(one -> new NewerMapping(one.protocol(), one.label()))
                .toList();
    }
}
