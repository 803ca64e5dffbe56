/**
 * The relay in values: rules, limits, which clients are admitted, and counters. Pure; {@link dev.ajar.relay.engine}
 * relays the bytes, {@link dev.ajar.relay.worker} is the process around it.
 */
@NullMarked
package dev.ajar.relay;

import org.jspecify.annotations.NullMarked;
