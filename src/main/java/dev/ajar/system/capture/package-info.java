/**
 * Takes the picture of this machine: on Linux from the kernel's files and its choice of addresses, and from the
 * system's route program only where those show more than one way; elsewhere from the system's own programs. No packet
 * leaves.
 */
@NullMarked
package dev.ajar.system.capture;

import org.jspecify.annotations.NullMarked;
