package dev.ajar.keeper.exchange;

import dev.ajar.keeper.model.ExchangeKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The exchanges under way, and the pauses after them. For the keeper's thread. */
public final class ActiveExchanges {
    /**
     * @param end when it ends at the latest
     * @param cancelled what it shows means nothing: its end is not the gateway's doing
     */
    private record Underway(Exchanges.Running running, Duration end, boolean cancelled) {}

    private static final Exchanges.Running BEGINNING = () -> {};

    private final Map<ExchangeKey, Underway> underway = new HashMap<>();
    private final Map<ExchangeKey, Duration> restingUntil = new HashMap<>();

    public boolean isFree(ExchangeKey lane, Duration now) {
        return !underway.containsKey(lane) && !isResting(lane, now);
    }

    private boolean isResting(ExchangeKey lane, Duration now) {
        Duration until = restingUntil.get(lane);
        return until != null && until.compareTo(now) > 0;
    }

    /** Before the exchange begins, which may end at once. */
    public void begins(ExchangeKey lane, Duration end) {
        underway.put(lane, new Underway(BEGINNING, end, false));
    }

    public void runs(ExchangeKey lane, Exchanges.Running running) {
        underway.computeIfPresent(lane, (same, before) -> new Underway(running, before.end(), before.cancelled()));
    }

    /** @return whether what the exchange has shown counts */
    public boolean ends(ExchangeKey lane, Duration rest) {
        Underway ended = underway.remove(lane);
        restingUntil.put(lane, rest);
        return ended != null && !ended.cancelled();
    }

    public boolean isBusy(ExchangeKey lane) {
        return underway.containsKey(lane);
    }

    public boolean isIdle() {
        return underway.isEmpty();
    }

    /** When the last of the exchanges under way ends; empty if there is none. */
    public Optional<Duration> lastEnd() {
        return underway.values().stream().map(Underway::end).max(Duration::compareTo);
    }

    public void cancelAll() {
        underway.replaceAll((lane, one) -> new Underway(one.running(), one.end(), true));
        underway.values().forEach(one -> one.running().cancel());
    }

    /** When the first pause ends; empty if there is none. */
    public Optional<Duration> firstRested(Duration now) {
        restingUntil.values().removeIf(until -> until.compareTo(now) <= 0);
        return restingUntil.values().stream().min(Duration::compareTo);
    }
}
