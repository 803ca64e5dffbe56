package dev.ajar.web;

import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.Optional;

/** How long to leave alone what could not be had: the keeper makes a pass every few seconds, which is too often. */
final class RetryPause {
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Timeline timeline;
    private Optional<Duration> failedAt = Optional.empty();

    RetryPause(Timeline timeline) {
        this.timeline = timeline;
    }

    void failed() {
        failedAt = Optional.of(timeline.uptime());
    }

    /** What is wanted now is something else. */
    void end() {
        failedAt = Optional.empty();
    }

    boolean isOver() {
        return failedAt.filter(moment -> timeline.uptime().minus(moment).compareTo(PAUSE) < 0)
                .isEmpty();
    }
}
