package dev.ajar.gateway.admin;

import dev.ajar.gateway.GatewayHistory;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import java.util.Optional;

/**
 * What is wanted of a router's list. Pure.
 *
 * @param policy whether another external port will do
 * @param refusals how many more ports are tried that the router keeps for services which its list does not show
 */
record RuleWish(RuleRequest request, PortPolicy policy, GatewayHistory history, int refusals) {
    /** Its services are few, and each refusal costs some requests. */
    private static final int MOST_REFUSALS = 8;

    RuleWish(RuleRequest request, PortPolicy policy, GatewayHistory history) {
        this(request, policy, history, MOST_REFUSALS);
    }

    RulePlan in(RuleList list) {
        return RulePlan.of(request, list, policy, history);
    }

    /** What is wanted instead, once the router has refused the port of {@code plan}; empty where that stands. */
    Optional<RuleWish> after(RulePlan plan, Failure refusal) {
        return policy == PortPolicy.ANY_FREE && refusals > 0 && AdminFailures.isPortTaken(refusal)
                ? plan.written()
                        .filter(port -> port.number() < RulePlan.HIGHEST_PORT)
                        .map(port -> new RuleWish(
                                request.onExternalPort(new Port(port.number() + 1)), policy, history, refusals - 1))
                : Optional.empty();
    }
}
