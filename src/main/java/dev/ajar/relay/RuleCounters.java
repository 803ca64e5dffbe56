package dev.ajar.relay;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts for one rule. For several threads. */
public final class RuleCounters {
    private final LongAdder total = new LongAdder();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final LongAdder in = new LongAdder();
    private final LongAdder out = new LongAdder();
    private final Map<Refusal, AtomicLong> refused = new EnumMap<>(Refusal.class);

    public RuleCounters() {
        for (Refusal refusal : Refusal.values()) {
            refused.put(refusal, new AtomicLong());
        }
    }

    public void entered() {
        total.increment();
        int present = now.incrementAndGet();
        if (present > peak.get()) {
            peak.accumulateAndGet(present, Math::max);
        }
    }

    public void left() {
        now.decrementAndGet();
    }

    /** @param bytes towards the device */
    public void relayedIn(long bytes) {
        in.add(bytes);
    }

    /** @param bytes away from it */
    public void relayedOut(long bytes) {
        out.add(bytes);
    }

    public void refused(Refusal why) {
        AtomicLong count = refused.get(why);
        if (count != null) {
            count.incrementAndGet();
        }
    }

    /** @param trouble why it does not listen */
    public RuleStatus status(RelayRule rule, RuleProblem trouble) {
        return status(rule, Optional.of(trouble), List.of());
    }

    /** @param clients that are connected now */
    public RuleStatus status(RelayRule rule, List<ClientCount> clients) {
        return status(rule, Optional.empty(), clients);
    }

    private RuleStatus status(RelayRule rule, Optional<RuleProblem> trouble, List<ClientCount> clients) {
        Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
        refused.forEach((why, count) -> {
            if (count.get() > 0) {
                refusals.put(why, count.get());
            }
        });
        return new RuleStatus(
                rule.key(),
                rule.device(),
                trouble,
                now.get(),
                peak.get(),
                total.sum(),
                in.sum(),
                out.sum(),
                refusals,
                clients);
    }
}
