/** What monitoring systems read: counters and gauges, in the text formats of Prometheus and OpenMetrics. */
@NullMarked
package dev.ajar.metrics;

import org.jspecify.annotations.NullMarked;
