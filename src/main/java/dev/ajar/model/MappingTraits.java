package dev.ajar.model;

import java.time.Duration;

/**
 * How the mappings of a protocol behave in the gateway.
 *
 * @param listed whether the protocol shows each of them, so that its loss can be seen
 * @param named whether they keep the description that ajar gave them
 * @param key what tells two mappings of one gateway apart
 * @param perRemoteHost whether the same port can be mapped once for each remote host
 * @param keptPastLease how long routers are known to keep one whose lease has ended
 */
public record MappingTraits(boolean listed, boolean named, Key key, boolean perRemoteHost, Duration keptPastLease) {
    /** What tells two mappings apart. */
    public enum Key {
        EXTERNAL_PORT,
        INTERNAL_ENDPOINT
    }
}
