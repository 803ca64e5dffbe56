package dev.ajar.keeper.decision;

import dev.ajar.gateway.Grant;
import dev.ajar.keeper.model.KeeperState;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.Observation;
import dev.ajar.keeper.model.PendingRemoval;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.Result;
import java.util.List;
import java.util.Optional;

/**
 * Drops what an exchange has shown and a command has made obsolete meanwhile, by closing the port or opening it anew.
 * Pure.
 */
public final class ObservationFilter {
    private final KeeperState now;

    public ObservationFilter(KeeperState now) {
        this.now = now;
    }

    /** Those that still count. */
    public List<Observation> of(List<Observation> observed) {
        return observed.stream().flatMap(one -> of(one).stream()).toList();
    }

    private Optional<Observation> of(Observation observation) {
        return switch (observation) {
            case Observation.Requested(TrackedMapping tracked, Result<Grant> result, var address) ->
                current(tracked, result instanceof Result.Ok)
                        .map(here -> new Observation.Requested(here, result, address));
            case Observation.Renewed(TrackedMapping tracked, MappingState.Active before, Result<Grant> result) ->
                current(tracked, result instanceof Result.Ok)
                        .map(here -> new Observation.Renewed(here, before, result));
            case Observation.RenewalUnanswered(TrackedMapping tracked, MappingState.Active open) ->
                current(tracked, false).map(here -> new Observation.RenewalUnanswered(here, open));
            case Observation.Expired(TrackedMapping tracked, MappingState.Active open) ->
                current(tracked, false).map(here -> new Observation.Expired(here, open));
            case Observation.Missing(TrackedMapping tracked, MappingState.Active open) ->
                current(tracked, false).map(here -> new Observation.Missing(here, open));
            case Observation.Lost(TrackedMapping tracked, var why, var holder) ->
                current(tracked, false).map(here -> new Observation.Lost(here, why, holder));
            case Observation.Present(TrackedMapping tracked, MappingState.Active open, var entry) ->
                current(tracked, false).map(here -> new Observation.Present(here, open, entry));
            case Observation.ClientHidden(TrackedMapping tracked, MappingState.Active open) ->
                current(tracked, false).map(here -> new Observation.ClientHidden(here, open));
            case Observation.NotListed(TrackedMapping tracked, MappingState.Active open) ->
                current(tracked, false).map(here -> new Observation.NotListed(here, open));
            case Observation.ShownInOtherTable(TrackedMapping tracked, MappingState.Active open) ->
                current(tracked, false).map(here -> new Observation.ShownInOtherTable(here, open));
            case Observation.MissingInOtherTable(TrackedMapping tracked, MappingState.Active open) ->
                current(tracked, false).map(here -> new Observation.MissingInOtherTable(here, open));
            case Observation.Removed(PendingRemoval removal) -> pending(observation, removal);
            case Observation.LeftAlone(PendingRemoval removal) -> pending(observation, removal);
            case Observation.NotRemoved(PendingRemoval removal, var silent) -> pending(observation, removal);
            case Observation.Silent ignored -> Optional.of(observation);
            case Observation.Healthy ignored -> Optional.of(observation);
            case Observation.AnswersAgain ignored -> Optional.of(observation);
            case Observation.Unused ignored -> Optional.of(observation);
            case Observation.Announced ignored -> Optional.of(observation);
            case Observation.Moved ignored -> Optional.of(observation);
        };
    }

    /**
     * With what is desired now. A grant counts in any case, being the latest; another answer only if nothing has
     * changed.
     */
    private Optional<TrackedMapping> current(TrackedMapping asked, boolean granted) {
        return now.of(asked.desired())
                .filter(here -> here.desired().mapping().equals(asked.desired().mapping()))
                .filter(here -> granted || here.state().equals(asked.state()))
                .map(here -> here.state(asked.state()));
    }

    private Optional<Observation> pending(Observation observation, PendingRemoval removal) {
        return now.pendingRemovals().of(removal.mappingRecord()).map(here -> observation);
    }
}
