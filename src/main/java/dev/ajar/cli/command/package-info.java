/** One class for each command. picocli parses, {@link dev.ajar.mapping.PortMapper} acts. */
@NullMarked
package dev.ajar.cli.command;

import org.jspecify.annotations.NullMarked;
