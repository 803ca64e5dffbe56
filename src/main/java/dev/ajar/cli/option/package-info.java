/** The options several commands share, and how options are declared for picocli. */
@NullMarked
package dev.ajar.cli.option;

import org.jspecify.annotations.NullMarked;
