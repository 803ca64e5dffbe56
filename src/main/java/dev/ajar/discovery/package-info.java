/** Asks every finder on every network at once, ranks the answers, and keeps why the rest failed. */
@NullMarked
package dev.ajar.discovery;

import org.jspecify.annotations.NullMarked;
