package dev.ajar.mapping.status;

import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.state.ManualRule;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/** Records the rules that the user made on the router's own page. Asks no router. */
public final class ManualRules {
    private final StateStore store;
    private final Timeline timeline;

    public ManualRules(StateStore store, Timeline timeline) {
        this.store = store;
        this.timeline = timeline;
    }

    public Result<List<ReportedMapping>> add(List<Mapping> mappings, InetAddress here) {
        Instant now = timeline.instant();
        List<ManualRule> rules = mappings.stream()
                .map(one -> new ManualRule(
                        one.protocol(),
                        one.externalPort(),
                        one.target().seenFrom(here),
                        one.target() instanceof Target.ThisHost,
                        now))
                .toList();
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> Result.err(failure);
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    yield store.load().flatMap(snapshot -> saved(snapshot, rules));
                }
            }
        };
    }

    private Result<List<ReportedMapping>> saved(Snapshot snapshot, List<ManualRule> rules) {
        Snapshot after = snapshot;
        for (ManualRule rule : rules) {
            after = after.with(rule);
        }
        return store.save(after).map(written -> reported(rules));
    }

    /** The rules as reports show them. */
    static List<ReportedMapping> reported(List<ManualRule> rules) {
        return rules.stream().map(ReportedMapping::of).toList();
    }
}
