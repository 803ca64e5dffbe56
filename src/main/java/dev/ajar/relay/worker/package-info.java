/**
 * The relay as a process of its own, which faces the internet, and its parent, which hands it rules and starts it again
 * should it end. They exchange lines of JSON over the relay's standard input and output.
 */
@NullMarked
package dev.ajar.relay.worker;

import org.jspecify.annotations.NullMarked;
