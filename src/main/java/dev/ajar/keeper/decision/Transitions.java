package dev.ajar.keeper.decision;

import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.KeeperView;
import dev.ajar.keeper.model.Observation;
import dev.ajar.keeper.model.PendingRemoval;
import dev.ajar.keeper.model.StateChange;
import java.time.Duration;
import java.util.SplittableRandom;

/** Decides how an observation changes a keeper's state, and which events it causes. Pure. */
public final class Transitions {
    private Transitions() {}

    /**
     * @param now on the clock that counts time asleep
     * @param seed of the random parts of waiting times
     */
    public static StateChange of(KeeperView before, Observation observation, Duration now, long seed) {
        StateChange.Draft draft = new StateChange.Draft(before);
        SplittableRandom random = new SplittableRandom(seed);
        GatewayTransitions gateways = new GatewayTransitions(draft, now);
        MappingTransitions mappings = new MappingTransitions(draft, now, random, gateways);
        switch (observation) {
            case Observation.Requested requested -> mappings.requested(requested);
            case Observation.Renewed renewed -> mappings.renewed(renewed);
            case Observation.RenewalUnanswered unanswered -> mappings.renewalUnanswered(unanswered);
            case Observation.Expired expired -> mappings.expired(expired);
            case Observation.Missing missing -> mappings.missing(missing);
            case Observation.Lost lost -> mappings.lost(lost.tracked(), lost.why(), lost.holder());
            case Observation.Present present -> mappings.present(present);
            case Observation.ClientHidden hidden -> mappings.clientHidden(hidden);
            case Observation.NotListed notListed -> mappings.notListed(notListed);
            case Observation.ShownInOtherTable shown -> mappings.shownInOtherTable(shown);
            case Observation.MissingInOtherTable missing -> mappings.missingInOtherTable(missing);
            case Observation.Removed(PendingRemoval removal) -> {
                draft.removed(removal);
                draft.report(new KeeperEvent.Closed(
                        removal.mappingRecord()
                                .protocol()
                                .label(removal.mappingRecord().externalPort()),
                        removal.mappingRecord().claim().gateway()));
            }
            case Observation.LeftAlone(PendingRemoval removal) -> draft.removed(removal);
            case Observation.NotRemoved(PendingRemoval removal, boolean silent) ->
                notRemoved(draft, removal.failed(now), silent);
            case Observation.Silent(var gateway, var why) -> gateways.silent(gateway, why);
            case Observation.Healthy(var gateway, var health) -> gateways.healthy(gateway, health);
            case Observation.AnswersAgain(var gateway, var health) -> gateways.answersAgain(gateway, health);
            case Observation.Unused(var gateway) -> draft.removeHealth(gateway);
            case Observation.Announced(var gateway) -> gateways.announced(gateway);
            case Observation.Moved(var doubtful) -> gateways.moved(doubtful);
        }
        return draft.change();
    }

    /** After a silence the other removals on the gateway wait as well. */
    private static void notRemoved(StateChange.Draft draft, PendingRemoval failed, boolean silent) {
        draft.reschedule(failed);
        for (PendingRemoval other : draft.before().removals()) {
            boolean alike = !other.mappingRecord().equals(failed.mappingRecord())
                    && other.mappingRecord()
                            .claim()
                            .gateway()
                            .equals(failed.mappingRecord().claim().gateway());
            if (silent && alike && other.dueAt().compareTo(failed.dueAt()) < 0) {
                draft.reschedule(new PendingRemoval(other.mappingRecord(), failed.dueAt(), other.failures()));
            }
        }
    }
}
