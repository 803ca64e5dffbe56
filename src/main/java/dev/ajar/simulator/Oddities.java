package dev.ajar.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays the script: keeps a record of what was asked, and what is due to go wrong next. */
final class Oddities {
    private static final class Line {
        private final Oddity oddity;
        private int left;

        private Line(Oddity oddity) {
            this.oddity = oddity;
            this.left = oddity.times();
        }
    }

    private final List<Line> lines;
    private final List<String> asked = new ArrayList<>();

    Oddities(List<Oddity> oddities) {
        this.lines = oddities.stream().map(Line::new).toList();
    }

    /** Notes that {@code what} was asked; gives what is to happen instead of the right thing. */
    synchronized Optional<Reaction> ask(String what) {
        asked.add(what);
        for (Line line : lines) {
            if (line.oddity.on().equals(what) && line.left > 0) {
                line.left--;
                return Optional.of(line.oddity.reaction());
            }
        }
        return Optional.empty();
    }

    synchronized List<String> asked() {
        return List.copyOf(asked);
    }
}
