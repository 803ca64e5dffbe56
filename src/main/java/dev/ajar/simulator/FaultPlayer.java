package dev.ajar.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays a script's faults: records the requests, and says which of them get a fault instead of an answer. */
final class FaultPlayer {
    private static final class Line {
        private final Fault fault;
        private int left;

        private Line(Fault fault) {
            this.fault = fault;
            this.left = fault.times();
        }
    }

    private FaultScript script;
    private List<Line> lines;
    private final List<Request> asked = new ArrayList<>();

    FaultPlayer(FaultScript script) {
        this.script = script;
        this.lines = script.faults().stream().map(Line::new).toList();
    }

    /** From now on, what the router gets wrong is this. */
    synchronized void play(FaultScript next) {
        script = next;
        lines = next.faults().stream().map(Line::new).toList();
    }

    synchronized FaultScript script() {
        return script;
    }

    /** Records the request; gives the reaction of the first fault that applies, or empty for the right answer. */
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

    /** The number of requests that a rule for {@code on} applies to. */
    synchronized long count(String on) {
        return asked.stream().filter(request -> request.is(on)).count();
    }
}
