/** The commands: picocli parses, {@link dev.ajar.manager.Actions} does, the output package says what came of it. */
@NullMarked
package dev.ajar.cli;

import org.jspecify.annotations.NullMarked;
