package dev.ajar.web;

import dev.ajar.metrics.ExpositionFormat;
import dev.ajar.metrics.Readiness;

/** What the metrics listener shows. Called on any thread. */
public interface MetricsSource {
    /** All metrics as text. */
    String metrics(ExpositionFormat format);

    Readiness readiness();

    /** Whether the thread that keeps the ports still runs. */
    boolean isAlive();
}
