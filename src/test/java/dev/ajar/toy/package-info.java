/** A fourth protocol, to show that one package, its traits and one line of wiring are enough. */
@NullMarked
package dev.ajar.toy;

import org.jspecify.annotations.NullMarked;
