package dev.ajar.relay.worker;

import dev.ajar.message.Message;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.RuleStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Logs refusals in one line for each rule: at once the first time, then at most every ten seconds. */
final class RefusalLog {
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private record Told(Duration at, Map<Refusal, Long> counts) {}

    private final Map<RuleKey, Told> told = new HashMap<>();

    List<Message> of(List<RuleStatus> statuses, Duration now) {
        List<Message> lines = new ArrayList<>();
        for (RuleStatus status : statuses) {
            Told before = told.get(status.rule());
            boolean soon = before != null && now.minus(before.at()).compareTo(BETWEEN) < 0;
            Map<Refusal, Long> earlier = before == null ? Map.of() : before.counts();
            List<String> parts = new ArrayList<>();
            status.refused().forEach((why, count) -> {
                long told = earlier.getOrDefault(why, 0L);
                // The counters of a rule that listens anew start at zero.
                long fresh = count < told ? count : count - told;
                if (fresh > 0) {
                    parts.add(Message.of("relaying.refused", "count", fresh, "why", why.words())
                            .toString());
                }
            });
            if (!soon && !parts.isEmpty()) {
                lines.add(Message.of("relaying.not-relayed", "rule", status.rule(), "why", String.join("; ", parts)));
                told.put(status.rule(), new Told(now, status.refused()));
            }
        }
        return lines;
    }
}
