/** Relays the bytes, on Netty, which is used here and below alone. */
@NullMarked
package dev.ajar.relay.engine;

import org.jspecify.annotations.NullMarked;
