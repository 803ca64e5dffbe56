package dev.ajar.metrics;

/**
 * A label of a series.
 *
 * @param value any text; the writer escapes it
 */
public record Label(String name, String value) {}
