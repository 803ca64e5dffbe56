/** The commands for the relay. */
@NullMarked
package dev.ajar.cli.relay;

import org.jspecify.annotations.NullMarked;
