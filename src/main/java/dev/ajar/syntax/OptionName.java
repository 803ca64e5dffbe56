package dev.ajar.syntax;

import java.util.Locale;

/** An option whose value a sentence is about. In the configuration file, a key of the same name has the value. */
public enum OptionName {
    EVERY,
    FOR,
    FROM,
    GATEWAY,
    IDLE,
    LEASE,
    LOCATION,
    MAX_CONNECTIONS,
    METHOD,
    NAME,
    PER_SOURCE,
    PROXY_PROTOCOL,
    RATE,
    SINCE,
    TIMEOUT,
    TO,
    UPSTREAM_GATEWAY;

    /** The key in the configuration file: {@code proxy_protocol}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As typed: {@code --proxy-protocol}. */
    @Override
    public String toString() {
        return "--" + key().replace('_', '-');
    }
}
