package dev.ajar.model;

import java.time.Duration;

/** How long a gateway keeps a mapping: NewLeaseDuration in UPnP, lifetime in NAT-PMP and PCP. */
public sealed interface LeaseDuration {
    LeaseDuration PERMANENT = new Permanent();

    /**
     * Of a mapping for which the user names none, by command, configuration file, container or library. It is the time
     * that RFC 6886 recommends (section 3.3). A forgotten port closes within two hours, and a kept one survives two
     * missed runs of cron at twenty minutes, or an hour without the daemon.
     */
    LeaseDuration STANDARD = ofSeconds(7200);

    /** Seconds for the wire; 0 means permanent in WANIPConnection:1. */
    long seconds();

    /** A short text such as {@code 1h}, {@code 90m} or {@code permanent}. */
    String text();

    static LeaseDuration ofSeconds(long seconds) {
        return new Finite(Duration.ofSeconds(seconds));
    }

    /** @param duration at least a second */
    record Finite(Duration duration) implements LeaseDuration {
        public Finite {
            if (duration.toSeconds() < 1) {
                throw new IllegalArgumentException("a lease lasts at least a second: " + duration);
            }
        }

        @Override
        public long seconds() {
            return duration.toSeconds();
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder();
            append(text, duration.toDays(), 'd');
            append(text, duration.toHoursPart(), 'h');
            append(text, duration.toMinutesPart(), 'm');
            append(text, duration.toSecondsPart(), 's');
            return text.toString();
        }

        private static void append(StringBuilder text, long count, char unit) {
            if (count > 0) {
                text.append(count).append(unit);
            }
        }
    }

    /** The mapping stays until it is removed; the gateway may still lose it when it restarts. */
    record Permanent() implements LeaseDuration {
        @Override
        public long seconds() {
            return 0;
        }

        @Override
        public String text() {
            return "permanent";
        }
    }
}
