package dev.ajar.gateway.upnp.control;

import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import java.util.Optional;

/** One entry of a router's table, as far as the answer could be read. */
public sealed interface EntryReading {
    record Whole(ObservedMapping entry) implements EntryReading {}

    /** Something that is needed is missing or makes no sense; perhaps all of it. */
    record Partial(PartialEntry entry) implements EntryReading {}

    default Optional<ObservedMapping> whole() {
        return this instanceof Whole(ObservedMapping entry) ? Optional.of(entry) : Optional.empty();
    }

    default Optional<PartialEntry> partial() {
        return this instanceof Partial(PartialEntry entry) ? Optional.of(entry) : Optional.empty();
    }
}
