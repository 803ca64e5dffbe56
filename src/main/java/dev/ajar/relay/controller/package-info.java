/** The relay from the side that starts it: its own process is started, watched, asked for its state and ended. */
@NullMarked
package dev.ajar.relay.controller;

import org.jspecify.annotations.NullMarked;
