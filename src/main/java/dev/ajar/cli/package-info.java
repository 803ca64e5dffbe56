/**
 * The command line: from arguments to an exit code. Commands are in {@code command}, their options in {@code option},
 * and what users read in {@code render}.
 */
@NullMarked
package dev.ajar.cli;

import org.jspecify.annotations.NullMarked;
