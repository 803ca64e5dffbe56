/** Commands to a daemon on this machine: a Unix domain socket, one request and one response a connection. */
@NullMarked
package dev.ajar.control;

import org.jspecify.annotations.NullMarked;
