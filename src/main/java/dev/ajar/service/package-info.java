/**
 * The services of commands that go beyond single requests to a router: renewal, {@code ajar watch}, {@code ajar run}, relays
 * and the daemon. They run in the command's own process, or inside the daemon.
 */
@NullMarked
package dev.ajar.service;

import org.jspecify.annotations.NullMarked;
