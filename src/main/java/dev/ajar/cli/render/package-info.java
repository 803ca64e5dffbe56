/** Output: lines for a terminal, one JSON document a command, exit codes, and advice on what to do next. */
@NullMarked
package dev.ajar.cli.render;

import org.jspecify.annotations.NullMarked;
