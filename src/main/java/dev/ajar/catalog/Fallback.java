package dev.ajar.catalog;

import dev.ajar.model.Adjustment;
import java.util.Set;

/** What to try after certain errors. */
public record Fallback(Set<Integer> onErrors, Adjustment adjustment) {}
