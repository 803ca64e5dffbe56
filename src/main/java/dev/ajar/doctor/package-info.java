/** Finds out from inside the network why a port is not reachable: collects facts, names the cause and one next step. */
@NullMarked
package dev.ajar.doctor;

import org.jspecify.annotations.NullMarked;
