package dev.ajar.keeper.decision;

import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.Observation;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Presence;
import dev.ajar.state.MappingRecord;
import java.util.List;
import java.util.Optional;

/** What a table tells of a mapping where it shows no whole entry of its port. Pure. */
public final class PartialEntries {
    private PartialEntries() {}

    /**
     * An entry whose port cannot be read may be any other, so it says neither that the mapping is there nor that it is
     * lost.
     */
    public static Observation of(TrackedMapping tracked, MappingState.Active open, Presence.Unknown unknown) {
        List<PartialEntry> there = unknown.partial().stream()
                .filter(entry ->
                        entry.protocol().isPresent() && entry.externalPort().isPresent())
                .toList();
        MappingRecord held = MappingRecord.held(open.lease());
        if (there.stream().anyMatch(entry -> !held.contradicts(entry))) {
            return new Observation.ClientHidden(tracked, open);
        }
        boolean anothers = !there.isEmpty()
                && there.stream()
                        .allMatch(entry -> entry.contradicts(open.lease().internal()));
        return anothers
                ? new Observation.Lost(tracked, Message.of("keeper.taken"), Optional.empty())
                : new Observation.NotListed(tracked, open);
    }
}
