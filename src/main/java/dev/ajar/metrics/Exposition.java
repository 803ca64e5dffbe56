package dev.ajar.metrics;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes families in the text formats 0.0.4 of Prometheus and 1.0 of OpenMetrics. Values of labels are hostile text:
 * the name of a mapping may have come from anywhere.
 */
public final class Exposition {
    /** Above, a double no longer has every whole number. */
    private static final double WHOLE = 1L << 53;

    private Exposition() {}

    public static String write(List<MetricFamily> families, ExpositionFormat format) {
        StringBuilder text = new StringBuilder(4096);
        for (MetricFamily family : families) {
            write(text, family, format);
        }
        return switch (format) {
            case TEXT -> text.toString();
            case OPENMETRICS -> text.append("# EOF\n").toString();
        };
    }

    private static void write(StringBuilder text, MetricFamily family, ExpositionFormat format) {
        String sample = family.name() + family.type().suffix();
        // The text format knows only the names of samples.
        String described = switch (format) {
            case TEXT -> sample;
            case OPENMETRICS -> family.name();
        };
        text.append("# HELP ").append(described).append(' ').append(help(family.help(), format));
        text.append("\n# TYPE ")
                .append(described)
                .append(' ')
                .append(family.type().name(format));
        text.append('\n');
        for (Map.Entry<List<Label>, Double> one : family.series().entrySet()) {
            text.append(sample).append(labels(one.getKey()));
            text.append(' ').append(number(one.getValue())).append('\n');
        }
    }

    private static String labels(List<Label> labels) {
        return labels.isEmpty()
                ? ""
                : labels.stream()
                        .map(label -> label.name() + "=\"" + quoted(label.value()) + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String help(String text, ExpositionFormat format) {
        return switch (format) {
            case TEXT -> escaped(text);
            case OPENMETRICS -> quoted(text);
        };
    }

    private static String quoted(String text) {
        return escaped(text).replace("\"", "\\\"");
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String number(double value) {
        if (value == Double.POSITIVE_INFINITY) {
            return "+Inf";
        }
        if (value == Double.NEGATIVE_INFINITY) {
            return "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < WHOLE
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
