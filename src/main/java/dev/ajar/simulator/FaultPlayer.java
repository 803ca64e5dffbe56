package dev.ajar.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays the script: keeps a record of what was asked, and what is due to go wrong next. */
final class FaultPlayer {
    private static final class Line {
        private final Fault fault;
        private int left;

        private Line(Fault fault) {
            this.fault = fault;
            this.left = fault.times();
        }
    }

    private final List<Line> lines;
    private final List<Request> asked = new ArrayList<>();

    FaultPlayer(List<Fault> faults) {
        this.lines = faults.stream().map(Line::new).toList();
    }

    /** Notes that it was asked; gives what is to happen instead of the right thing. */
    synchronized Optional<Reaction> ask(Request request) {
        asked.add(request);
        for (Line line : lines) {
            if (line.left > 0 && line.fault.fits(request)) {
                line.left--;
                return Optional.of(line.fault.reaction());
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
