/**
 * What happened in the last days: events as values with stable codes, kept as lines of JSON in {@code events.jsonl}
 * beside the state file. It may be lost; nothing depends on it.
 */
@NullMarked
package dev.ajar.history;

import org.jspecify.annotations.NullMarked;
