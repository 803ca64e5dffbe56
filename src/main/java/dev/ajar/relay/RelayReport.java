package dev.ajar.relay;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules of one relay process.
 *
 * @param pid of the process that controls it
 * @param runBy empty for a process of an older version, which does not tell it
 */
public record RelayReport(long pid, Optional<RunBy> runBy, List<RuleStatus> rules) {
    public RelayReport {
        rules = List.copyOf(rules);
    }

    /** What runs a relay. */
    public enum RunBy {
        /** By its configuration. */
        DAEMON,
        /** {@code ajar relay}, until it ends. */
        COMMAND;

        /** For programs: docs/json.md. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @return empty for a key that is none */
        public static Optional<RunBy> of(String key) {
            for (RunBy one : values()) {
                if (one.key().equals(key)) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        }
    }
}
