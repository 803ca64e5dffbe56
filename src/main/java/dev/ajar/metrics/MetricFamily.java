package dev.ajar.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * The series of one name.
 *
 * @param name without the ending that the type gives its samples
 * @param help one sentence
 * @param series their values; no two have the same labels, because a scrape with two of them is refused as a whole
 */
public record MetricFamily(String name, MetricType type, String help, Map<List<Label>, Double> series) {
    public MetricFamily {
        series = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(series));
    }

    /** Collects the series of one family. */
    static final class Builder {
        private final String name;
        private final MetricType type;
        private final String help;
        private final DoubleBinaryOperator merged;
        private final Map<List<Label>, Double> series = new LinkedHashMap<>();

        private Builder(String name, MetricType type, String help, DoubleBinaryOperator merged) {
            this.name = name;
            this.type = type;
            this.help = help;
            this.merged = merged;
        }

        /** @param labels names and values in turn */
        Builder with(double value, String... labels) {
            List<Label> all = new ArrayList<>();
            for (int i = 0; i < labels.length; i += 2) {
                all.add(new Label(labels[i], labels[i + 1]));
            }
            series.merge(List.copyOf(all), value, merged::applyAsDouble);
            return this;
        }

        MetricFamily build() {
            return new MetricFamily(name, type, help, series);
        }
    }

    /** Of two values with the same labels, the larger is shown. */
    static Builder gauge(String name, String help) {
        return new Builder(name, MetricType.GAUGE, help, Math::max);
    }

    /** Of two values with the same labels, the sum is shown. */
    static Builder summed(String name, String help) {
        return new Builder(name, MetricType.GAUGE, help, Double::sum);
    }

    /** Of two values with the same labels, the sum is shown. */
    static Builder counter(String name, String help) {
        return new Builder(name, MetricType.COUNTER, help, Double::sum);
    }

    static Builder info(String name, String help) {
        return new Builder(name, MetricType.INFO, help, Math::max);
    }
}
