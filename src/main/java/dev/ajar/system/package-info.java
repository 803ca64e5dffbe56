/**
 * The only packages that touch the machine: time, addresses and routes, UDP, processes. Packages above take these
 * interfaces through constructors, so that a test can set the clock and the network.
 */
@NullMarked
package dev.ajar.system;

import org.jspecify.annotations.NullMarked;
