/**
 * What commands ask for beyond single requests to a router: renewing everything, watching, {@code ajar run}, relays and the
 * daemon. On this machine, or inside the daemon.
 */
@NullMarked
package dev.ajar.service;

import org.jspecify.annotations.NullMarked;
