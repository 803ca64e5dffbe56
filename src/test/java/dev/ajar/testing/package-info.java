/** Fakes that implement the real interfaces: time a test owns, datagrams it scripts, a command line it reads. */
@NullMarked
package dev.ajar.testing;

import org.jspecify.annotations.NullMarked;
