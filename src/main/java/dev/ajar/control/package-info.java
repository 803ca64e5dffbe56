/** Commands to a daemon on this machine, and its state, over a Unix domain socket: one request a connection (docs/control.md). */
@NullMarked
package dev.ajar.control;

import org.jspecify.annotations.NullMarked;
