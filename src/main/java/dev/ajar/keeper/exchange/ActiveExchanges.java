package dev.ajar.keeper.exchange;

import dev.ajar.keeper.model.ExchangeKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The exchanges under way, and the pauses after them. For the keeper's thread. */
public final class ActiveExchanges {
    /**
     * @param end when it ends, as far as that is known
     * @param patient whether commands let it end
     * @param cancelled what it shows means nothing: its end is not the gateway's doing
     */
    private record Underway(Exchanges.Running running, Duration end, boolean patient, boolean cancelled) {
        Underway runningAs(Exchanges.Running other) {
            return new Underway(other, end, patient, cancelled);
        }

        Underway withoutMeaning() {
            return new Underway(running, end, patient, true);
        }
    }

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
    public void begins(ExchangeKey lane, Duration end, boolean patient) {
        underway.put(lane, new Underway(BEGINNING, end, patient, false));
    }

    public void runs(ExchangeKey lane, Exchanges.Running running) {
        underway.computeIfPresent(lane, (same, before) -> before.runningAs(running));
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

    public boolean isPatient() {
        return underway.values().stream().anyMatch(Underway::patient);
    }

    public void cancelAll() {
        cancel(one -> true);
    }

    /** Ends all but those that take long: each would be begun anew, and cut off by the next command. */
    public void cancelQuick() {
        cancel(one -> !one.patient());
    }

    private void cancel(Predicate<Underway> ended) {
        underway.replaceAll((lane, one) -> ended.test(one) ? one.withoutMeaning() : one);
        underway.values().stream().filter(ended).forEach(one -> one.running().cancel());
    }

    /** When the first pause ends; empty if there is none. */
    public Optional<Duration> firstRested(Duration now) {
        restingUntil.values().removeIf(until -> until.compareTo(now) <= 0);
        return restingUntil.values().stream().min(Duration::compareTo);
    }
}
