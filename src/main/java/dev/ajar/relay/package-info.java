/**
 * The relay in values: what is carried where, how much of it, who may come in, and what became of it. Pure; {@link
 * dev.ajar.relay.engine} carries, {@link dev.ajar.relay.worker} is the process around it.
 */
@NullMarked
package dev.ajar.relay;

import org.jspecify.annotations.NullMarked;
