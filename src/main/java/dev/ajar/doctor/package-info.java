/** Finds out from inside why a port is not reachable: facts in, one verdict with one next step out. */
@NullMarked
package dev.ajar.doctor;

import org.jspecify.annotations.NullMarked;
