package dev.ajar.system.machine;

/**
 * The way of those answers that a rule tells apart, where it is not the way of the others.
 *
 * @param packets which answers
 */
public record RuleRoute(RoutingRule.Packets packets, KernelRoute way) {}
