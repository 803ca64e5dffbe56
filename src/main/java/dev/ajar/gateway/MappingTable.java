package dev.ajar.gateway;

import dev.ajar.model.ObservedMapping;
import java.util.ArrayList;
import java.util.List;

/**
 * A gateway's table, as far as it showed it.
 *
 * @param whole whether the gateway said that this was the end
 * @param legible whether every entry could be read; one that cannot may be any
 */
public record MappingTable(List<ObservedMapping> entries, boolean whole, boolean legible) {
    public MappingTable(List<ObservedMapping> entries, boolean whole) {
        this(entries, whole, true);
    }

    public MappingTable {
        entries = List.copyOf(entries);
    }

    /** With the entries of {@code better} in the place of those of the same key. */
    public MappingTable under(List<ObservedMapping> better) {
        List<ObservedMapping> all = new ArrayList<>(better);
        entries.stream()
                .filter(entry -> better.stream().noneMatch(other -> other.hasKeyOf(entry)))
                .forEach(all::add);
        return new MappingTable(all, whole, legible);
    }
}
