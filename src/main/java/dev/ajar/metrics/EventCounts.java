package dev.ajar.metrics;

import dev.ajar.history.LoggedEvent;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.state.DesiredMapping;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Counts what happened since the start of the daemon. Thread-safe. */
public final class EventCounts {
    /** Shown from the start, so that the first repair is a rise from zero and not a new series. */
    private static final List<String> REASONS = List.of(
            "disabled",
            "dropped",
            "expired",
            "moved",
            "no_gateway",
            "not_renewed",
            "redirected",
            "rerouted",
            "router_restarted",
            "taken",
            "taken_by_ajar");

    /** A mapping that moved to another external port was not lost before. */
    private static final String NOT_LOST = "other_port";

    /** More than any machine keeps open. */
    private static final int MOST_LOST = 1000;

    private final Map<String, Long> losses = new TreeMap<>();
    private final Map<String, Long> repairs = new TreeMap<>();
    private final Map<String, Long> failures = new TreeMap<>();

    /** Why each mapping is not open, the latest loss last. One that is no longer wanted has no end that would tell. */
    private final SequencedMap<DesiredMapping, String> lost = new LinkedHashMap<>();

    private long addressChanges;

    public EventCounts() {
        REASONS.forEach(reason -> losses.put(reason, 0L));
        repairs.putAll(losses);
        repairs.put(NOT_LOST, 0L);
    }

    /**
     * The counts of one moment, by stable code of the reason.
     *
     * @param failures requests to a router that failed, counted once for each kind of failure in a row
     */
    public record Counts(
            Map<String, Long> losses, Map<String, Long> repairs, Map<String, Long> failures, long addressChanges) {}

    /** Counts an event. */
    public synchronized void count(KeeperEvent event) {
        switch (event) {
            case KeeperEvent.Lost(DesiredMapping desired, var why) -> {
                String reason = reason(event);
                losses.merge(reason, 1L, Long::sum);
                lost.putLast(desired, reason);
                if (lost.size() > MOST_LOST) {
                    lost.pollFirstEntry();
                }
            }
            case KeeperEvent.Repaired(DesiredMapping desired, var lease, var address) -> {
                String reason = lost.remove(desired);
                repairs.merge(reason == null ? NOT_LOST : reason, 1L, Long::sum);
            }
            case KeeperEvent.Failed ignored -> failures.merge(reason(event), 1L, Long::sum);
            case KeeperEvent.Opened(DesiredMapping desired, var lease, var address) -> lost.remove(desired);
            case KeeperEvent.AddressChanged ignored -> addressChanges++;
            case KeeperEvent.Contested ignored -> failures.merge("contested", 1L, Long::sum);
            case KeeperEvent.Closed ignored -> {}
            case KeeperEvent.ManualRuleStale ignored -> {}
            case KeeperEvent.ReachabilityChanged ignored -> {}
            case KeeperEvent.GatewaySilent ignored -> {}
            case KeeperEvent.GatewayBack ignored -> {}
            case KeeperEvent.OfMachine ignored -> {}
        }
    }

    private static String reason(KeeperEvent event) {
        return LoggedEvent.of(event, Instant.EPOCH)
                .reason()
                .map(LoggedEvent.Reason::code)
                .orElse("unknown");
    }

    public synchronized Counts counts() {
        return new Counts(
                Collections.unmodifiableMap(new TreeMap<>(losses)),
                Collections.unmodifiableMap(new TreeMap<>(repairs)),
                Collections.unmodifiableMap(new TreeMap<>(failures)),
                addressChanges);
    }
}
