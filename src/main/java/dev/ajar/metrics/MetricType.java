package dev.ajar.metrics;

/** What the numbers of a family are. */
public enum MetricType {
    /** May rise and fall. */
    GAUGE("gauge", "gauge", ""),
    /** Rises, and begins at zero when the process does. */
    COUNTER("counter", "counter", "_total"),
    /** Always 1: its labels are the information. */
    INFO("gauge", "info", "_info");

    private final String inText;
    private final String inOpenMetrics;
    private final String suffix;

    MetricType(String inText, String inOpenMetrics, String suffix) {
        this.inText = inText;
        this.inOpenMetrics = inOpenMetrics;
        this.suffix = suffix;
    }

    /** Its name in a TYPE line. */
    String name(ExpositionFormat format) {
        return switch (format) {
            case TEXT -> inText;
            case OPENMETRICS -> inOpenMetrics;
        };
    }

    /** What a sample's name has behind the family's name. */
    String suffix() {
        return suffix;
    }
}
