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
    private final List<Request> asked = new ArrayList<>();

    Oddities(List<Oddity> oddities) {
        this.lines = oddities.stream().map(Line::new).toList();
    }

    /** Notes that it was asked; gives what is to happen instead of the right thing. */
    synchronized Optional<Reaction> ask(Request request) {
        asked.add(request);
        for (Line line : lines) {
            if (line.left > 0 && line.oddity.fits(request)) {
                line.left--;
                return Optional.of(line.oddity.reaction());
            }
        }
        return Optional.empty();
    }

    synchronized List<String> asked() {
        return asked.stream().map(Request::name).toList();
    }

    /** How often something was asked that a rule for {@code on} applies to. */
    synchronized long count(String on) {
        return asked.stream().filter(request -> request.is(on)).count();
    }
}
