package dev.ajar.keeper;

import dev.ajar.model.Mapping;
import dev.ajar.model.Selection;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the configuration file wants.
 *
 * @param file where it stands; what another file wants is not its business
 * @param onChange the program to tell of changes that concern no single mapping, and of those of mappings without one of
 *     their own; empty for none
 */
public record Configuration(String file, List<Line> lines, List<String> onChange) {
    public static final Configuration EMPTY = new Configuration("", List.of(), List.of());

    public Configuration {
        lines = List.copyOf(lines);
        onChange = List.copyOf(onChange);
    }

    /** The same, as it stands in {@code place}. */
    public Configuration in(String place) {
        return new Configuration(place, lines, onChange);
    }

    /** The same with those lines alone. */
    public Configuration where(Predicate<Line> wanted) {
        return new Configuration(file, lines.stream().filter(wanted).toList(), onChange);
    }

    /**
     * One mapping.
     *
     * @param name for people
     */
    public record Line(String name, Mapping mapping, Selection selection, List<String> onChange) {
        public Line {
            onChange = List.copyOf(onChange);
        }
    }

    /**
     * The notes as this configuration wants them: what it no longer names ends.
     *
     * @param stands whether another file still has a say
     */
    public Snapshot appliedTo(Snapshot snapshot, Instant now, Predicate<String> stands) {
        Snapshot after = snapshot;
        for (Wish old : snapshot.wishes()) {
            boolean named = lines.stream().anyMatch(line -> wish(line, now).isSameWish(old));
            boolean over = old.owner() instanceof Owner.Configuration(String other)
                    && (other.equals(file) ? !named : !stands.test(other));
            after = over ? after.ended(old) : after;
        }
        for (Line line : lines) {
            Wish wish = wish(line, now);
            boolean unchanged = after.wishes().stream()
                    .anyMatch(old -> old.mapping().equals(wish.mapping())
                            && old.selection().equals(wish.selection())
                            && old.owner().equals(wish.owner()));
            after = unchanged ? after : after.with(wish);
        }
        return after;
    }

    private Wish wish(Line line, Instant now) {
        return new Wish(line.mapping(), line.selection(), new Owner.Configuration(file), now, Optional.empty());
    }

    /** Whom to tell of what happens to {@code wish}. */
    public List<String> listener(Wish wish) {
        return lines.stream()
                .filter(line -> line.mapping().equals(wish.mapping()))
                .map(Line::onChange)
                .filter(program -> !program.isEmpty())
                .findFirst()
                .orElse(onChange);
    }
}
