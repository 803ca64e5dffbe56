/**
 * The only packages that touch the machine: time, addresses and routes, UDP.
 *
 * <p>Everything above takes these interfaces through its constructor, so that a test owns the clock and the network.
 */
@NullMarked
package dev.ajar.system;

import org.jspecify.annotations.NullMarked;
