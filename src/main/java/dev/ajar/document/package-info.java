/**
 * The documents of {@code --json}: written from results, and read back by a client of the daemon (docs/json.md).
 * Members that are not known are ignored.
 */
@NullMarked
package dev.ajar.document;

import org.jspecify.annotations.NullMarked;
