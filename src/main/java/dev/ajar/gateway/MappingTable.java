package dev.ajar.gateway;

import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A gateway's table, as far as it showed it.
 *
 * @param whole whether the gateway said that this was the end
 * @param partial the entries of which something cannot be read
 */
public record MappingTable(List<ObservedMapping> entries, boolean whole, List<PartialEntry> partial) {
    public MappingTable {
        entries = List.copyOf(entries);
        partial = List.copyOf(partial);
    }

    /** The same so long after it was read. */
    public MappingTable aged(Duration passed) {
        return new MappingTable(
                entries.stream().map(entry -> entry.aged(passed)).toList(), whole, partial);
    }

    /** With the entries of {@code better} in the place of those of the same key. */
    public MappingTable under(List<ObservedMapping> better) {
        List<ObservedMapping> all = new ArrayList<>(better);
        entries.stream()
                .filter(entry -> better.stream().noneMatch(other -> other.hasKeyOf(entry)))
                .forEach(all::add);
        List<PartialEntry> unread = partial.stream()
                .filter(entry -> better.stream().noneMatch(other -> entry.isReadAs(other)))
                .toList();
        return new MappingTable(all, whole, unread);
    }
}
