/**
 * The requests to a gateway that commands and the keeper share: open, close, list, show the status. What is opened is
 * written to the state file first.
 */
@NullMarked
package dev.ajar.mapping;

import org.jspecify.annotations.NullMarked;
