/** The event loops of the relay, and their sockets, buffers and pipes. */
@NullMarked
package dev.ajar.relay.engine.loop;

import org.jspecify.annotations.NullMarked;
