package dev.ajar.metrics;

import java.util.Arrays;
import java.util.Locale;

/** A format that monitoring systems read. */
public enum ExpositionFormat {
    /** The text format of Prometheus. */
    TEXT("text/plain; version=0.0.4; charset=utf-8"),
    OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String contentType;

    ExpositionFormat(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /**
     * The one that a client wants.
     *
     * @param accept its Accept header; OpenMetrics is chosen where that names it with at least the weight of plain text
     */
    public static ExpositionFormat accepted(String accept) {
        double openMetrics = weight(accept, "application/openmetrics-text");
        return openMetrics > 0 && openMetrics >= weight(accept, "text/plain") ? OPENMETRICS : TEXT;
    }

    private static double weight(String accept, String type) {
        return Arrays.stream(accept.split(",", 32))
                .map(one -> one.strip().toLowerCase(Locale.ROOT))
                .filter(one -> one.equals(type) || one.startsWith(type + ";"))
                .mapToDouble(ExpositionFormat::weight)
                .max()
                .orElse(0);
    }

    private static double weight(String range) {
        return Arrays.stream(range.split(";"))
                .map(String::strip)
                .filter(part -> part.matches("q=[01](\\.\\d{0,3})?"))
                .mapToDouble(part -> Double.parseDouble(part.substring(2)))
                .findFirst()
                .orElse(1);
    }
}
