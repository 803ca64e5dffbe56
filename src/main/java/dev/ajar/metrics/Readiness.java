package dev.ajar.metrics;

import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.TrackedMapping;

/**
 * Whether everything wanted is open.
 *
 * @param passed whether the keeper has looked yet
 */
public record Readiness(boolean passed, int open, int wanted) {
    public static Readiness of(DaemonState state) {
        int open = (int) state.tracked().stream().filter(Readiness::isOpen).count();
        return new Readiness(state.passed(), open, state.tracked().size());
    }

    static boolean isOpen(TrackedMapping tracked) {
        return switch (tracked.state()) {
            case MappingState.Active ignored -> true;
            case MappingState.Inactive ignored -> false;
        };
    }

    public boolean isReady() {
        return passed && open == wanted;
    }

    /** One English line for logs. */
    public String line() {
        return passed ? open + " of " + wanted + " open" : "starting";
    }
}
