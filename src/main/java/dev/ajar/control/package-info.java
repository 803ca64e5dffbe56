/** Commands to a daemon on this machine, and its state, one request a connection (docs/control.md). */
@NullMarked
package dev.ajar.control;

import org.jspecify.annotations.NullMarked;
