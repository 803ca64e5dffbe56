package dev.ajar.model;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What a protocol needs to find its own mapping again, in another process, days later. Only the protocol that made it
 * reads its contents.
 */
public interface LeaseHandle {
    /** Its members in the state file: texts and flags. */
    Map<String, Object> members();

    MappingTraits traits();

    /** The root description the gateway was found by, so that no new search is needed while it is there. */
    default Optional<URI> location() {
        return Optional.empty();
    }

    /** What the entry is called in the router's table. */
    default String entryName(String description) {
        return description;
    }

    /** Whether the description of an entry proves that this machine made it. */
    default boolean proves(String entryDescription) {
        return false;
    }

    /** Reads what {@link #members} wrote. */
    @FunctionalInterface
    interface Format {
        /** @throws IllegalArgumentException for members this protocol does not write */
        LeaseHandle read(Map<String, Object> members);
    }
}
