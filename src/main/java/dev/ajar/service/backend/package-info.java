/**
 * What works behind the commands: in their own process, or inside the daemon, which is put together here. Renewal,
 * {@code ajar watch}, {@code ajar run}, relays, the answers to the daemon's clients.
 */
@NullMarked
package dev.ajar.service.backend;

import org.jspecify.annotations.NullMarked;
