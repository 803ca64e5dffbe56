package dev.ajar.config;

import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The mappings of a configuration file.
 *
 * @param file its path, which distinguishes its desired mappings from those of other files
 * @param onChange the program to run on changes that concern no single mapping, or a mapping without a program of its
 *     own; empty for none
 */
public record KeptConfiguration(String file, List<SourceLine> lines, List<String> onChange) {
    public static final KeptConfiguration EMPTY = new KeptConfiguration("", List.of(), List.of());

    public KeptConfiguration {
        lines = List.copyOf(lines);
        onChange = List.copyOf(onChange);
    }

    /** How many ports those are; one that is opened over both versions of IP is one. */
    public int portCount() {
        return (int) lines.stream()
                .map(line -> Map.entry(line.mapping(), line.selection().gateway()))
                .distinct()
                .count();
    }

    /** The same, read from {@code place}. */
    public KeptConfiguration in(String place) {
        return new KeptConfiguration(place, lines, onChange);
    }

    /** The same with only these lines. */
    public KeptConfiguration where(Predicate<SourceLine> wanted) {
        return new KeptConfiguration(file, lines.stream().filter(wanted).toList(), onChange);
    }

    /**
     * One mapping.
     *
     * @param name its name in the router's list
     * @param asked false over IPv6 where the table names no version of IP: then it is an addition to the one over IPv4
     */
    public record SourceLine(
            String name, Mapping mapping, GatewaySelector selection, List<String> onChange, boolean asked) {
        public SourceLine {
            onChange = List.copyOf(onChange);
        }

        public SourceLine(String name, Mapping mapping, GatewaySelector selection, List<String> onChange) {
            this(name, mapping, selection, onChange, true);
        }
    }

    /**
     * Adds the mappings of this configuration to the desired ones, and ends those that it no longer names.
     *
     * @param exists whether another configuration file still exists
     */
    public Snapshot appliedTo(Snapshot snapshot, Instant now, Predicate<String> exists) {
        Snapshot after = snapshot;
        for (DesiredMapping old : snapshot.desiredMappings()) {
            boolean named = lines.stream().anyMatch(line -> desired(line, now).isSameDesire(old));
            boolean ends = old.owner() instanceof Owner.Configuration(String other)
                    && (other.equals(file) ? !named : !exists.test(other));
            after = ends ? after.ended(old) : after;
        }
        for (SourceLine line : lines) {
            DesiredMapping desired = desired(line, now);
            boolean unchanged = after.desiredMappings().stream()
                    .anyMatch(old -> old.mapping().equals(desired.mapping())
                            && old.selection().equals(desired.selection())
                            && old.owner().equals(desired.owner()));
            after = unchanged ? after : after.with(desired);
        }
        return after;
    }

    private DesiredMapping desired(SourceLine line, Instant now) {
        return new DesiredMapping(
                line.mapping(), line.selection(), new Owner.Configuration(file), now, Optional.empty());
    }

    /** Whether it is only the addition over IPv6 to what a line asks for. */
    private boolean isUnasked(DesiredMapping desired) {
        return lines.stream()
                .filter(line -> !line.asked())
                .anyMatch(line -> line.mapping().equals(desired.mapping())
                        && line.selection().equals(desired.selection()));
    }

    /**
     * The program to run when {@code desired} changes; empty for none. None for what nothing asks for over IPv6: a
     * program made for IPv4 would take its address for the new one.
     */
    public List<String> listener(DesiredMapping desired) {
        return isUnasked(desired) ? List.of() : program(desired);
    }

    private List<String> program(DesiredMapping desired) {
        return lines.stream()
                .filter(line -> line.mapping().equals(desired.mapping()))
                .map(SourceLine::onChange)
                .filter(program -> !program.isEmpty())
                .findFirst()
                .orElse(onChange);
    }
}
