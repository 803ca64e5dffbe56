/**
 * What ajar does, whoever asks: open, close, list, tell the status. Wishes meet gateways here, and everything that is
 * opened is written down first.
 */
@NullMarked
package dev.ajar.mapping;

import org.jspecify.annotations.NullMarked;
