package dev.ajar.system.machine;

import dev.ajar.model.IpVersion;

/**
 * A rule that chooses a routing table.
 *
 * @param priority lower ones are read first
 * @param table the table it chooses; empty where it does something else
 * @param condition what it is for, as the system's program writes it; empty for everything
 */
public record RoutingRule(IpVersion ipVersion, long priority, String table, String condition) {}
