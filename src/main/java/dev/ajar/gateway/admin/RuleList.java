package dev.ajar.gateway.admin;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The router's rules.
 *
 * @param rules those that could be read, in the router's order
 * @param legible whether all could be read; one that cannot may be for any port
 */
public record RuleList(List<RouterRule> rules, boolean legible) {
    /** More rules than any home has: a longer list is not believed. */
    public static final int MOST = 1000;

    public RuleList {
        rules = List.copyOf(rules);
    }

    /** The rule of that name; of several, the one that is as it was asked for. */
    Optional<RouterRule> named(RuleRequest request) {
        return rules.stream()
                .filter(request::isNameOf)
                .filter(request::isUnchangedIn)
                .findFirst()
                .or(() -> rules.stream().filter(request::isNameOf).findFirst());
    }

    /** The first enabled rule for that port which is not {@code request}'s own. */
    Optional<RouterRule> holder(RuleRequest request) {
        return holders(request, rules).filter(rule -> !request.isNameOf(rule)).findFirst();
    }

    /**
     * Such a rule before {@code own}, which may be a copy of it that its owner leads elsewhere: routers obey the first
     * that fits.
     */
    Optional<RouterRule> shadow(RuleRequest request, RouterRule own) {
        return holders(request, rules.subList(0, Math.max(0, rules.indexOf(own))))
                .filter(rule -> !request.isNameOf(rule) || !request.isMetBy(rule))
                .findFirst();
    }

    private static Stream<RouterRule> holders(RuleRequest request, List<RouterRule> among) {
        return among.stream().filter(rule -> rule.enabled() && rule.takes(request.protocol(), request.external()));
    }

    /** How often the rule is there as it was asked for. */
    long copies(RuleRequest request) {
        return rules.stream()
                .filter(request::isNameOf)
                .filter(request::isUnchangedIn)
                .count();
    }
}
