package dev.ajar.relay;

import dev.ajar.model.Endpoint;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The status of one rule.
 *
 * @param device where it goes
 * @param trouble why the rule does not listen; empty while it does
 * @param now connections or sessions
 * @param peak the most at once
 * @param total since the start
 * @param in bytes towards the device
 * @param out bytes away from it
 * @param refused how often, by reason
 * @param clients the sources with most connections now, the one with most first
 */
public record RuleStatus(
        RuleKey rule,
        Endpoint device,
        Optional<RuleProblem> trouble,
        int now,
        int peak,
        long total,
        long in,
        long out,
        Map<Refusal, Long> refused,
        List<ClientCount> clients) {
    public RuleStatus {
        clients = List.copyOf(clients);
        // In the order of the reasons, which a plain copy would lose.
        Map<Refusal, Long> ordered = new EnumMap<>(Refusal.class);
        ordered.putAll(refused);
        refused = java.util.Collections.unmodifiableMap(ordered);
    }

    /** Without sources. */
    public RuleStatus(
            RuleKey rule,
            Endpoint device,
            Optional<RuleProblem> trouble,
            int now,
            int peak,
            long total,
            long in,
            long out,
            Map<Refusal, Long> refused) {
        this(rule, device, trouble, now, peak, total, in, out, refused, List.of());
    }

    /** Whether clients can reach the device by it. */
    public boolean isRelayed() {
        return trouble.isEmpty();
    }

    /** Whether the user has stopped it. */
    public boolean isStopped() {
        return trouble.filter(why -> why.kind() == RuleProblem.ProblemKind.STOPPED)
                .isPresent();
    }

    /** As {@code docs/json.md} describes it. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", rule.toString());
        json.put("goes_to", device.toString());
        json.put("trouble", trouble.map(RuleProblem::toJson));
        json.put("connections", now);
        json.put("peak", peak);
        json.put("total", total);
        json.put("bytes_in", in);
        json.put("bytes_out", out);
        Map<String, Object> reasons = new LinkedHashMap<>();
        refused.forEach((why, count) -> reasons.put(why.code(), count));
        json.put("refused", reasons);
        json.put("clients", clients.stream().map(ClientCount::toJson).toList());
        return json;
    }
}
