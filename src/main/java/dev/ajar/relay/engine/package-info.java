/** Relays the bytes, on Netty, which no other package uses. */
@NullMarked
package dev.ajar.relay.engine;

import org.jspecify.annotations.NullMarked;
